package dev.ashlar.app.trial;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.shell.Observer;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// What became of one run, as far as it came.
final class Ran implements Observer {
    private final SequencedMap<InstanceKey, Failure> failures = new LinkedHashMap<>();
    private final SequencedSet<InstanceKey> blocked = new LinkedHashSet<>();
    private boolean ended;

    @Override
    public void told(Command.Tell tell) {
        tell.failure().ifPresent(failure -> failures.put(tell.key(), failure));
        if (tell.phase() == Phase.BLOCKED) {
            blocked.add(tell.key());
        }
    }

    /// Its last record has been written.
    Ran ended() {
        ended = true;
        return this;
    }

    SequencedMap<InstanceKey, Failure> failures() {
        return failures;
    }

    SequencedSet<InstanceKey> blocked() {
        return blocked;
    }

    /// True when it came to its end with nothing left to do.
    boolean isDone() {
        return ended && failures.isEmpty() && blocked.isEmpty();
    }

    /// True when the controller ended in its middle.
    boolean isCut() {
        return !ended;
    }
}
