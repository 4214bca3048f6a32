package dev.ashlar.simulation;

import java.util.Optional;

/// How a run is simulated.
///
/// @param seed decides every duration and every fault
/// @param crashAfterRecord the controller dies as soon as the run has made so many records durable
/// @param cancelAfterRecord a person cancels once as soon as the run has made so many records
/// @param amendAfterRecord another run wants to begin as soon as this one has made so many records
/// @param expectedEvents how many events the run is about to take, among which the moments of
///   faults are chosen; a guess by its size where it is not told
/// @param learned how long work takes, where that is known; the seed decides where it is not
public record SimulationOptions(
        long seed,
        Faults faults,
        int parallel,
        int perNode,
        Optional<Integer> crashAfterRecord,
        Optional<Integer> cancelAfterRecord,
        Optional<Integer> amendAfterRecord,
        Optional<Integer> expectedEvents,
        Learned learned) {
    private static final int PARALLEL = 100;

    /// No faults, the engine's own limits.
    public static SimulationOptions of(long seed) {
        return new SimulationOptions(
                seed,
                Faults.NONE,
                PARALLEL,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Learned.NOTHING);
    }

    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(
                other,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord,
                expectedEvents,
                learned);
    }

    public SimulationOptions withFaults(Faults other) {
        return new SimulationOptions(
                seed,
                other,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord,
                expectedEvents,
                learned);
    }

    public SimulationOptions withLimits(int all, int onOneNode) {
        return new SimulationOptions(
                seed,
                faults,
                all,
                onOneNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord,
                expectedEvents,
                learned);
    }

    public SimulationOptions crashingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                Optional.of(records),
                cancelAfterRecord,
                amendAfterRecord,
                expectedEvents,
                learned);
    }

    public SimulationOptions cancellingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                Optional.of(records),
                amendAfterRecord,
                expectedEvents,
                learned);
    }

    public SimulationOptions amendingAfter(int records) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                Optional.of(records),
                expectedEvents,
                learned);
    }

    public SimulationOptions expecting(int events) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord,
                Optional.of(events),
                learned);
    }

    public SimulationOptions with(Learned known) {
        return new SimulationOptions(
                seed,
                faults,
                parallel,
                perNode,
                crashAfterRecord,
                cancelAfterRecord,
                amendAfterRecord,
                expectedEvents,
                known);
    }
}
