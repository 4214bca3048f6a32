package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashSet;
import java.util.Set;

/// What is as it is meant to be, on record, and is not to be done again.
final class Standing {
    private final Past past;
    private final Set<InstanceKey> forced;

    /// @param forced instances that run even if their inputs are unchanged
    Standing(Past past, Set<InstanceKey> forced) {
        this.past = past;
        this.forced = new LinkedHashSet<>(forced);
    }

    boolean includes(InstanceKey key, Resolution.Known known) {
        if (key.isJoin() && past.success(key).isPresent()) {
            return true;
        }
        return past.interrupted(key).isEmpty()
                && !forced.contains(key)
                && past.success(key)
                        .filter(success -> !success.tainted())
                        .filter(success -> success.fingerprint().equals(known.fingerprint()))
                        .isPresent();
    }
}
