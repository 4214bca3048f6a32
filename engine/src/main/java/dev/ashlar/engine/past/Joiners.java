package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashSet;
import java.util.Set;

/// Who comes to uses that were founded before, as far as the record tells.
public final class Joiners {
    private Joiners() {}

    /// The members of a use as the others know them: also those that have joined, or may have, and
    /// never were healthy.
    public static Set<String> members(Past past, String use) {
        Set<String> members = new LinkedHashSet<>(past.foundedNodes(use));
        past.sponsored().stream()
                .filter(key -> key.isJoin() && key.use().equals(use))
                .forEach(key -> key.node().ifPresent(members::add));
        return members;
    }

    /// True of who is to join a use that was founded without it, or has done so.
    public static boolean joins(Past past, String use, String node) {
        boolean isHalfChanged =
                past.isReduced(node) && !past.hasNothing(use, node) && !past.isRemnant(use, node);
        boolean isNew = past.isFounded(use) && !past.isFounded(use, node) && !isHalfChanged;
        return isNew || mayHaveJoined(past, use, node);
    }

    /// True of a member that the others know, or may know, and that has never been healthy, so that
    /// it is out.
    public static boolean isAnnounced(Past past, String use, String node) {
        return !past.isFounded(use, node) && mayHaveJoined(past, use, node);
    }

    private static boolean mayHaveJoined(Past past, String use, String node) {
        InstanceKey join = InstanceKey.join(use, node);
        return past.success(join).isPresent() || past.isSick(join);
    }
}
