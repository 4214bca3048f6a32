package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.HealthProbe;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The last success of an instance that was not undone since.
///
/// @param changedBy the intent that last changed something on the node: what triggers restarts
/// @param tainted true when a later attempt failed or was cut short, so that what is there may
///   differ from what is recorded here
/// @param served the uses whose health its values asked for, now or when they were frozen
/// @param health how what runs is asked for its health, as far as that is on record
/// @param owned everything any attempt since the last undo brought about
public record Success(
        InstanceKey key,
        long run,
        String intent,
        String fingerprint,
        String changedBy,
        SequencedMap<String, Value> outputs,
        SequencedMap<String, Resolved> inputs,
        SequencedMap<String, Value> frozen,
        List<Owned> owned,
        List<InstanceKey> after,
        List<String> served,
        Optional<HealthProbe> health,
        boolean tainted,
        long atMs) {

    Success asTainted() {
        return new Success(
                key,
                run,
                intent,
                fingerprint,
                changedBy,
                outputs,
                inputs,
                frozen,
                owned,
                after,
                served,
                health,
                true,
                atMs);
    }
}
