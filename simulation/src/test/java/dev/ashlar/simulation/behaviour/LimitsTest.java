package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ComponentBuilder;
import java.util.List;
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
            component.step(step("s" + i).after().script("s" + i));
        }
        return component;
    }

    /// What shares a round trip at its node takes no room there, and counts once for all of them.
    @Test
    void lightWorkOfANodeGoesTogetherAndCountsOnce() {
        ComponentBuilder component = component("c");
        for (int i = 1; i <= 8; i++) {
            component.step(step("s" + i).after().file("/f" + i, literal("v")));
        }
        Timeline run = new Simulation(Story.one(component, 3)).up(QUIET.withLimits(1, 1));
        assertThat(run.violations()).isEmpty();
        assertThat(run.isDone()).isTrue();
        List<String> doings =
                Story.doings(run).stream().filter(line -> line.contains(" kv.s")).toList();
        for (int first = 0; first < doings.size(); first += 16) {
            List<String> company = doings.subList(first, first + 16);
            String node = company.getFirst().substring(company.getFirst().indexOf('@'));
            assertThat(company).allMatch(line -> line.endsWith(node));
            assertThat(company.subList(0, 8)).allMatch(line -> line.startsWith("start "));
        }
        assertThat(doings).hasSize(3 * 16);
    }
}
