package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Clusters whose members enter with a token that lapses.
final class Clubs {
    static final Duration VALID = Duration.ofMinutes(30);

    static final Duration LATER = Duration.ofHours(2);

    private Clubs() {}

    /// A token that the first member makes and that each member enters with.
    static ComponentBuilder club(String port) {
        return ComponentBuilder.component("club")
                .input("port", literal(port))
                .step(token())
                .step(enter());
    }

    /// A token that others read of the whole.
    static ComponentBuilder openClub() {
        return ComponentBuilder.component("club")
                .step(token())
                .clusterOutput("token", Holds.ALL, read("token", "token"));
    }

    static StepBuilder token() {
        return step("token")
                .forCluster()
                .on(memberName(0))
                .input("of", literal("club"))
                .output("token", VALID)
                .script("token");
    }

    static StepBuilder enter() {
        return step("enter")
                .input("token", read("token", "token"))
                .input("port", read("inputs", "port"))
                .script("enter");
    }

    static Graph clubs(int members, String port) {
        return Story.one(club(port), members);
    }

    static Simulation stood(Graph graph) {
        Simulation simulation = new Simulation(graph);
        Timeline first = simulation.up(QUIET);
        lawful(first);
        assertThat(first.isDone()).isTrue();
        return simulation;
    }

    static Plan plan(Simulation simulation) {
        return plan(simulation, Selection.WHOLE);
    }

    static Plan plan(Simulation simulation, Selection part) {
        return Planner.plan(
                simulation.graph(), simulation.past(), Set.of(), part, simulation.nowMs());
    }

    static List<String> changes(Plan plan) {
        return plan.changes().stream()
                .map(entry -> entry.action().sign() + " " + entry.key())
                .toList();
    }

    static Timeline done(Timeline run) {
        lawful(run);
        assertThat(run.isDone()).as(() -> String.join("\n", run.trace())).isTrue();
        return run;
    }
}
