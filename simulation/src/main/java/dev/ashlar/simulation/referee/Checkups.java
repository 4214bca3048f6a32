package dev.ashlar.simulation.referee;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What was answered when members were asked for their health, and whose answer may no longer be
/// so.
final class Checkups {
    /// Three tries before the first turn, and three when the first that was ill is well.
    private static final int MOST_LOOKS = 6;

    private final Map<InstanceKey, Integer> looks = new LinkedHashMap<>();
    private final Set<InstanceKey> doubted = new LinkedHashSet<>();
    private final Set<InstanceKey> down = new LinkedHashSet<>();
    private final Set<InstanceKey> everDown = new LinkedHashSet<>();

    /// Somebody is asked once more; false when that has been too often.
    boolean asked(InstanceKey key) {
        return looks.merge(key, 1, Integer::sum) <= MOST_LOOKS;
    }

    /// True of who was found not to serve before the first of those was mended.
    boolean isDoubted(InstanceKey key) {
        return doubted.contains(key);
    }

    /// Who was found not to serve, and has not been asked since.
    Set<InstanceKey> down() {
        return down;
    }

    /// Who was, by the last try of the first time it was asked, or was known to be out.
    Set<InstanceKey> everDown() {
        return everDown;
    }

    /// What a look has found; of several tries the last counts.
    void found(InstanceKey key, boolean serves) {
        if (serves) {
            down.remove(key);
            if (!isDoubted(key)) {
                everDown.remove(key);
            }
        } else {
            down.add(key);
            everDown.add(key);
        }
    }

    /// One is well: what the others of its step answered while it was not is in doubt.
    ///
    /// @param wasOut whether it was known to be out though it was never asked
    void seen(InstanceKey well, boolean wasOut) {
        boolean wasDown = down.remove(well) || wasOut;
        if (wasOut) {
            everDown.add(well);
        }
        down.removeIf(other -> {
            boolean alike = other.use().equals(well.use()) && other.step().equals(well.step());
            if (alike && wasDown) {
                doubted.add(other);
            }
            return alike && wasDown;
        });
    }

    void forget(InstanceKey key) {
        down.remove(key);
    }
}
