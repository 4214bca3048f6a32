package dev.ashlar.bench.inside;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.store.codec.CheckpointCodec;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// A process that measures one thing of the fleet's cluster and prints it:
///
/// - `record FOLDER NODES RUNS` leaves the record of so many simulated runs in the folder, each of
///   which changes file 07 on every node, the last back to what the files say;
/// - `replan FOLDER NODES` plans the same anew in a warm process, after file 07 has changed, and
///   prints the median of its times and the memory that the plan, the graph and the past take.
public final class Inside {
    private static final int WARMING = 5;
    private static final int TIMES = 5;
    private static final long AT_MS = 1_800_000_000_000L;

    private final Path folder;
    private final String nodes;

    private Inside(Path folder, String nodes) {
        this.folder = folder;
        this.nodes = nodes;
    }

    public static void main(String[] arguments) {
        Inside inside = new Inside(Path.of(arguments[1]), arguments[2]);
        switch (arguments[0]) {
            case "record" -> inside.leaveRecord(Integer.parseInt(arguments[3]));
            case "replan" -> inside.planAgain();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private Composition composition(Optional<String> changed) {
        SequencedMap<String, String> sets = new LinkedHashMap<>();
        sets.put("groups.host.count", nodes);
        changed.ifPresent(word -> sets.put("groups.host.settings.changed", word));
        return Loader.load(
                        new LoadRequest(
                                folder.resolve("cluster.yaml"), Optional.empty(), sets, folder))
                .composition()
                .orElseThrow();
    }

    private Simulation simulated(int runs) {
        Graph asWritten = Conditions.wanted(composition(Optional.empty()), new Past());
        Graph changed = Conditions.wanted(composition(Optional.of("another")), new Past());
        Simulation simulation = new Simulation(asWritten).unwatched();
        for (int left = runs; left > 0; left--) {
            simulation.goal(left % 2 == 1 ? asWritten : changed);
            simulation.up(SimulationOptions.of(left));
        }
        return simulation;
    }

    private void leaveRecord(int runs) {
        Simulation simulation = simulated(runs);
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder))) {
            journal.append(simulation.journal());
            if (journal.isCheckpointDue()) {
                journal.keep(simulation.past().checkpoint());
            }
        }
        System.out.printf(Locale.ROOT, "%d records%n", simulation.journal().size());
    }

    private void planAgain() {
        List<String> kept = CheckpointCodec.encode(simulated(1).past().checkpoint());
        long before = usedBytes();
        Past past = Past.of(CheckpointCodec.decode(kept).orElseThrow());
        Graph graph = Conditions.wanted(composition(Optional.empty()), past);
        Plan plan = plan(graph, past);
        try {
            long each = (usedBytes() - before) / graph.instances().size();
            System.out.printf(Locale.ROOT, "%.3f s, %d bytes%n", again(past), each);
        } finally {
            Reference.reachabilityFence(kept);
            Reference.reachabilityFence(plan);
        }
    }

    /// In seconds.
    private double again(Past past) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < WARMING + TIMES; i++) {
            long began = System.nanoTime();
            Composition edited = composition(Optional.of("word" + i));
            Plan again = plan(Conditions.wanted(edited, past), past);
            times.add(System.nanoTime() - began);
            if (again.isEmpty()) {
                throw new IllegalStateException("one input has changed, and nothing is planned");
            }
        }
        return times.subList(WARMING, times.size()).stream().sorted().toList().get(TIMES / 2) / 1e9;
    }

    private static Plan plan(Graph graph, Past past) {
        return Planner.plan(graph, past, Set.of(), Selection.WHOLE, AT_MS);
    }

    /// What is still reachable.
    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
