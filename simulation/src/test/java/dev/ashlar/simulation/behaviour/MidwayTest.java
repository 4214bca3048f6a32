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
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A member that has lost something, and what comes in its place reads what is only there once all
/// of its group have changed.
class MidwayTest {
    private static final String FIRST = "shop.run@g-2";
    private static final Graph BEFORE =
            Graph.of(ClusterBuilder.cluster().group("g", 2).use("old", "g", served("old")).build());

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

    private static Graph storeAndShop() {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 2)
                        .use("store", "g", store())
                        .use("shop", "g", shop())
                        .build());
    }

    private static Simulation standing() {
        Simulation simulation = new Simulation(BEFORE);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    @Test
    void whatCanOnlyBeOnceAllHaveChangedComesAfterTheTurns() {
        Timeline run = standing().goal(storeAndShop()).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(run.trace())
                .filteredOn(line -> line.contains("after the turns"))
                .singleElement()
                .asString()
                .endsWith(FIRST + " after the turns of g");
        assertThat(Story.doings(run))
                .containsSubsequence(
                        "end old.run@g-2",
                        "end store.run@g-2",
                        "start old.run@g-1",
                        "end store.run@g-1",
                        "start " + FIRST);
    }

    @Test
    void aRunThatIsCutAnywhereIsTakenUpToTheEnd() {
        int ended = 0;
        for (int cut = 1; ended < 1; cut++) {
            Simulation simulation = standing().goal(storeAndShop());
            Timeline first = simulation.up(QUIET.crashingAfter(cut));
            lawful(first);
            ended += first.isDone() ? 1 : 0;
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("cut after %d", cut).isTrue();
            assertThat(simulation.past().standing())
                    .containsKeys(key(FIRST), key("shop.run@g-1"), key("store.run@g-2"))
                    .doesNotContainKey(key("old.run@g-2"));
        }
    }

    @Test
    void whatWaitsForNobodyIsPartOfTheTurn() {
        Graph without =
                Graph.of(
                        ClusterBuilder.cluster()
                                .group("g", 2)
                                .use("store", "g", store())
                                .use("till", "g", served("till"))
                                .build());
        Timeline run = standing().goal(without).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(run.trace()).noneMatch(line -> line.contains("after the turns"));
        assertThat(Story.doings(run))
                .containsSubsequence("start old.run@g-2", "end till.run@g-2", "start old.run@g-1");
    }

    @Test
    void whatHasTheNameOfTheOldGoesOnlyWhenTheNewCanCome() {
        Graph old =
                Graph.of(
                        ClusterBuilder.cluster()
                                .group("g", 2)
                                .use("store", "g", served("old-store"))
                                .use("shop", "g", served("old"))
                                .build());
        Simulation simulation = new Simulation(old);
        assertThat(simulation.up(QUIET).isDone()).isTrue();

        Timeline run = simulation.goal(storeAndShop()).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        List<String> doings = Story.doings(run);
        assertThat(doings.indexOf("start shop.run@g-2"))
                .isGreaterThan(doings.lastIndexOf("end store.run@g-1"))
                .isGreaterThan(doings.lastIndexOf("end store.run@g-2"));
        assertThat(run.trace()).noneMatch(line -> line.contains("after the turns"));
    }
}
