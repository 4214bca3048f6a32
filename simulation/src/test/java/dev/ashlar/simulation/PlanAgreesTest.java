package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.run.Phase;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanAgreesTest {
    private static final int SEEDS = 60;

    @Test
    void aRunSkipsWhatThePlanCallsUnchangedAndDoesWhatItSaysWillBeDone() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(RandomCluster.of(seed, 0));
            compare(seed, simulation);
            simulation.goal(RandomCluster.of(seed, 1));
            simulation.up(SimulationOptions.of(seed).withFaults(Faults.MANY));
            compare(seed, simulation);
            simulation.goal(RandomCluster.of(seed, 2));
            compare(seed, simulation);
        }
    }

    @Test
    void theSameSeedGivesTheSameRunToTheLetter() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(digest(seed)).isEqualTo(digest(seed));
        }
    }

    private static String digest(long seed) {
        return new Simulation(RandomCluster.of(seed, 0))
                .up(SimulationOptions.of(seed).withFaults(Faults.MANY))
                .digest();
    }

    private static void compare(long seed, Simulation simulation) {
        Graph graph = simulation.graph();
        Plan plan = Planner.plan(graph, simulation.past(), Set.of());
        Timeline run = simulation.up(SimulationOptions.of(seed));
        assertThat(run.isDone()).as("seed " + seed).isTrue();
        for (Plan.Entry entry : plan.entries()) {
            Phase phase = run.phases().get(entry.key());
            if (entry.action() == Action.UNCHANGED) {
                assertThat(phase).as("seed " + seed + " " + entry).isEqualTo(Phase.SKIPPED);
            } else if (entry.action() != Action.MAYBE) {
                assertThat(phase).as("seed " + seed + " " + entry).isEqualTo(Phase.SUCCEEDED);
            }
        }
        assertThat(Planner.plan(graph, simulation.past(), Set.of()).changes())
                .as("seed " + seed)
                .allMatch(entry -> entry.action() == Action.REMOVE);
    }
}
