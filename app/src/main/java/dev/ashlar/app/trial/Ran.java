package dev.ashlar.app.trial;

import dev.ashlar.app.terminal.Progress;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;

/// What became of one run, as far as it came.
///
/// @param isCut true when the controller ended in its middle
record Ran(boolean isCut, SequencedMap<InstanceKey, Failure> failures, Set<InstanceKey> blocked) {
    Ran {
        failures = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(failures));
        blocked = Set.copyOf(blocked);
    }

    static Ran of(boolean isCut, Progress progress) {
        return new Ran(isCut, progress.failures(), progress.blocked().keySet());
    }

    /// True when it came to its end with nothing left to do.
    boolean isDone() {
        return !isCut && failures.isEmpty() && blocked.isEmpty();
    }
}
