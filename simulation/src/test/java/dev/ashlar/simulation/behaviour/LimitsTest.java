package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ComponentBuilder;
import org.junit.jupiter.api.Test;

/// The referee counts what is in flight; here it is given much to count.
class LimitsTest {
    @Test
    void keepsToTheLimitOfAllWork() {
        Timeline run = new Simulation(Story.one(beside(3), 20)).up(QUIET.withLimits(4, 10));
        assertThat(run.violations()).isEmpty();
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void keepsToTheLimitOfANodeAndUsesIt() {
        Timeline one = new Simulation(Story.one(beside(8), 1)).up(QUIET.withLimits(100, 1));
        Timeline four = new Simulation(Story.one(beside(8), 1)).up(QUIET.withLimits(100, 4));
        assertThat(one.violations()).isEmpty();
        assertThat(four.violations()).isEmpty();
        assertThat(four.durationMs()).isLessThan(one.durationMs());
    }

    @Test
    void holdsProbesToTheLimitsToo() {
        Timeline run = new Simulation(Story.stores(20, "1")).up(QUIET.withLimits(3, 1));
        assertThat(run.violations()).isEmpty();
        assertThat(run.isDone()).isTrue();
    }

    private static ComponentBuilder beside(int steps) {
        ComponentBuilder component = component("c");
        for (int i = 1; i <= steps; i++) {
            component.step(step("s" + i).after().file("/f" + i, literal("v")));
        }
        return component;
    }
}
