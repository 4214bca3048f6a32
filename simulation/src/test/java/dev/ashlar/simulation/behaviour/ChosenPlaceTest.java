package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChosenPlaceTest {
    private static final InstanceKey INITIALISE = key("kv.initialise");

    @Test
    void runsWhereTheExpressionSaysAndRecordsItWithTheIntent() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        assertThat(machineWith(simulation, "kv.initialise")).isEqualTo("g-2");
        assertThat(records(simulation, JournalRecord.Intended.class))
                .filteredOn(intended -> intended.key().equals(INITIALISE))
                .extracting(JournalRecord.Intended::chosen)
                .containsExactly(Optional.of("g-2"));
    }

    @Test
    void comesAfterTheMachineItRunsOn() {
        Simulation simulation = new Simulation(cluster(memberName(1), "1"));
        Timeline up = simulation.up(QUIET.withFaults(Faults.broken(key("node.acquire@g-2"))));
        assertThat(up.phases())
                .containsEntry(INITIALISE, Phase.BLOCKED)
                .containsEntry(key("kv.install@g-1"), Phase.SUCCEEDED);
    }

    @Test
    void staysWhereItWasThoughTheExpressionNowGivesAnotherNode() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        assertThat(starts(simulation.goal(cluster(memberName(0), "1")).up(QUIET))).isEmpty();
        assertThat(starts(simulation.goal(cluster(memberName(0), "2")).up(QUIET)))
                .containsExactly("Run kv.initialise");
        assertThat(machineWith(simulation, "kv.initialise")).isEqualTo("g-2");
    }

    @Test
    void isChosenAnewAfterItWasTakenBack() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
        simulation.goal(cluster(memberName(0), "1")).up(QUIET);
        assertThat(machineWith(simulation, "kv.initialise")).isEqualTo("g-1");
    }

    @Test
    void isChosenAnewWhereTheNodeIsNoLongerPartOfTheCluster() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        Plan plan =
                Planner.plan(
                        cluster(memberName(0), "1", 1),
                        simulation.past(),
                        Set.of(),
                        Selection.WHOLE,
                        0);
        assertThat(plan.entries())
                .filteredOn(entry -> entry.key().equals(INITIALISE))
                .flatExtracting(Plan.Entry::reasons)
                .containsExactly("node g-2 is no longer part of the cluster");
    }

    @Test
    void isTakenBackWhereItWasDone() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        Timeline down = simulation.goal(cluster(memberName(0), "1")).down(QUIET, Set.of());
        assertThat(starts(down)).contains("Undo kv.initialise");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void goesWithTheMachineItWasDoneOn() {
        Simulation simulation = up(cluster(memberName(1), "1"));
        Timeline down = simulation.down(QUIET, Set.of("g-1", "g-2"));
        assertThat(starts(down))
                .containsExactlyInAnyOrder("Undo node.acquire@g-1", "Undo node.acquire@g-2");
        assertThat(simulation.past().standing()).isEmpty();
        assertThat(simulation.past().choice(INITIALISE)).isEmpty();
    }

    @Test
    void isTakenUpOnTheSameNodeWhereverTheJournalIsCut() {
        int records = up(cluster(memberName(1), "1")).journal().size();
        Set<String> machines = new HashSet<>();
        for (int cut = 1; cut < records; cut++) {
            Simulation simulation = new Simulation(cluster(memberName(1), "1"));
            simulation.up(QUIET.crashingAfter(cut));
            boolean isChosen = simulation.past().choice(INITIALISE).isPresent();
            assertThat(simulation.goal(cluster(memberName(0), "1")).up(QUIET).isDone()).isTrue();
            String machine = machineWith(simulation, "kv.initialise");
            assertThat(machine).as("cut after %d", cut).isEqualTo(isChosen ? "g-2" : "g-1");
            machines.add(machine);
        }
        assertThat(machines).containsExactlyInAnyOrder("g-1", "g-2");
    }

    @Test
    void refusesANodeThatIsNoneBeforeAnythingIsTried() {
        Graph graph = cluster(literal("g-9"), "1");
        Plan plan = Planner.plan(graph, new Simulation(graph).past(), Set.of(), Selection.WHOLE, 0);
        assertThat(plan.isImpossible()).isTrue();
        assertThat(plan.entries())
                .filteredOn(entry -> entry.key().equals(INITIALISE))
                .flatExtracting(Plan.Entry::reasons)
                .allSatisfy(reason ->
                        assertThat(reason).asString().contains("no node is called \"g-9\""));
    }

    @Test
    void eachSubjectsInstanceRunsOnTheOneNode() {
        Simulation simulation =
                up(
                        Story.one(
                                component("member")
                                        .step(step("install").file("/usr/bin/kv", literal("1")))
                                        .step(
                                                step("register")
                                                        .on(memberName(0))
                                                        .input("name", read("node", "name"))
                                                        .script("register")),
                                2));
        assertThat(machineWith(simulation, "kv.register of g-2")).isEqualTo("g-1");
        assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
        assertThat(simulation.fleet().state()).isEmpty();
    }

    private static Graph cluster(Expression on, String value) {
        return cluster(on, value, 2);
    }

    private static Graph cluster(Expression on, String value, int members) {
        return Story.one(
                component("member")
                        .step(step("install").file("/usr/bin/kv", literal("1")))
                        .step(
                                step("initialise")
                                        .forCluster()
                                        .on(on)
                                        .input("value", literal(value))
                                        .script("initialise")),
                members);
    }

    private static Simulation up(Graph graph) {
        Simulation simulation = new Simulation(graph);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    /// The machine on which a step has put something.
    private static String machineWith(Simulation simulation, String step) {
        return simulation
                .fleet()
                .state()
                .lines()
                .filter(line -> line.contains(step + "="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .reduce((_, other) -> "several, one of them " + other)
                .orElse("none");
    }
}
