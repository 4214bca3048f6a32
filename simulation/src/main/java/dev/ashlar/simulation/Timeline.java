package dev.ashlar.simulation;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
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
/// @param violations invariants that were broken; empty unless the engine has a bug
public record Timeline(
        Optional<Totals> totals,
        long durationMs,
        int events,
        SequencedMap<InstanceKey, Phase> phases,
        Map<InstanceKey, Failure> failures,
        List<String> trace,
        String digest,
        List<String> violations) {

    /// True when the run ended and everything holds.
    public boolean isDone() {
        return totals.filter(Totals::isDone).isPresent();
    }
}
