package dev.ashlar.simulation;

import dev.ashlar.engine.run.Settings;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// How a run is simulated.
///
/// @param seed decides every duration and every fault
/// @param interruptions what ends the run from outside, each once, as soon as it has made so many
///   records durable, the one that begins it not counted: [Fault#CONTROLLER_CRASH], [Fault#CANCEL],
///   [Fault#AMEND]
/// @param expectedEvents how many events the run is about to take, among which the moments of
///   faults are chosen; a guess by its size where it is not told
/// @param learned how long work takes, where that is known; the seed decides where it is not
public record SimulationOptions(
        long seed,
        Faults faults,
        int parallel,
        int perNode,
        Map<Fault, Integer> interruptions,
        Optional<Integer> expectedEvents,
        Learned learned) {

    public SimulationOptions {
        Map<Fault, Integer> ordered = new EnumMap<>(Fault.class);
        ordered.putAll(interruptions);
        interruptions = Collections.unmodifiableMap(ordered);
    }

    /// No faults, the engine's own limits.
    public static SimulationOptions of(long seed) {
        return new SimulationOptions(
                seed,
                Faults.NONE,
                Settings.DEFAULT_PARALLEL,
                1,
                Map.of(),
                Optional.empty(),
                Learned.NOTHING);
    }

    public SimulationOptions withSeed(long other) {
        return new SimulationOptions(
                other, faults, parallel, perNode, interruptions, expectedEvents, learned);
    }

    public SimulationOptions withFaults(Faults other) {
        return new SimulationOptions(
                seed, other, parallel, perNode, interruptions, expectedEvents, learned);
    }

    public SimulationOptions withLimits(int all, int onOneNode) {
        return new SimulationOptions(
                seed, faults, all, onOneNode, interruptions, expectedEvents, learned);
    }

    /// The same, ended from outside after so many records.
    public SimulationOptions interrupted(Fault by, int records) {
        Map<Fault, Integer> more = new EnumMap<>(Fault.class);
        more.putAll(interruptions);
        more.put(by, records);
        return new SimulationOptions(
                seed, faults, parallel, perNode, more, expectedEvents, learned);
    }

    /// The same, and nothing ends it from outside.
    public SimulationOptions uninterrupted() {
        return new SimulationOptions(
                seed, faults, parallel, perNode, Map.of(), expectedEvents, learned);
    }

    public SimulationOptions crashingAfter(int records) {
        return interrupted(Fault.CONTROLLER_CRASH, records);
    }

    public SimulationOptions cancellingAfter(int records) {
        return interrupted(Fault.CANCEL, records);
    }

    public SimulationOptions amendingAfter(int records) {
        return interrupted(Fault.AMEND, records);
    }

    public SimulationOptions expecting(int events) {
        return new SimulationOptions(
                seed, faults, parallel, perNode, interruptions, Optional.of(events), learned);
    }

    public SimulationOptions with(Learned known) {
        return new SimulationOptions(
                seed, faults, parallel, perNode, interruptions, expectedEvents, known);
    }
}
