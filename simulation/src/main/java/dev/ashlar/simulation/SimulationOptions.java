package dev.ashlar.simulation;

import java.util.Optional;

/// How a run is simulated.
///
/// @param seed decides every duration and every fault
/// @param crashAfterRecord the controller dies as soon as the run has made so many records durable
/// @param cancelAfterRecord a person cancels once as soon as the run has made so many records
/// @param amendAfterRecord another run wants to begin as soon as this one has made so many records
public record SimulationOptions(
        long seed,
        Faults faults,
        int parallel,
        int perNode,
        Optional<Integer> crashAfterRecord,
        Optional<Integer> cancelAfterRecord,
        Optional<Integer> amendAfterRecord) {

    /// No faults, the engine's own limits.
    public static SimulationOptions of(long seed) {
        return new SimulationOptions(
                seed, Faults.NONE, 100, 1, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public SimulationOptions withFaults(Faults other) {
        return new SimulationOptions(
                seed,
                other,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord);
    }

    public SimulationOptions withLimits(int all, int onOneNode) {
        return new SimulationOptions(
                seed,
                faults,
                all,
                onOneNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord);
    }

    public SimulationOptions crashingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                Optional.of(records),
                cancelAfterRecord,
                amendAfterRecord);
    }

    public SimulationOptions cancellingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                Optional.of(records),
                amendAfterRecord);
    }

    public SimulationOptions amendingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                Optional.of(records));
    }
}
