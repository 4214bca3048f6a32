package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A turn is over when the member is healthy, whatever was done in it.
class ClosingTest {
    @Test
    void asksAMemberThatWasTouchedBeforeTheNextIsThoughNoStepWithHealthRunsAgain() {
        Timeline run = passed(limits("1"), limits("2"), "kv.configure");
        assertThat(run.phases()).containsEntry(key("kv.run@g-1"), Phase.SKIPPED);
    }

    @Test
    void asksAfterTheLastThingThatWasDoneAlsoWhereThatComesAfterTheStepWithHealth() {
        passed(announced("1"), announced("2"), "kv.announce");
    }

    /// A change of one step passes over two members, each asked before the next is touched.
    private static Timeline passed(ComponentBuilder before, ComponentBuilder after, String step) {
        Simulation simulation = founded(2, before);
        Timeline run = simulation.goal(cluster(2, after)).up(QUIET);
        assertThat(run.isDone()).isTrue();
        List<String> starts = starts(run);
        assertThat(starts.subList(2, starts.size()))
                .as("after the round")
                .containsExactly(
                        "Apply " + step + "@g-1",
                        "Probe kv.run@g-1",
                        "Apply " + step + "@g-2",
                        "Probe kv.run@g-2");
        lawful(run);
        return run;
    }

    @Test
    void haltsTheGroupWhereTheMemberIsNotHealthyAfterItsTurn() {
        Simulation simulation = founded(3, limits("1"));
        Timeline run =
                simulation
                        .goal(cluster(3, limits("2")))
                        .up(QUIET.withFaults(Faults.broken(key("kv.run@g-1"))));
        assertThat(failure(run, "kv.run@g-1").kind()).isEqualTo("unhealthy");
        assertThat(run.phases())
                .containsEntry(key("kv.configure@g-1"), Phase.SUCCEEDED)
                .containsEntry(key("kv.configure@g-2"), Phase.BLOCKED);
        lawful(run);
    }

    @Test
    void blamesWhatWasDoneLastSoThatTheNextRunCanMendIt() {
        Simulation simulation = founded(1, announced("1"));
        Timeline bad =
                simulation
                        .goal(cluster(1, announced("2")))
                        .up(QUIET.withFaults(Faults.broken(key("kv.run@g-1"))));
        assertThat(failure(bad, "kv.announce@g-1").kind()).isEqualTo("unhealthy");
        assertThat(failure(bad, "kv.announce@g-1").message()).contains("kv.run@g-1");

        Timeline mended = simulation.goal(cluster(1, announced("3"))).up(QUIET);

        assertThat(mended.isDone()).isTrue();
        assertThat(starts(mended)).containsExactly("Apply kv.announce@g-1", "Probe kv.run@g-1");
        assertThat(simulation.up(QUIET).isDone()).isTrue();
    }

    /// What is beside it, and done elsewhere, may end after it has answered.
    @Test
    void asksAgainWhereSomethingElseEndsAfterTheAnswer() {
        Simulation simulation = founded(2, registered("1"));
        Timeline run = simulation.goal(cluster(2, registered("2"))).up(QUIET);
        assertThat(run.isDone()).isTrue();
        lawful(run);
        List<String> told = run.trace();
        int done = last(told, "kv.register@g-1 SUCCEEDED");
        assertThat(last(told, "start Probe kv.run@g-1")).isGreaterThan(done);
    }

    private static int last(List<String> told, String words) {
        return told.lastIndexOf(
                told.stream().filter(line -> line.contains(words)).toList().getLast());
    }

    /// It is put down on another node, beside everything else.
    private static ComponentBuilder registered(String value) {
        return component("member")
                .input("limit", literal(value))
                .step(step("run").file("/limits", read("inputs", "limit")).service("kv").health())
                .step(
                        step("register")
                                .after()
                                .input("limit", read("inputs", "limit"))
                                .script("register")
                                .on(literal("g-2")));
    }

    @Test
    void asksWhatStaysOnANodeWhereSomethingGoes() {
        ClusterBuilder two = ClusterBuilder.cluster().group("g", 2).use("kv", "g", limits("1"));
        Simulation simulation =
                new Simulation(Graph.of(two.use("extra", "g", announced("1")).build()));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        Timeline run = simulation.goal(cluster(2, limits("1"))).up(QUIET);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run)).contains("Undo extra.run@g-1");
        assertThat(starts(run).lastIndexOf("Probe kv.run@g-1"))
                .isGreaterThan(starts(run).lastIndexOf("Undo extra.run@g-1"));
        lawful(run);
    }

    /// What is configured is read when it is asked for: the service does not watch it.
    private static ComponentBuilder limits(String value) {
        return member(value).step(step("run").service("kv").health());
    }

    /// Whom it serves is put down when it serves.
    private static ComponentBuilder announced(String value) {
        return member("1")
                .step(step("run").service("kv").health())
                .step(step("announce").file("/announced", literal(value)));
    }

    private static ComponentBuilder member(String value) {
        return component("member")
                .input("limit", literal(value))
                .step(step("configure").file("/limits", read("inputs", "limit")));
    }

    private static Graph cluster(int members, ComponentBuilder component) {
        return Graph.of(
                ClusterBuilder.cluster().group("g", members).use("kv", "g", component).build());
    }

    private static Simulation founded(int members, ComponentBuilder component) {
        Simulation simulation = new Simulation(cluster(members, component));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }
}
