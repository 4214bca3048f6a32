package dev.ashlar.bench.inside;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.store.codec.CheckpointCodec;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A process that measures one thing of the fleet's cluster and prints it:
///
/// - `record FOLDER RUNS` leaves the record of so many simulated runs in the folder, each of which
///   changes file 07 on every node, the last back to what the files say;
/// - `replan FOLDER` plans the same anew in a warm process, after file 07 has changed, and prints
///   the median of its times and the memory that the plan, the graph and the past take.
public final class Inside {
    private static final int WARMING = 5;
    private static final int TIMES = 5;

    private final Path folder;
    private final MeasuredCluster cluster;

    private Inside(Path folder) {
        this.folder = folder;
        this.cluster = new MeasuredCluster(folder);
    }

    public static void main(String[] arguments) {
        Inside inside = new Inside(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "record" -> inside.leaveRecord(Integer.parseInt(arguments[2]));
            case "replan" -> inside.planAgain();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private void leaveRecord(int runs) {
        Simulation simulation = cluster.simulated(runs);
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder))) {
            journal.append(simulation.journal());
            if (journal.isCheckpointDue()) {
                journal.keep(simulation.past().checkpoint());
            }
        }
        System.out.printf(Locale.ROOT, "%d records%n", simulation.journal().size());
    }

    private void planAgain() {
        List<String> kept = CheckpointCodec.encode(cluster.simulated(1).past().checkpoint());
        long before = usedBytes();
        Past past = Past.of(CheckpointCodec.decode(kept).orElseThrow());
        Graph graph = cluster.graph(Optional.empty(), past);
        Plan plan = MeasuredCluster.plan(graph, past);
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
            Plan again = MeasuredCluster.plan(cluster.graph(Optional.of("word" + i), past), past);
            times.add(System.nanoTime() - began);
            if (again.isEmpty()) {
                throw new IllegalStateException("one input has changed, and nothing is planned");
            }
        }
        return times.subList(WARMING, times.size()).stream().sorted().toList().get(TIMES / 2) / 1e9;
    }

    /// What is still reachable.
    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
