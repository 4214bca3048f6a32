package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.texts;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.type.Type;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.fleet.Fleet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Several uses of one group that are swapped for others at once, where one needs another.
class SwapTest {
    @Test
    void whatWasHalfTakenBackGoesOnThoughWhatItReadsHasNotSettled() {
        endsWellWhereverItIsCut(pair("1"), pair("2"));
    }

    /// What the lister does once for all comes after the whole store; once that has been taken back
    /// nothing on record says so.
    private static Graph pair(String version) {
        ComponentBuilder store =
                server("store", version)
                        .stands("store", "endpoints", texts("g-1"))
                        .step(step("initialise").forCluster().script("initialise"));
        ComponentBuilder list =
                server("list", version)
                        .requires("keys", "store", "endpoints", Type.listOf(Type.Scalar.TEXT))
                        .step(step("initialise").forCluster().after("run", "keys").script("list"));
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("store", "g", store)
                        .use("list", "g", list, Map.of("keys", new Supply.OfUse("store")))
                        .build());
    }

    private static ComponentBuilder server(String name, String version) {
        return component(name + version + Fleet.ALONE)
                .step(step("install").file("/usr/bin/" + name, literal(version)))
                .step(step("run").service(name, "install").health());
    }

    private static void endsWellWhereverItIsCut(Graph first, Graph second) {
        Simulation uncut = swapped(first, second);
        int before = uncut.journal().size();
        done(uncut, "uncut");
        int records = uncut.journal().size() - before;
        for (int cut = 1; cut < records; cut++) {
            Simulation simulation = swapped(first, second);
            lawful(simulation.up(QUIET.crashingAfter(cut)));
            done(simulation, "after record " + cut);
            assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
        }
    }

    private static Simulation swapped(Graph first, Graph second) {
        Simulation simulation = new Simulation(first);
        done(simulation, "founded");
        return simulation.goal(second);
    }

    private static void done(Simulation simulation, String when) {
        Timeline run = simulation.up(QUIET);
        lawful(run);
        assertThat(run.isDone()).as(() -> when + "\n" + String.join("\n", run.trace())).isTrue();
    }
}
