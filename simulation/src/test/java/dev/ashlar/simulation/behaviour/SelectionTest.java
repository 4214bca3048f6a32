package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.founded;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.ofMembers;
import static dev.ashlar.simulation.composition.Expressions.ofUse;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Failure;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A run that may touch only part of its cluster.
class SelectionTest {
    @Test
    void touchesOnlyWhatIsSelectedAndTheRestLater() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        Timeline part = simulation.up(QUIET, Set.of(), nodes(simulation, "store-1"));
        assertThat(doings(part))
                .containsExactly(
                        "start kv.configure@store-1",
                        "end kv.configure@store-1",
                        "start kv.run@store-1",
                        "end kv.run@store-1");
        assertThat(part.phases())
                .containsEntry(key("kv.configure@store-2"), Phase.LEFT_OUT)
                .containsEntry(key("kv.run@store-3"), Phase.LEFT_OUT)
                .containsEntry(key("kv.install@store-2"), Phase.SKIPPED);
        assertThat(part.isDone()).isTrue();
        assertThat(ended(simulation).verified()).isFalse();
        lawful(part);

        Timeline rest = simulation.up(QUIET);
        assertThat(doings(rest).getFirst()).isEqualTo("start kv.configure@store-2");
        assertThat(rest.phases()).containsEntry(key("kv.run@store-1"), Phase.SKIPPED);
        assertThat(rest.isDone()).isTrue();
    }

    @Test
    void asksThoseItLeavesOutForTheirHealthAllTheSame() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.fleet().kill(key("kv.run@store-3"));
        Timeline run = simulation.up(QUIET, Set.of(), nodes(simulation, "store-1"));
        assertThat(starts(run)).contains("Probe kv.run@store-2", "Probe kv.run@store-3");
        assertThat(doings(run)).noneMatch(doing -> doing.startsWith("start "));
        assertThat(failure(run, "kv.configure@store-1").kind()).isEqualTo("sick-member");
        lawful(run);
    }

    @Test
    void whoIsSickOnRecordAndLeftOutCountsAgainstTheBudgetToTheEnd() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))));
        Timeline run = simulation.up(QUIET, Set.of(), nodes(simulation, "store-2", "store-3"));
        assertThat(doings(run)).noneMatch(doing -> doing.startsWith("start "));
        Failure failure = failure(run, "kv.configure@store-2");
        assertThat(failure.kind()).isEqualTo("sick-member");
        assertThat(failure.message()).contains("store-1");
        assertThat(run.phases()).containsEntry(key("kv.run@store-1"), Phase.LEFT_OUT);
        lawful(run);

        Timeline mended = simulation.up(QUIET, Set.of(), nodes(simulation, "store-1"));
        assertThat(mended.isDone()).isTrue();
        lawful(mended);
        assertThat(simulation.up(QUIET).isDone()).isTrue();
    }

    @Test
    void whoIsSickAndSelectedInPartIsNotTouchedWhileAnotherIsIll() {
        InstanceKey configure = key("kv.configure@store-2");
        InstanceKey install = key("kv.install@store-2");
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(configure)));
        simulation.up(QUIET.withFaults(Faults.broken(install)), Set.of(install));
        assertThat(simulation.past().isSick(configure)).isTrue();
        assertThat(simulation.past().isSick(install)).isTrue();
        simulation.fleet().kill(key("kv.run@store-3"));
        Selection selection = leavingOut(simulation, key -> !key.equals(install));
        Timeline run = simulation.up(QUIET, Set.of(), selection);
        assertThat(doings(run)).noneMatch(doing -> doing.startsWith("start "));
        Failure failure = failure(run, "kv.install@store-2");
        assertThat(failure.kind()).isEqualTo("sick-member");
        assertThat(failure.message()).contains("store-3");
        lawful(run);
    }

    @Test
    void withABudgetOfTwoOneWhoIsLeftSickLeavesRoomForOneMore() {
        Graph two = wide("2");
        Simulation simulation = new Simulation(wide("1"));
        simulation.up(QUIET);
        simulation.goal(two).up(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))));
        Timeline run =
                simulation.up(QUIET, Set.of(), nodes(simulation, "store-2", "store-3", "store-4"));
        assertThat(run.isDone()).isTrue();
        assertThat(doings(run).indexOf("end kv.run@store-2"))
                .isLessThan(doings(run).indexOf("start kv.configure@store-3"));
        lawful(run);
    }

    @Test
    void whatIsSkippedIsMadeUpForByTheNextRun() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        Selection selection =
                leavingOut(simulation, key -> key.step().equals("run") && key.use().equals("kv"));
        Timeline part = simulation.up(QUIET, Set.of(), selection);
        assertThat(part.phases())
                .containsEntry(key("kv.configure@store-3"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@store-3"), Phase.LEFT_OUT);
        lawful(part);
        Timeline rest = simulation.up(QUIET);
        assertThat(rest.phases())
                .containsEntry(key("kv.configure@store-3"), Phase.SKIPPED)
                .containsEntry(key("kv.run@store-3"), Phase.SUCCEEDED);
        assertThat(simulation.fleet().stale()).isEmpty();
    }

    @Test
    void whoNeedsWhatIsLeftOutIsLeftOutWithIt() {
        Simulation simulation = new Simulation(balanced("1", Holds.ALL));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.goal(balanced("2", Holds.ALL));
        Selection selection = nodes(simulation, "store-1", "store-2", "b-1");
        Plan plan = Planner.plan(simulation.graph(), simulation.past(), Set.of(), selection, 0);
        assertThat(entry(plan, "lb.configure@b-1").action()).isEqualTo(Plan.Action.LEFT_OUT);
        assertThat(entry(plan, "lb.configure@b-1").reasons().getFirst())
                .contains("waits for kv.configure@store-3");
        Timeline run = simulation.up(QUIET, Set.of(), selection);
        assertThat(run.phases())
                .containsEntry(key("kv.run@store-2"), Phase.SUCCEEDED)
                .containsEntry(key("lb.configure@b-1"), Phase.LEFT_OUT);
        assertThat(run.isDone()).isTrue();
        lawful(run);
    }

    @Test
    void aMajorityIsEnoughForWhomItIsEnough() {
        Simulation simulation = new Simulation(balanced("1", Holds.MAJORITY));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.goal(balanced("2", Holds.MAJORITY));
        Selection selection = nodes(simulation, "store-1", "store-2", "b-1");
        Timeline run = simulation.up(QUIET, Set.of(), selection);
        assertThat(run.phases()).containsEntry(key("lb.configure@b-1"), Phase.SUCCEEDED);
        lawful(run);
        Plan after = Planner.plan(simulation.graph(), simulation.past(), Set.of(), selection, 0);
        assertThat(after.isEmpty()).isTrue();
        assertThat(after.leftOut()).isPositive();
    }

    @Test
    void aFailureDoesNotBlockWhatIsNotForTheRunToDo() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        Timeline run =
                simulation.up(
                        QUIET.withFaults(Faults.broken(key("kv.configure@store-1"))),
                        Set.of(),
                        leavingOut(simulation, key -> key.step().equals("run")));
        assertThat(run.phases())
                .containsEntry(key("kv.configure@store-1"), Phase.FAILED)
                .containsEntry(key("kv.run@store-1"), Phase.LEFT_OUT)
                .containsEntry(key("kv.configure@store-2"), Phase.BLOCKED);
        lawful(run);
    }

    @Test
    void theRecordSaysWhichPartARunWasFor() {
        Simulation simulation = founded(1);
        simulation.up(QUIET, Set.of(), nodes(simulation, "store-1"));
        assertThat(
                        Story.records(simulation, JournalRecord.RunStarted.class).stream()
                                .map(JournalRecord.RunStarted::selection))
                .containsExactly("", "--limit store-1");
    }

    /// What it brought about stands, so that who reads it goes on by that.
    @Test
    void whoIsKnownToBeAwayAndIsLeftOutHoldsUpNobody() {
        Simulation simulation = new Simulation(balanced("1", Holds.ALL));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        simulation.fleet().power().goesDown("store-3");
        simulation.goal(balanced("1", Holds.ALL, 2));
        Selection selection = nodes(simulation, "store-1", "store-2", "b-1", "b-2");
        Timeline run = simulation.up(QUIET, Set.of(), selection);
        assertThat(doings(run))
                .containsExactly(
                        "start node.acquire@b-2",
                        "end node.acquire@b-2",
                        "start lb.configure@b-2",
                        "end lb.configure@b-2");
        assertThat(run.isDone()).isTrue();
        lawful(run);
        simulation.fleet().power().bootAll();
        assertThat(doings(simulation.up(QUIET))).isEmpty();
    }

    private static Graph balanced(String port, Holds holds) {
        return balanced(port, holds, 1);
    }

    private static Graph balanced(String port, Holds holds, int balancers) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", 3)
                        .use(
                                "kv",
                                "store",
                                Story.store(port)
                                        .clusterOutput("endpoints", holds, ofMembers("endpoint")))
                        .group("b", balancers)
                        .use(
                                "lb",
                                "b",
                                component("balancer")
                                        .step(
                                                step("configure")
                                                        .file(
                                                                "/lb",
                                                                ofUse("store", "kv", "endpoints"))))
                        .build());
    }

    private static Graph wide(String port) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("store", 4)
                        .use("kv", "store", Story.store(port).maxUnavailable(2))
                        .build());
    }

    private static Selection nodes(Simulation simulation, String... limit) {
        Set<String> others =
                simulation.graph().composition().groups().values().stream()
                        .flatMap(group -> group.nodes().stream())
                        .filter(node -> !Set.of(limit).contains(node))
                        .collect(Collectors.toSet());
        return new Selection("--limit " + String.join(",", limit), Set.of(), others);
    }

    private static Selection leavingOut(Simulation simulation, Predicate<InstanceKey> left) {
        return new Selection(
                "--skip some",
                simulation.graph().instances().keySet().stream()
                        .filter(left)
                        .collect(Collectors.toSet()),
                Set.of());
    }

    private static Plan.Entry entry(Plan plan, String instance) {
        Map<InstanceKey, Plan.Entry> entries =
                plan.entries().stream().collect(Collectors.toMap(Plan.Entry::key, e -> e));
        return Objects.requireNonNull(entries.get(key(instance)), instance);
    }

    private static RunEnded ended(Simulation simulation) {
        return Story.records(simulation, RunEnded.class).getLast();
    }
}
