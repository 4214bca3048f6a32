package dev.ashlar.nodes.execute;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What is to be looked at on one node, at once and without changing anything.
///
/// @param steps their resources are compared with what they should be
/// @param made files and directories that services made, by instance: compared with the record
/// @param facts gathered, and compared with the record
/// @param probes asked for health, each within its own bound
public record Inspection(
        List<Work.Apply> steps,
        SequencedMap<InstanceKey, List<Owned>> made,
        List<Known> facts,
        List<Work.Probe> probes) {

    /// Facts of the node as they are on record, by name, with the work that gathers them.
    public record Known(Work.Gather work, SequencedMap<String, Value> values) {}

    public Inspection {
        steps = List.copyOf(steps);
        made = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(made));
        facts = List.copyOf(facts);
        probes = List.copyOf(probes);
    }

    /// What came of it.
    public sealed interface Outcome {

        /// @param differences in words, by instance; none where nothing differs. What could not be
        ///   compared to the end is told of the node's machine
        /// @param unhealthy the instances whose probe failed
        record Seen(
                SequencedMap<InstanceKey, List<String>> differences,
                SequencedMap<InstanceKey, Failure> unhealthy)
                implements Outcome {
            public Seen {
                differences =
                        Collections.unmodifiableSequencedMap(new LinkedHashMap<>(differences));
                unhealthy = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(unhealthy));
            }
        }

        /// The node did not answer.
        record Unseen(Failure failure) implements Outcome {}
    }
}
