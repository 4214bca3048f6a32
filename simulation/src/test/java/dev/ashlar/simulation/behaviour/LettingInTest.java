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
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import org.junit.jupiter.api.Test;

/// Who lets others in while at its own node something else waits for them.
class LettingInTest {
    /// Beside each member of the store is one who reads where all of them are.
    private static Graph stores(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
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
                                                        .health()))
                        .build());
    }

    private static Simulation founded() {
        Simulation simulation = new Simulation(stores(1, "port 1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation.goal(stores(2, "port 2"));
    }

    /// The only one that can let the other in was itself cut short, and is well again.
    @Test
    void whoWasCutShortAndIsWellAgainLetsOthersInForWhomItsNodeWaits() {
        Simulation uncut = founded();
        int before = uncut.journal().size();
        lawful(uncut.up(QUIET));
        for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
            Simulation simulation = founded();
            simulation.up(QUIET.crashingAfter(cut));
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("after record %d: %s", cut, rest.failures()).isTrue();
        }
    }
}
