package dev.ashlar.engine.resolve;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Offer;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// What can be said of an instance's inputs now.
public sealed interface Resolution {

    /// All inputs are known.
    ///
    /// @param remembered the inputs as the journal keeps them, for "which input changed"
    /// @param frozen founding values, by input
    /// @param awaits what must happen before the values may be used; empty when they hold
    /// @param lapsing what of the values is good for a time only
    /// @param secrets what its work is given of the vault, each with its version
    /// @param producers the instances whose outputs were read, or that are part of such a use
    /// @param served the uses whose health the values asked for, or that it comes after as a whole,
    ///   whether that holds or not
    /// @param place the node where it is done; empty for the controller and for providers
    /// @param chosen true when the place is one that the step chose
    /// @param offers what its member is to others that come or go, where it tells its health
    /// @param inCase the case that is done, of a step that has cases
    /// @param off true of a step whose condition is false: its work is that nothing of it is there
    /// @param work makes the work for an intent
    /// @param probe makes the health probe for an intent
    record Known(
            String fingerprint,
            Remembered remembered,
            SequencedMap<String, Value> frozen,
            Set<Await> awaits,
            Set<Origin.Lapsing> lapsing,
            SortedMap<String, Integer> secrets,
            Set<InstanceKey> producers,
            Set<String> served,
            Optional<String> place,
            boolean chosen,
            SequencedMap<String, Offer> offers,
            Optional<String> inCase,
            boolean off,
            Function<String, Work> work,
            Optional<Function<String, Work.Probe>> probe)
            implements Resolution {

        /// By the paths under which they are read.
        public SequencedMap<String, Resolved> inputs() {
            return remembered.inputs();
        }

        /// What is about a node alone and reads nothing of another instance.
        static Known ofNode(
                String fingerprint,
                SequencedMap<String, Resolved> inputs,
                Optional<String> place,
                Function<String, Work> work) {
            return new Known(
                    fingerprint,
                    Remembered.of(inputs),
                    new LinkedHashMap<>(),
                    Set.of(),
                    Set.of(),
                    new TreeMap<>(),
                    Set.of(),
                    Set.of(),
                    place,
                    false,
                    new LinkedHashMap<>(),
                    Optional.empty(),
                    false,
                    work,
                    Optional.empty());
        }
    }

    /// Something is not known before this has happened.
    record Waiting(Set<Await> awaits) implements Resolution {}

    /// There is no value: an index out of range, a constraint not met.
    record Impossible(Failure failure) implements Resolution {}
}
