package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SkippingTest {
    @Test
    void startsNothingWhenEveryFingerprintMatches() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET);
        Timeline again = simulation.up(QUIET);
        assertThat(starts(again)).isEmpty();
        assertThat(again.events()).isEqualTo(1);
        assertThat(again.phases().values()).containsOnly(Phase.SKIPPED);
    }

    @Test
    void runsWhatIsForcedAndNothingElse() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET);
        Timeline again = simulation.up(QUIET, Set.of(key("kv.install@store-2")));
        assertThat(doings(again))
                .containsExactly("start kv.install@store-2", "end kv.install@store-2");
    }

    @Test
    void leavesConsumersAloneWhenAStepRanButItsOutputsAreEqual() {
        Simulation simulation = new Simulation(token("fixed", "1"));
        simulation.up(QUIET);
        Timeline again = simulation.goal(token("fixed", "2")).up(QUIET);
        assertThat(starts(again)).containsExactly("Run kv.make@g-1");
    }

    @Test
    void runsConsumersWhenAStepsOutputsDiffer() {
        Simulation simulation = new Simulation(token("token", "1"));
        simulation.up(QUIET);
        Timeline again = simulation.goal(token("token", "2")).up(QUIET);
        assertThat(starts(again)).containsExactly("Run kv.make@g-1", "Apply kv.use@g-1");
    }

    @Test
    void restartsAServiceWhenAWatchedStepChangedSomething() {
        Simulation simulation = new Simulation(Story.stores(1, "1"));
        simulation.up(QUIET);
        Timeline again = simulation.goal(Story.stores(1, "2")).up(QUIET);
        assertThat(starts(again))
                .containsExactly(
                        "Apply kv.configure@store-1",
                        "Apply kv.run@store-1",
                        "Probe kv.run@store-1");
    }

    @Test
    void doesNotRestartAServiceWhenAWatchedStepRanButChangedNothing() {
        Simulation simulation = new Simulation(Story.stores(1, "1"));
        simulation.up(QUIET);
        Timeline again = simulation.up(QUIET, Set.of(key("kv.configure@store-1")));
        assertThat(starts(again))
                .containsExactly("Apply kv.configure@store-1", "Probe kv.run@store-1");
    }

    private static Graph token(String output, String value) {
        return Story.one(
                component("c")
                        .step(
                                step("make")
                                        .input("x", literal(value))
                                        .output("token")
                                        .output("fixed")
                                        .script("make"))
                        .step(step("use").file("/token", read("make", output))),
                1);
    }
}
