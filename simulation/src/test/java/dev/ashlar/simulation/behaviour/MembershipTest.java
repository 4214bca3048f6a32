package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.failure;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.MemberStore;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ClusterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How members come to, and go from, others that were founded together.
class MembershipTest {
    /// Where a member has what joining returned, and not what the founders took.
    private static final String VIEW = "(?m)^store-4=.*file /etc/peers-kv=\\{content=made-";

    @Test
    void eachJoinsOnlyWhenTheOneBeforeIsHealthyAndNobodyElseRuns() {
        Simulation simulation = founded(3);
        Timeline run = simulation.goal(stores(5, "port 1")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        List<String> doings =
                starts(run).stream().filter(line -> !line.contains("install")).toList();
        assertThat(doings.stream().filter(line -> line.matches("(Run|Apply) kv.*")))
                .containsExactly(
                        "Run kv.join@store-4",
                        "Apply kv.configure@store-4",
                        "Apply kv.run@store-4",
                        "Run kv.join@store-5",
                        "Apply kv.configure@store-5",
                        "Apply kv.run@store-5");
        assertThat(simulation.past().foundedNodes("kv")).hasSize(5);
        assertThat(starts(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void aPlanTellsWhoComesAndWhoGoesAndNothingElse() {
        Simulation simulation = founded(3);
        assertThat(changes(simulation, stores(4, "port 1")))
                .containsExactly(
                        "+ node.acquire@store-4",
                        "+ kv.install@store-4",
                        "+ kv.join@store-4",
                        "+ kv.configure@store-4",
                        "+ kv.run@store-4");
        assertThat(changes(simulation, stores(2, "port 1")))
                .containsExactly(
                        "- kv.leave@store-3",
                        "- kv.run@store-3",
                        "- kv.configure@store-3",
                        "- kv.install@store-3",
                        "- node.acquire@store-3");
    }

    @Test
    void whatAMemberTookWhenItCameStaysWhoeverComesLater() {
        Simulation simulation = founded(3);
        simulation.goal(stores(4, "port 1")).up(QUIET);
        Timeline run = simulation.goal(stores(4, "port 2")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run)).noneMatch(line -> line.contains("join"));
        assertThat(simulation.fleet().state())
                .containsPattern(VIEW)
                .doesNotContain("store-4,address-of-store-4");
    }

    @Test
    void aMemberThatGoesLeavesBeforeAnythingOfItIsTakenBack() {
        Simulation simulation = founded(3);
        Timeline run = simulation.goal(stores(1, "port 1")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run).stream().filter(line -> line.contains("@store-2")))
                .containsExactly(
                        "Probe kv.run@store-2",
                        "Run kv.leave@store-2",
                        "Undo kv.run@store-2",
                        "Undo kv.configure@store-2",
                        "Undo kv.install@store-2",
                        "Undo node.acquire@store-2");
        assertThat(simulation.past().foundedNodes("kv")).containsExactly("store-1");
        assertThat(starts(simulation.up(QUIET))).isEmpty();
    }

    @Test
    void aDeadMemberIsTakenLeaveOfByOneThatServes() {
        Simulation simulation = founded(4);
        simulation.fleet().kill(key("kv.run@store-4"));
        Timeline run = simulation.goal(stores(3, "port 2")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        List<String> starts = starts(run);
        assertThat(starts.indexOf("Run kv.leave@store-4"))
                .as("before any other is touched: %s", starts)
                .isBetween(0, first(starts, "Apply kv.configure"));
    }

    @Test
    void nobodyLetsOthersInWhereNobodyServes() {
        Simulation simulation = founded(3);
        simulation.fleet().kill(key("kv.run@store-1"));
        simulation.fleet().kill(key("kv.run@store-2"));
        Timeline run = simulation.goal(stores(4, "port 1")).up(QUIET);
        lawful(run);
        assertThat(failure(run, "kv.join@store-4").kind()).isEqualTo("no-sponsor");
        assertThat(run.phases()).containsEntry(key("kv.configure@store-4"), Phase.BLOCKED);

        simulation.fleet().mendByHand();
        assertThat(simulation.up(QUIET).isDone()).isTrue();
    }

    @Test
    void whoIsMendedInTheSameRunLetsOthersIn() {
        Simulation simulation = founded(3);
        simulation.fleet().kill(key("kv.run@store-1"));
        simulation.fleet().kill(key("kv.run@store-2"));
        simulation.goal(stores(4, "port 1"));
        Timeline run = simulation.up(QUIET, Set.of(key("kv.run@store-1"), key("kv.run@store-2")));
        lawful(run);
        assertThat(run.isDone()).isTrue();
    }

    @Test
    void comesToTheSameEndWhereverTheRecordIsCut() {
        cutEverywhere(3, stores(5, "port 1"));
        cutEverywhere(5, stores(3, "port 1"));
        cutEverywhere(4, stores(3, "port 2"));
    }

    private static void cutEverywhere(int members, Graph next) {
        Simulation uncut = founded(members).goal(next);
        int before = uncut.journal().size();
        uncut.up(QUIET);
        for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
            Simulation simulation = founded(members).goal(next);
            lawful(simulation.up(QUIET.crashingAfter(cut)));
            Timeline rest = simulation.up(QUIET);
            lawful(rest);
            assertThat(rest.isDone()).as("after record %d", cut).isTrue();
            assertThat(simulation.fleet().state()).isEqualTo(uncut.fleet().state());
            assertThat(simulation.past().foundedNodes("kv"))
                    .containsExactlyInAnyOrderElementsOf(uncut.past().foundedNodes("kv"));
        }
    }

    @Test
    void aMemberThatWasAnnouncedAndNeverCameUpIsOutForAllOthers() {
        Simulation simulation = founded(3);
        simulation
                .goal(stores(4, "port 1"))
                .up(QUIET.withFaults(Faults.broken(key("kv.configure@store-4"))));
        assertThat(Joiners.isAnnounced(simulation.past(), "kv", "store-4")).isTrue();
        // Nobody is restarted while it is out, and it is first.
        Timeline run =
                simulation
                        .goal(stores(4, "port 2"))
                        .up(QUIET.withFaults(Faults.broken(key("kv.configure@store-4"))));
        lawful(run);
        assertThat(starts(run)).noneMatch(line -> line.matches("Apply kv.run@store-[123]"));
        // It may also go again.
        Timeline gone = simulation.goal(stores(3, "port 2")).up(QUIET);
        lawful(gone);
        assertThat(gone.isDone()).isTrue();
        List<String> starts = starts(gone);
        assertThat(starts.indexOf("Run kv.leave@store-4"))
                .isBetween(0, first(starts, "Apply kv.configure"));
    }

    @Test
    void whoHasLeftAndIsWantedAgainComesAsIfItHadNeverBeenThere() {
        Simulation simulation = founded(4);
        Timeline cut =
                simulation
                        .goal(stores(3, "port 1"))
                        .up(QUIET.withFaults(Faults.broken(key("kv.configure@store-4"))));
        lawful(cut);
        assertThat(simulation.past().isRemnant("kv", "store-4")).isTrue();
        Timeline run = simulation.goal(stores(4, "port 1")).up(QUIET);
        lawful(run);
        assertThat(run.isDone()).isTrue();
        assertThat(starts(run))
                .containsSubsequence(
                        "Undo kv.configure@store-4",
                        "Run kv.join@store-4",
                        "Apply kv.configure@store-4",
                        "Apply kv.run@store-4");
        assertThat(simulation.fleet().state()).containsPattern(VIEW);
    }

    @Test
    void aMachineThatCannotBeReachedHoldsNobodyUpOnceItHasLeft() {
        Simulation simulation = founded(4);
        Timeline run =
                simulation
                        .goal(stores(3, "port 2"))
                        .up(QUIET.withFaults(Faults.broken(key("kv.run@store-4"))));
        lawful(run);
        assertThat(run.phases()).containsEntry(key("kv.run@store-4"), Phase.FAILED);
        assertThat(run.phases()).containsEntry(key("kv.run@store-3"), Phase.SUCCEEDED);
    }

    @Test
    void aSponsorIsSpokenToAsItRunsThough() {
        // The ports of those that stay change in the same run, before and after others come and go.
        for (int next : new int[] {2, 5}) {
            Simulation simulation = founded(3);
            Timeline run = simulation.goal(stores(next, "port 2")).up(QUIET);
            lawful(run);
            assertThat(run.isDone()).as("to %d members", next).isTrue();
        }
    }

    @Test
    void whoIsSelectedJoinsAndLeavesWhoeverLetsItInOrOut() {
        Simulation simulation = founded(3);
        Selection one =
                new Selection("--limit store-4", Set.of(), Set.of("store-1", "store-2", "store-3"));
        simulation.goal(stores(4, "port 1"));
        Timeline run = simulation.up(QUIET, Set.of(), one);
        lawful(run);
        assertThat(simulation.past().foundedNodes("kv")).hasSize(4);
        simulation.goal(stores(3, "port 1"));
        lawful(simulation.up(QUIET, Set.of(), one));
        assertThat(simulation.past().foundedNodes("kv")).hasSize(3);
    }

    @Test
    void whoHasJoinedIsNotDoneAgainWhateverAnybodyWants() {
        Simulation simulation = founded(3);
        simulation.goal(stores(4, "port 1")).up(QUIET);
        Timeline run = simulation.up(QUIET, Set.of(key("kv.join@store-4")));
        lawful(run);
        assertThat(starts(run)).isEmpty();
    }

    @Test
    void aMemberThatIsBackIsNoRemnantThoughItFailedOnTheWay() {
        Simulation simulation = founded(3);
        simulation
                .goal(stores(4, "port 1"))
                .up(QUIET.withFaults(Faults.broken(key("kv.configure@store-4"))));
        simulation
                .goal(stores(3, "port 1"))
                .up(QUIET.withFaults(Faults.broken(key("kv.install@store-4"))));
        simulation.goal(stores(4, "port 1"));
        lawful(simulation.up(QUIET));
        assertThat(simulation.past().foundedNodes("kv")).hasSize(4);
        Timeline again = simulation.up(QUIET);
        lawful(again);
        assertThat(starts(again)).isEmpty();
    }

    @Test
    void aPartMayBeLeftOut() {
        Simulation simulation = founded(3);
        Selection without = new Selection("--limit", Set.of(), Set.of("store-4"));
        simulation.goal(stores(4, "port 1"));
        Timeline run = simulation.up(QUIET, Set.of(), without);
        lawful(run);
        assertThat(starts(run)).isEmpty();
        simulation.up(QUIET);
        simulation.goal(stores(3, "port 1"));
        Selection staying = new Selection("--skip", Set.of(key("kv.leave@store-4")), Set.of());
        Timeline none = simulation.up(QUIET, Set.of(), staying);
        lawful(none);
        assertThat(starts(none)).isEmpty();
        assertThat(simulation.up(QUIET).isDone()).isTrue();
    }

    @Test
    void aLeavingThatWasCutShortIsForgottenWithItsUse() {
        Simulation uncut = founded(4);
        int before = uncut.journal().size();
        uncut.goal(stores(3, "port 1")).up(QUIET);
        Graph without = Graph.of(ClusterBuilder.cluster().group("store", 4).build());
        List<Boolean> wasCutShort = new ArrayList<>();
        for (int cut = 1; cut < uncut.journal().size() - before; cut++) {
            Simulation simulation = founded(4);
            lawful(simulation.goal(stores(3, "port 1")).up(QUIET.crashingAfter(cut)));
            wasCutShort.add(simulation.past().interrupted(key("kv.leave@store-4")).isPresent());
            Timeline run = simulation.goal(without).up(QUIET);
            lawful(run);
            assertThat(run.isDone()).as("after record %d", cut).isTrue();
            assertThat(simulation.past().everything().keySet())
                    .as("after record %d", cut)
                    .noneMatch(key -> key.use().equals("kv"));
        }
        assertThat(wasCutShort).contains(true);
    }

    @Test
    void whenAllGoNobodyIsTakenLeaveOf() {
        Simulation simulation = founded(3);
        simulation.goal(stores(4, "port 1")).up(QUIET);
        Timeline down = simulation.down(QUIET, Set.of());
        lawful(down);
        assertThat(down.isDone()).isTrue();
        assertThat(starts(down)).noneMatch(line -> line.contains("leave"));
        assertThat(simulation.past().everything()).isEmpty();
    }

    @Test
    void theRecordSaysWhoLetItIn() {
        Simulation simulation = founded(3);
        simulation.goal(stores(4, "port 1")).up(QUIET);
        assertThat(Story.records(simulation, JournalRecord.Intended.class))
                .filteredOn(intended -> intended.key().equals(key("kv.join@store-4")))
                .singleElement()
                .satisfies(intended -> assertThat(intended.chosen()).contains("store-1"));
        assertThat(simulation.past().place(key("kv.join@store-4"))).contains("store-4");
        Graph graph = Conditions.wanted(simulation.graph().composition(), simulation.past());
        Explanation why =
                Explainer.explain(graph, simulation.past(), key("kv.join@store-4"), 0)
                        .orElseThrow();
        assertThat(why.detail().inputs())
                .hasEntrySatisfying("on", on -> assertThat(on.now().shown()).contains("store-1"))
                .hasEntrySatisfying(
                        "inputs.by", by -> assertThat(by.now().shown()).contains("port 1"));
    }

    // ---- the cluster

    private static Simulation founded(int members) {
        Simulation simulation = new Simulation(stores(members, "port 1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    private static Graph stores(int members, String port) {
        return MemberStore.graph("store", members, port);
    }

    private static List<String> changes(Simulation simulation, Graph next) {
        Graph graph = Conditions.wanted(next.composition(), simulation.past());
        return Planner.plan(graph, simulation.past(), Set.of(), Selection.WHOLE, 0)
                .changes()
                .stream()
                .map(MembershipTest::line)
                .toList();
    }

    private static String line(Plan.Entry entry) {
        return entry.action().sign() + " " + entry.key();
    }

    private static int first(List<String> lines, String start) {
        return lines.stream().map(line -> line.startsWith(start)).toList().indexOf(true);
    }
}
