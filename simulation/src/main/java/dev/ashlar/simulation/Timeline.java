package dev.ashlar.simulation;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A simulated run in retrospect.
///
/// @param totals empty when the controller died
/// @param durationMs of virtual time
/// @param events how many the core took
/// @param phases where each instance was at last
/// @param failures of instances that failed
/// @param trace the last of what happened, a line each
/// @param digest of everything that happened: equal seeds, equal digests
/// @param struck how often each fault has struck
/// @param profile where the time went
/// @param violations invariants that were broken; empty unless the engine has a bug
public record Timeline(
        Optional<Totals> totals,
        long durationMs,
        int events,
        SequencedMap<InstanceKey, Phase> phases,
        Map<InstanceKey, Failure> failures,
        List<String> trace,
        String digest,
        Map<Fault, Integer> struck,
        Profile profile,
        List<String> violations) {

    public Timeline {
        Map<Fault, Integer> ordered = new EnumMap<>(Fault.class);
        ordered.putAll(struck);
        struck = Collections.unmodifiableMap(ordered);
        violations = List.copyOf(violations);
    }

    /// True when the run ended and everything holds.
    public boolean isDone() {
        return totals.filter(Totals::isDone).isPresent();
    }
}
