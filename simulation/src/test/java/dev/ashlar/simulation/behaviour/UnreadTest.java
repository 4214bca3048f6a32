package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import org.junit.jupiter.api.Test;

/// Who has read what goes, and would read what comes after that only in a step that is off.
class UnreadTest {
    private static final Expression STORE = ofUse("g", "store", "all");

    private static ComponentBuilder served(String name) {
        return component(name + "-alone").clusterOutput("all", Holds.ALL, literal(name));
    }

    private static ComponentBuilder reading(String name, Expression of) {
        return served(name)
                .input("of", of)
                .step(
                        step("run")
                                .file("/" + name, joined(read("inputs", "of")))
                                .service(name)
                                .health());
    }

    /// The store loses a step for another; the till reads the store, and the shop the till, if it
    /// asks.
    private static Graph cluster(String part, Expression ofShop, boolean asks) {
        return Conditions.wanted(
                ClusterBuilder.cluster()
                        .group("g", 1)
                        .use(
                                "store",
                                "g",
                                served("store")
                                        .step(step(part).file("/" + part, literal("x")))
                                        .step(step("run").service("store").health()))
                        .group("h", 1)
                        .use("till", "h", reading("till", STORE))
                        .group("i", 1)
                        .use(
                                "shop",
                                "i",
                                reading("shop", ofShop)
                                        .input("asked", ofUse("h", "till", "all"))
                                        .step(
                                                step("ask")
                                                        .when(literal(asks))
                                                        .file(
                                                                "/ask",
                                                                joined(read("inputs", "asked")))))
                        .build(),
                new Past());
    }

    private static Timeline changed(boolean asks) {
        Simulation simulation = new Simulation(cluster("before", STORE, asks));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        Timeline run = simulation.goal(cluster("now", literal("nobody"), asks)).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        return run;
    }

    @Test
    void whoReadsItOnlyInAStepThatIsOffChangesBeforeItGoes() {
        assertThat(Story.doings(changed(false)))
                .containsSubsequence("end shop.run@i-1", "start store.before@g-1");
    }

    @Test
    void whoReadsWhatComesAfterItCannotBeWaitedFor() {
        assertThat(Story.doings(changed(true)))
                .containsSubsequence("start store.before@g-1", "end shop.run@i-1");
    }
}
