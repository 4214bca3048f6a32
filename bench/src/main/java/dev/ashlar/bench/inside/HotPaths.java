package dev.ashlar.bench.inside;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.store.codec.Pool;
import dev.ashlar.store.codec.RecordCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What is done for each instance of the fleet's cluster, on [#NODES] nodes.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(HotPaths.INSTANCES)
@SuppressWarnings("NullAway.Init") // the harness sets it up
public class HotPaths {
    public static final int NODES = 46;
    static final int INSTANCES = 1012;

    private static final Map<String, String> WORDS =
            Map.of(
                    "load", "files to a composition",
                    "planNew", "plan from nothing",
                    "planUnchanged", "plan, nothing to do",
                    "read", "the records of one run, decoded and folded",
                    "run", "a simulated run, without its rules");

    /// Of the cluster's file.
    @Param("")
    private String folder;

    private MeasuredCluster cluster;
    private Graph graph;
    private Graph unborn;
    private Past past;
    private List<String> records;

    /// What a benchmark is, in words.
    public static String words(String name) {
        return WORDS.getOrDefault(name, name);
    }

    @Setup
    public void ready() {
        cluster = new MeasuredCluster(Path.of(folder));
        Simulation simulation = cluster.simulated(1);
        past = simulation.past();
        unborn = cluster.graph(Optional.empty(), new Past());
        graph = cluster.graph(Optional.empty(), past);
        if (graph.instances().size() != INSTANCES) {
            throw new IllegalStateException(graph.instances().size() + " instances");
        }
        records = simulation.journal().stream().map(RecordCodec::encode).toList();
    }

    @Benchmark
    public Composition load() {
        return cluster.composition(Optional.empty());
    }

    @Benchmark
    public Plan planNew() {
        return MeasuredCluster.plan(graph, new Past());
    }

    @Benchmark
    public Plan planUnchanged() {
        return MeasuredCluster.plan(graph, past);
    }

    @Benchmark
    public Past read() {
        Pool pool = new Pool();
        Past read = new Past();
        records.forEach(record -> read.apply(RecordCodec.decode(record, pool)));
        return read;
    }

    @Benchmark
    public Simulation run() {
        return MeasuredCluster.simulated(unborn, unborn, 1);
    }
}
