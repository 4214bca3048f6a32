package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.simulation.MemberStore;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import org.junit.jupiter.api.Test;

/// Who lets others in or has been let out while something else is still there at its node.
class LettingInTest {
    private static final int SEEDS = 8;

    /// Of a second member's coming.
    private static final int RECORDS = 14;

    /// Beside each member of the store is one who reads where all of them are.
    private static Graph stores(int members, String port) {
        return Graph.of(beside(ClusterBuilder.cluster(), members, port).build());
    }

    /// At each node is a member of another store as well.
    private static Graph pairsOfStores(int members, String port) {
        return Graph.of(
                beside(ClusterBuilder.cluster(), members, port)
                        .use("list", "store", MemberStore.component("list", port))
                        .build());
    }

    private static ClusterBuilder beside(ClusterBuilder cluster, int members, String port) {
        return cluster.group("store", members)
                .use("kv", "store", MemberStore.component(port))
                .use(
                        "agent",
                        "store",
                        component("agent-alone")
                                .input("all", joined(ofGroup("store", "kv", "endpoint")))
                                .step(
                                        step("run")
                                                .input("of", literal("agent"))
                                                .file("/agent", read("inputs", "all"))
                                                .service("agent")
                                                .health()));
    }

    private static Simulation founded(Graph first, Graph next) {
        Simulation simulation = new Simulation(first);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation.goal(next);
    }

    private static void cutEverywhere(Graph first, Graph next) {
        Simulation uncut = founded(first, next);
        int before = uncut.journal().size();
        lawful(uncut.up(QUIET));
        for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
            Simulation simulation = founded(first, next);
            simulation.up(QUIET.crashingAfter(cut));
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("after record %d: %s", cut, rest.failures()).isTrue();
        }
    }

    /// The only one that can let the other in was itself cut short, and is well again.
    @Test
    void whoWasCutShortAndIsWellAgainLetsOthersInForWhomItsNodeWaits() {
        cutEverywhere(stores(1, "port 1"), stores(2, "port 2"));
    }

    /// What is left of one that has left is not well any more, and is not asked.
    @Test
    void whoHasLeftAndIsNotGoneYetKeepsNobodyFromLeaving() {
        cutEverywhere(stores(4, "port 1"), stores(2, "port 1"));
        cutEverywhere(stores(3, "port 1"), stores(1, "port 2"));
    }

    /// Its leaving was cut short, and it waits for others before the rest of it goes.
    @Test
    void whoHasLeftAtLastIsNotSickForItsLeavingAnyMore() {
        cutEverywhere(pairsOfStores(4, "port 1"), pairsOfStores(2, "port 2"));
    }

    /// It is announced in one store, which has lost its majority until it is there, and has yet to
    /// be readied for another when something is to be done at the one that is ill. Whether a join
    /// that is cut short has come about depends on the seed.
    @Test
    void whoIsAnnouncedComesUpBesideTheIllAlsoWhereItHasAnotherToJoin() {
        int ill = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int cut = 1; cut < RECORDS; cut++) {
                Simulation simulation = founded(readied(1, "port 1"), readied(2, "port 1"));
                simulation.up(SimulationOptions.of(seed).crashingAfter(cut));
                Timeline rest = simulation.goal(readied(2, "port 2")).up(QUIET);
                lawful(rest);
                assertThat(rest.isDone())
                        .as("seed %d, cut after %d: %s", seed, cut, rest.failures())
                        .isTrue();
                ill += rest.trace().stream().anyMatch(line -> line.endsWith(" NotDone")) ? 1 : 0;
            }
        }
        assertThat(ill).isPositive();
    }

    /// Each member of the other store has something that is done before it joins.
    private static Graph readied(int members, String port) {
        return Graph.of(
                beside(ClusterBuilder.cluster(), members, port)
                        .use(
                                "list",
                                "store",
                                MemberStore.component("list", port)
                                        .step(step("ready").file("/ready", literal(port))))
                        .build());
    }
}
