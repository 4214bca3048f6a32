package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Turns that pass on, where those who have one wait for what only another's turn brings about.
class PassingTest {
    /// All second members get their turn at once; two of them begin at one desk, of which the later
    /// finds others under way.
    @Test
    void whoGetsATurnBeginsWhenThePlaceOfItsWorkIsFree() {
        for (long seed = 0; seed < 10; seed++) {
            Simulation simulation = new Simulation(guests("1"));
            assertThat(simulation.up(QUIET).isDone()).isTrue();
            Timeline run = simulation.goal(guests("2")).up(SimulationOptions.of(seed));
            lawful(run);
            assertThat(run.isDone()).isTrue();
            assertThat(doings(run))
                    .containsSubsequence(
                            "end b.run@b-1",
                            "end a.enter@a-2",
                            "start b.enter@b-2",
                            "end b.run@b-2",
                            "start btell.tell@b-2");
        }
    }

    /// Groups whose members enter at a desk, and each tells of all of its own.
    private static Graph guests(String port) {
        ClusterBuilder cluster =
                ClusterBuilder.cluster()
                        .group("desk", 2)
                        .use("desk", "desk", component("desk").step(step("open").script("open")));
        Map<String, String> desks =
                new TreeMap<>(Map.of("a", "desk-1", "b", "desk-1", "c", "desk-2"));
        desks.forEach((group, desk) ->
                cluster.group(group, 2)
                        .use(group, group, guest(port, group, desk))
                        .use(group + "tell", group, teller(group)));
        return Graph.of(cluster.build());
    }

    private static ComponentBuilder guest(String port, String name, String desk) {
        return component("guest")
                .input("port", literal(port))
                .output("endpoint", joined(read("node", "name"), read("inputs", "port")))
                .step(
                        step("enter")
                                .on(literal(desk))
                                .input("port", read("inputs", "port"))
                                .script("enter"))
                .step(step("run").service(name, "enter").health());
    }

    private static ComponentBuilder teller(String group) {
        return component("teller")
                .input("all", ofGroup(group, group, "endpoint"))
                .step(step("tell").file("/etc/" + group + "-all", joined(read("inputs", "all"))));
    }
}
