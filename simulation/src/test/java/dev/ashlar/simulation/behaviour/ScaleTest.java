package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.plan.Rehearsal;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final int NODES = 10_000;
    private static final int STEPS = 9;
    private static final int CHAIN = 20_000;

    @Test
    void plansAndRunsAHundredThousandInstances() {
        ComponentBuilder component = component("member").input("value", literal("v"));
        for (int i = 1; i <= STEPS; i++) {
            component.step(step("s" + i).file("/f" + i, read("inputs", "value")));
        }
        Graph graph =
                Graph.of(
                        ClusterBuilder.cluster()
                                .group("g", NODES)
                                .use("kv", "g", component)
                                .build());
        long began = System.nanoTime();
        Plan plan = Planner.plan(graph, new Past(), Set.of(), Selection.WHOLE, 0);
        long planned = System.nanoTime();
        Simulation simulation = new Simulation(graph).unwatched();
        Timeline timeline = simulation.up(SimulationOptions.of(1).withLimits(1_000, 1));
        long ran = System.nanoTime();
        Timeline again = simulation.up(SimulationOptions.of(2));
        long skipped = System.nanoTime();
        System.out.printf(
                "100,000 instances: planned in %d ms, ran in %d ms (%d events), skipped in %d ms%n",
                Duration.ofNanos(planned - began).toMillis(),
                Duration.ofNanos(ran - planned).toMillis(),
                timeline.events(),
                Duration.ofNanos(skipped - ran).toMillis());
        assertThat(plan.entries()).hasSize(NODES * (STEPS + 1));
        assertThat(timeline.isDone()).isTrue();
        assertThat(again.totals().map(Totals::skipped)).contains(NODES * (STEPS + 1));
        assertThat(again.events()).isEqualTo(1);
    }

    @Test
    void blocksAndPlansAChainLongerThanAnyStack() {
        ComponentBuilder component = component("member");
        for (int i = 1; i <= CHAIN; i++) {
            component.step(step("s" + i).file("/f" + i, literal("v")));
        }
        Graph graph =
                Graph.of(ClusterBuilder.cluster().group("g", 1).use("kv", "g", component).build());
        Timeline timeline =
                new Simulation(graph)
                        .unwatched()
                        .up(
                                SimulationOptions.of(1)
                                        .withFaults(
                                                Faults.broken(
                                                        InstanceKey.onNode("kv", "s1", "g-1"))));
        assertThat(timeline.phases().lastEntry().getValue()).isEqualTo(Phase.BLOCKED);
        assertThat(timeline.totals().map(Totals::blocked)).contains(CHAIN - 1);
        assertThat(Planner.plan(graph, new Past(), Set.of(), Selection.WHOLE, 0).entries())
                .hasSize(CHAIN + 1);
    }

    @Test
    void cancelsFoundingOfALargeGroup() {
        Graph graph = Graph.of(reading(3_000, new AtomicInteger()));
        Timeline timeline =
                new Simulation(graph)
                        .unwatched()
                        .up(SimulationOptions.of(1).cancellingAfter(10_000));
        assertThat(timeline.totals()).isPresent();
    }

    @Test
    void evaluatesAGroupsAggregateOnceWhateverTheGroupsSize() {
        assertThat(evaluations(200)).isEqualTo(evaluations(400)).isEqualTo(evaluations(800));
    }

    @Test
    void allocatesInProportionToTheGroupThatReadsItself() {
        allocated(200);
        long small = allocated(400);
        long large = allocated(1_600);
        System.out.printf("allocated: %d kB for 400, %d kB for 1600%n", small >> 10, large >> 10);
        assertThat(large).isLessThan(small * 6);
    }

    @Test
    void gathersOnceWhateverTheNumberOfThoseThatPublishAndCollect() {
        assertThat(gatherings(200)).isEqualTo(gatherings(400)).isEqualTo(gatherings(800));
    }

    @Test
    void allocatesInProportionToThoseThatPublishAndCollect() {
        allocated(Graph.of(collecting(200, new AtomicInteger())));
        long small = allocated(Graph.of(collecting(400, new AtomicInteger())));
        long large = allocated(Graph.of(collecting(1_600, new AtomicInteger())));
        System.out.printf("collected: %d kB for 400, %d kB for 1600%n", small >> 10, large >> 10);
        assertThat(large).isLessThan(small * 6);
    }

    private static int gatherings(int members) {
        AtomicInteger count = new AtomicInteger();
        new Simulation(Graph.of(collecting(members, count)))
                .unwatched()
                .up(SimulationOptions.of(1));
        return count.get();
    }

    /// Each member of one group reads how many of another have published.
    private static Composition collecting(int members, AtomicInteger count) {
        ComponentBuilder web =
                component("web")
                        .output(
                                "member",
                                Expressions.published("lb.Member", read("node", "address")))
                        .step(step("run").service("web").health());
        ComponentBuilder balancer =
                component("balancer")
                        .step(
                                step("configure")
                                        .input(
                                                "size",
                                                counting(count, Expressions.collected("lb.Member")))
                                        .file("/size", read("inputs", "size")));
        return ClusterBuilder.cluster()
                .group("front", members)
                .group("web", members)
                .use("lb", "front", balancer)
                .use("site", "web", web)
                .build();
    }

    private static int evaluations(int members) {
        AtomicInteger count = new AtomicInteger();
        new Simulation(Graph.of(reading(members, count))).unwatched().up(SimulationOptions.of(1));
        return count.get();
    }

    private static long allocated(int members) {
        return allocated(Graph.of(reading(members, new AtomicInteger())));
    }

    private static long allocated(Graph graph) {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
        Rehearsal.problems(graph);
        Planner.plan(graph, new Past(), Set.of(), Selection.WHOLE, 0);
        Explainer.details(graph, new Past(), 0);
        new Simulation(graph).unwatched().up(SimulationOptions.of(1));
        return threads.getThreadAllocatedBytes(Thread.currentThread().threadId()) - before;
    }

    /// Each member reads the address and the health of each member of another use, reduced to a
    /// number, which is all that grows with the group.
    private static Composition reading(int members, AtomicInteger count) {
        ComponentBuilder first =
                component("first")
                        .output("endpoint", read("node", "address"))
                        .step(step("run").service("first").health());
        ComponentBuilder second =
                component("second")
                        .input(
                                "size",
                                counting(count, Expressions.ofGroup("g", "first", "endpoint")))
                        .step(
                                step("configure")
                                        .input("size", read("inputs", "size"))
                                        .file("/size", read("inputs", "size")));
        return ClusterBuilder.cluster()
                .group("g", members)
                .use("first", "g", first)
                .use("second", "g", second)
                .build();
    }

    private static Expression counting(AtomicInteger count, Expression all) {
        return Expressions.of(
                Type.Scalar.INT,
                "size(" + all.source() + ")",
                all.reads(),
                scope -> {
                    count.incrementAndGet();
                    Value list = all.evaluate(scope);
                    Data data =
                            list.isKnown() && list.data() instanceof Data.Listing(var elements)
                                    ? new Data.Int(elements.size())
                                    : new Data.Unknown(Type.Scalar.INT);
                    return new Value(data, list.deepLabel());
                });
    }
}
