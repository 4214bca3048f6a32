package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.joined;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.ofGroup;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartingTest {
    @Test
    void startsAnInstanceOnlyOnceItsInputsAreKnown() {
        ComponentBuilder component =
                component("c")
                        .step(step("make").input("x", literal("x")).output("token").script("make"))
                        .step(step("use").after().file("/token", read("make", "token")));
        Timeline run = new Simulation(Story.one(component, 1)).up(QUIET);
        assertThat(doings(run))
                .containsSubsequence("end kv.make@g-1", "start kv.use@g-1", "end kv.use@g-1");
    }

    @Test
    void startsAReaderOfALateOutputOnlyOnceItsMakersAreHealthy() {
        Timeline run = new Simulation(Graph.of(consumer(ofGroup("a", "kv", "endpoint")))).up(QUIET);
        List<String> doings = doings(run);
        assertThat(doings.indexOf("start lb.configure@b-1"))
                .isGreaterThan(doings.indexOf("end kv.run@a-1"))
                .isGreaterThan(doings.indexOf("end kv.run@a-2"))
                .isGreaterThan(doings.indexOf("end kv.run@a-3"));
    }

    @Test
    void startsAReaderOfAMajorityOnceAMajorityIsHealthyThoughOneHasFailed() {
        Simulation simulation = new Simulation(Graph.of(consumer(ofUse("a", "kv", "endpoints"))));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.run@a-3"))));
        assertThat(run.phases()).containsEntry(key("lb.configure@b-1"), Phase.SUCCEEDED);
    }

    @Test
    void blocksAReaderOfAMajorityThatCanNoLongerBe() {
        Simulation simulation = new Simulation(Graph.of(consumer(ofUse("a", "kv", "endpoints"))));
        Timeline run =
                simulation.up(
                        QUIET.withFaults(Faults.broken(key("kv.run@a-3"), key("kv.install@a-2"))));
        assertThat(run.phases()).containsEntry(key("lb.configure@b-1"), Phase.BLOCKED);
    }

    @Test
    void goesOnWithIndependentWorkWhenOneInstanceFails() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.install@store-2"))));
        assertThat(run.phases())
                .containsEntry(key("kv.configure@store-1"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@store-3"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@store-2"), Phase.BLOCKED);
    }

    @Test
    void namesTheFirstCauseOfABlockedInstance() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.install@store-2"))));
        assertThat(run.trace())
                .anyMatch(line -> line.endsWith("kv.run@store-2 BLOCKED by kv.install@store-2"));
    }

    @Test
    void readsNothingOfAnEmptyGroupAndGoesOn() {
        Composition composition =
                ClusterBuilder.cluster()
                        .group("a", 0)
                        .group("b", 1)
                        .use("kv", "a", makers())
                        .use("lb", "b", reader(ofUse("a", "kv", "endpoints")))
                        .build();
        assertThat(new Simulation(Graph.of(composition)).up(QUIET).isDone()).isTrue();
    }

    private static Composition consumer(dev.ashlar.model.composition.Expression links) {
        return ClusterBuilder.cluster()
                .group("a", 3)
                .group("b", 1)
                .use("kv", "a", makers())
                .use("lb", "b", reader(links))
                .build();
    }

    private static ComponentBuilder makers() {
        return Story.store("1")
                .clusterOutput(
                        "endpoints",
                        Holds.MAJORITY,
                        dev.ashlar.simulation.composition.Expressions.ofMembers("endpoint"));
    }

    private static ComponentBuilder reader(dev.ashlar.model.composition.Expression links) {
        return component("lb")
                .input("links", joined(links))
                .step(step("configure").file("/links", read("inputs", "links")));
    }
}
