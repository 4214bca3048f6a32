package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import org.junit.jupiter.api.Test;

/// A member that has lost something and waits for others of its group, which wait for its turn.
class MidwayTest {
    private static final Graph BEFORE =
            Graph.of(ClusterBuilder.cluster().group("g", 2).use("old", "g", served("old")).build());
    private static final Graph WITHOUT_SHOP =
            Graph.of(ClusterBuilder.cluster().group("g", 2).use("store", "g", store()).build());
    private static final Graph AFTER =
            Graph.of(
                    ClusterBuilder.cluster()
                            .group("g", 2)
                            .use("store", "g", store())
                            .use("shop", "g", shop())
                            .build());

    private static ComponentBuilder served(String name) {
        return component(name + "-alone").step(run(name));
    }

    private static StepBuilder run(String name) {
        return step("run").file("/" + name, literal("yes")).service(name).health();
    }

    private static ComponentBuilder store() {
        return served("store")
                .output("at", read("node", "name"))
                .clusterOutput("all", Holds.ALL, ofMembers("at"));
    }

    private static ComponentBuilder shop() {
        return component("shop-alone")
                .input("all", ofUse("g", "store", "all"))
                .step(run("shop").input("all", read("inputs", "all")));
    }

    @Test
    void whatCanOnlyBeOnceAllHaveChangedIsNamedAndComesAfterwards() {
        Simulation simulation = new Simulation(BEFORE);
        assertThat(simulation.up(QUIET).isDone()).isTrue();

        Timeline stopped = simulation.goal(AFTER).up(QUIET);
        lawful(stopped);
        assertThat(stopped.isDone()).isFalse();
        assertThat(Story.records(simulation, JournalRecord.Failed.class))
                .extracting(JournalRecord.Failed::failure)
                .anySatisfy(failure -> {
                    assertThat(failure.kind()).isEqualTo("midway");
                    assertThat(failure.hint().orElseThrow()).startsWith("Take shop out");
                });

        assertThat(simulation.goal(WITHOUT_SHOP).up(QUIET).isDone()).isTrue();
        assertThat(simulation.goal(AFTER).up(QUIET).isDone()).isTrue();
        assertThat(simulation.past().standing())
                .containsKeys(key("shop.run@g-1"), key("shop.run@g-2"))
                .doesNotContainKey(key("old.run@g-1"));
    }
}
