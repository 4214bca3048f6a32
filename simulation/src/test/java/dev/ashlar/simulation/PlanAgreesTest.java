package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.run.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    void aRunForAPartDoesWhatItsPlanSays() {
        int left = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(RandomCluster.of(seed, 0));
            simulation.up(SimulationOptions.of(seed));
            simulation.goal(RandomCluster.of(seed, 1));
            Set<String> others =
                    simulation.graph().composition().groups().values().stream()
                            .map(group -> group.nodes().getFirst())
                            .collect(Collectors.toSet());
            Selection part = new Selection("part", Set.of(), others);
            Plan plan =
                    Planner.plan(
                            simulation.graph(),
                            simulation.past(),
                            Set.of(),
                            part,
                            simulation.nowMs());
            Past past = simulation.past();
            // What may run may turn out to need what has lapsed and is left out.
            boolean certain =
                    !Traits.isLapsing(seed)
                            && plan.entries().stream().noneMatch(entry -> mayStand(past, entry));
            Timeline run = simulation.up(SimulationOptions.of(seed), Set.of(), part);
            assertThat(run.violations()).as("seed " + seed).isEmpty();
            assertThat(run.isDone()).as("seed " + seed).isTrue();
            for (Plan.Entry entry : inRun(plan, simulation.graph())) {
                if (entry.action() == Action.UNCHANGED && mayLapse(simulation.graph(), entry)) {
                    continue;
                }
                Phase phase = run.phases().get(entry.key());
                assertThat(phase)
                        .as("seed " + seed + " " + entry)
                        .isIn(certain ? sure(entry.action()) : possible(entry.action()));
            }
            left += certain ? plan.leftOut() : 0;
        }
        assertThat(left).isPositive();
    }

    /// Left out, unless it turns out to stand.
    private static boolean mayStand(Past past, Plan.Entry entry) {
        return entry.action() == Action.LEFT_OUT
                && entry.reasons().isEmpty()
                && past.success(entry.key()).isPresent();
    }

    private static Set<Phase> sure(Action action) {
        return switch (action) {
            case LEFT_OUT -> Set.of(Phase.LEFT_OUT);
            case UNCHANGED -> Set.of(Phase.SKIPPED);
            case MAYBE -> Set.of(Phase.SKIPPED, Phase.SUCCEEDED);
            case CREATE, CHANGE, REPAIR, REPLACE, REMOVE -> Set.of(Phase.SUCCEEDED);
            case IMPOSSIBLE -> Set.of();
        };
    }

    /// What may run waits for what may be left out.
    private static Set<Phase> possible(Action action) {
        return switch (action) {
            case LEFT_OUT -> Set.of(Phase.LEFT_OUT, Phase.SKIPPED);
            case UNCHANGED -> Set.of(Phase.SKIPPED, Phase.LEFT_OUT);
            case MAYBE -> Set.of(Phase.SKIPPED, Phase.SUCCEEDED, Phase.LEFT_OUT);
            case CREATE, CHANGE, REPAIR, REPLACE, REMOVE -> Set.of(Phase.SUCCEEDED, Phase.LEFT_OUT);
            case IMPOSSIBLE -> Set.of();
        };
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

    /// Of a step that is known to be off a run hears nothing, unless it is to be taken back.
    private static List<Plan.Entry> inRun(Plan plan, Graph graph) {
        return plan.entries().stream()
                .filter(entry ->
                        entry.action() != Action.UNCHANGED
                                || graph.instances().containsKey(entry.key()))
                .toList();
    }

    /// What is good at the time of the plan may lapse in the run.
    private static boolean mayLapse(Graph graph, Plan.Entry entry) {
        return graph.instances().get(entry.key()) instanceof Instance.Step step
                && step.step().lapses();
    }

    private static void compare(long seed, Simulation simulation) {
        Graph graph = simulation.graph();
        Plan plan =
                Planner.plan(
                        graph, simulation.past(), Set.of(), Selection.WHOLE, simulation.nowMs());
        Timeline run = simulation.up(SimulationOptions.of(seed));
        assertThat(run.isDone()).as("seed " + seed).isTrue();
        for (Plan.Entry entry : inRun(plan, graph)) {
            Phase phase = run.phases().get(entry.key());
            if (entry.action() == Action.UNCHANGED && mayLapse(graph, entry)) {
                assertThat(phase)
                        .as("seed " + seed + " " + entry)
                        .isIn(Phase.SKIPPED, Phase.SUCCEEDED);
            } else if (entry.action() == Action.UNCHANGED) {
                assertThat(phase).as("seed " + seed + " " + entry).isEqualTo(Phase.SKIPPED);
            } else if (entry.action() != Action.MAYBE) {
                assertThat(phase).as("seed " + seed + " " + entry).isEqualTo(Phase.SUCCEEDED);
            }
        }
        assertThat(
                        Planner.plan(
                                        graph,
                                        simulation.past(),
                                        Set.of(),
                                        Selection.WHOLE,
                                        simulation.nowMs())
                                .changes())
                .as("seed " + seed)
                .allMatch(entry -> entry.action() == Action.REMOVE);
    }
}
