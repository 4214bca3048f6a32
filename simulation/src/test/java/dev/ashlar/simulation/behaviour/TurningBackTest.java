package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.simulation.MemberStore;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A run to a new goal is cut short, and the files are as they were before it.
class TurningBackTest {
    private static Graph stores(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use("kv", "store", MemberStore.component(port))
                        .build());
    }

    /// At each node of the store something else is done, before and after it is there.
    private static Graph besideAnother(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use("agent", "store", agent(literal("1")))
                        .use("kv", "store", MemberStore.component(port))
                        .build());
    }

    /// Beside each member of the store is one who reads where all of them are.
    private static Graph withReaders(int members, String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", members)
                        .use("kv", "store", MemberStore.component(port))
                        .use("agent", "store", agent(joined(ofGroup("store", "kv", "endpoint"))))
                        .build());
    }

    private static ComponentBuilder agent(Expression list) {
        return component("agent-alone")
                .input("list", list)
                .step(step("install").file("/usr/bin/agent", literal("1")))
                .step(step("list").file("/list", read("inputs", "list")))
                .step(step("run").service("agent", "install", "list").health())
                .step(step("post").after("run").file("/post", literal("1")));
    }

    private static void turnEverywhere(Graph first, Graph next) {
        Simulation uncut = founded(first);
        int before = uncut.journal().size();
        lawful(uncut.goal(next).up(QUIET));
        for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
            Simulation simulation = founded(first);
            List<String> members = simulation.past().foundedNodes("kv");
            simulation.goal(next).up(QUIET.crashingAfter(cut));
            Timeline back = simulation.goal(first).up(QUIET);
            lawful(back);
            assertThat(back.isDone()).as("after record %d: %s", cut, back.failures()).isTrue();
            assertThat(simulation.past().foundedNodes("kv"))
                    .containsExactlyInAnyOrderElementsOf(members);
            Timeline again = simulation.up(QUIET);
            lawful(again);
            assertThat(starts(again)).as("after record %d", cut).isEmpty();
        }
    }

    private static Simulation founded(Graph graph) {
        Simulation simulation = new Simulation(graph);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    /// What is left of those that have left needs no turn, though they come again.
    @Test
    void whoHasLeftBesideAnotherComesAgain() {
        turnEverywhere(besideAnother(4, "port 1"), besideAnother(2, "port 1"));
    }

    /// It was healthy, and the record was cut before it said that it is one of them.
    @Test
    void whoHasJustComeLeavesAgain() {
        turnEverywhere(stores(2, "port 1"), stores(4, "port 1"));
        turnEverywhere(stores(2, "port 1"), stores(4, "port 2"));
    }

    /// Nobody has ever read of a member of which nothing has succeeded.
    @Test
    void whoWasOnlyBegunGoesWhoeverReadsOfTheOthers() {
        turnEverywhere(withReaders(2, "port 1"), withReaders(4, "port 2"));
    }

    /// Two are to come again: the first has its turn for it is out, not as the last that can go on,
    /// and the rest of it comes when the second is well.
    @Test
    void whoIsWellAgainWaitsForAnotherThatIsOut() {
        turnEverywhere(besideAnother(5, "port 1"), besideAnother(2, "port 1"));
        turnEverywhere(withReaders(5, "port 1"), withReaders(2, "port 1"));
    }
}
