package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.Failing;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Intended;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// What has not come to a good end: intents without one, intents that failed, and, until the next
/// run begins, what failed before anything was tried.
final class Troubles {
    private final SequencedMap<InstanceKey, Interrupted> interrupted = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Failing> failures = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Failed> refusals = new LinkedHashMap<>();

    void runBegins() {
        refusals.clear();
    }

    /// @return true of what an earlier run had begun and not ended
    boolean intended(Intended intended) {
        Interrupted open = interrupted.get(intended.key());
        boolean uncertain = open != null || failures.containsKey(intended.key());
        interrupted.put(intended.key(), Interrupted.by(intended, open, uncertain));
        return open != null && open.run() != intended.run();
    }

    /// @return what was begun of it and not ended until now
    Optional<Interrupted> over(InstanceKey key) {
        Optional<Interrupted> open = interrupted(key);
        interrupted.remove(key);
        failures.remove(key);
        refusals.remove(key);
        return open;
    }

    /// A failure without an intent is one before anything was tried: it says nothing about what is
    /// there, and nothing any more once a new run has begun.
    ///
    /// @return false of such a one
    boolean failed(Failed failed) {
        Interrupted open = interrupted.get(failed.key());
        if (open == null || !open.intent().equals(failed.intent())) {
            refusals.put(failed.key(), failed);
            return false;
        }
        interrupted.remove(failed.key());
        failures.put(failed.key(), new Failing(open, failed));
        return true;
    }

    Optional<Interrupted> interrupted(InstanceKey key) {
        return Optional.ofNullable(interrupted.get(key));
    }

    SequencedMap<InstanceKey, Interrupted> interrupted() {
        return Collections.unmodifiableSequencedMap(interrupted);
    }

    Optional<Failed> failure(InstanceKey key) {
        return Optional.ofNullable(refusals.get(key))
                .or(() -> Optional.ofNullable(failures.get(key)).map(Failing::how));
    }

    Optional<Interrupted> begun(InstanceKey key) {
        return interrupted(key)
                .or(() -> Optional.ofNullable(failures.get(key)).map(Failing::begun));
    }

    boolean isSick(InstanceKey key) {
        return interrupted.containsKey(key) || failures.containsKey(key);
    }

    /// Whom there is anything of.
    Stream<Set<InstanceKey>> keys() {
        return Stream.of(failures.keySet(), refusals.keySet(), interrupted.keySet());
    }

    SequencedMap<InstanceKey, Failing> failures() {
        return Collections.unmodifiableSequencedMap(failures);
    }

    List<Failed> refusals() {
        return List.copyOf(refusals.values());
    }

    void restore(Checkpoint checkpoint) {
        interrupted.putAll(checkpoint.interrupted());
        failures.putAll(checkpoint.failures());
        checkpoint.refusals().forEach(failed -> refusals.put(failed.key(), failed));
    }
}
