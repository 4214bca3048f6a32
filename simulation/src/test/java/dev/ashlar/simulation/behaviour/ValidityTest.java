package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Clubs.LATER;
import static dev.ashlar.simulation.behaviour.Clubs.changes;
import static dev.ashlar.simulation.behaviour.Clubs.clubs;
import static dev.ashlar.simulation.behaviour.Clubs.done;
import static dev.ashlar.simulation.behaviour.Clubs.plan;
import static dev.ashlar.simulation.behaviour.Clubs.stood;
import static dev.ashlar.simulation.behaviour.Clubs.token;
import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.Expressions.memberName;
import static dev.ashlar.simulation.composition.Expressions.read;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.plan.Explainer;
import dev.ashlar.engine.plan.Explanation;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.StepBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ValidityTest {
    @Test
    void aRunThatNobodyNeedsWhatHasLapsedInTouchesNothing() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER);
        assertThat(plan(simulation).isEmpty()).isTrue();
        assertThat(starts(done(simulation.up(QUIET)))).isEmpty();
    }

    @Test
    void aNewMemberHasTheTokenMadeAnewWhenItHasLapsedAndEntersWithThat() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(4, "1"));
        Plan plan = plan(simulation);
        assertThat(changes(plan))
                .containsExactly("+ node.acquire@g-4", "~ kv.token", "+ kv.enter@g-4");
        assertThat(plan.changes().get(1).reasons())
                .containsExactly("its value has lapsed (valid for 30m, made 2h ago)");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly("Acquire node.acquire@g-4", "Run kv.token", "Run kv.enter@g-4");
    }

    @Test
    void aNewMemberEntersWithATokenThatIsStillGood() {
        Simulation simulation =
                stood(clubs(3, "1")).later(Duration.ofMinutes(10)).goal(clubs(4, "1"));
        assertThat(changes(plan(simulation)))
                .containsExactly("+ node.acquire@g-4", "+ kv.enter@g-4");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly("Acquire node.acquire@g-4", "Run kv.enter@g-4");
    }

    /// The step that enters may take ten minutes.
    @Test
    void aTokenWithLessTimeLeftThanItsReaderMayTakeIsMadeAnew() {
        Simulation simulation =
                stood(clubs(3, "1")).later(Duration.ofMinutes(25)).goal(clubs(4, "1"));
        assertThat(starts(done(simulation.up(QUIET)))).contains("Run kv.token");
    }

    @Test
    void aChangedInputOfItsReaderIsAReasonAndTheTokenIsMadeOnceForAll() {
        Simulation simulation = stood(clubs(5, "1")).later(LATER).goal(clubs(5, "2"));
        assertThat(
                        plan(simulation).changes().stream()
                                .map(Plan.Entry::reasons)
                                .flatMap(List::stream))
                .contains("input inputs.port changed: \"1\" -> \"2\"")
                .noneMatch(reason -> reason.contains("input inputs.token"));
        List<String> starts = starts(done(simulation.up(QUIET)));
        assertThat(starts).hasSize(6).first().isEqualTo("Run kv.token");
        assertThat(starts(done(simulation.up(QUIET)))).isEmpty();
    }

    @Test
    void aTokenThatLapsesWhileReadersWaitIsMadeAnewForThoseThatStartLater() {
        Graph graph = goodFor(Duration.ofSeconds(2), 30);
        Simulation simulation = new Simulation(graph);
        List<String> starts = starts(done(simulation.up(QUIET.withLimits(1, 1))));
        assertThat(starts.stream().filter("Run kv.token"::equals)).hasSizeGreaterThan(3);
        assertThat(starts.stream().filter(start -> start.startsWith("Run kv.enter"))).hasSize(30);
    }

    private static Graph goodFor(Duration validity, int members) {
        return Story.one(
                ComponentBuilder.component("club")
                        .step(
                                step("token")
                                        .forCluster()
                                        .on(memberName(0))
                                        .output("token", validity)
                                        .script("token"))
                        .step(enterAlone()),
                members);
    }

    private static StepBuilder enterAlone() {
        return step("enter").input("token", read("token", "token")).script("enter");
    }

    @Test
    void whoFailsAndIsTriedAgainGetsATokenThatIsGood() {
        Graph graph =
                Story.one(
                        ComponentBuilder.component("club")
                                .step(token())
                                .step(enterAlone().retries(3, Duration.ofHours(1))),
                        1);
        Simulation simulation = new Simulation(graph);
        Faults flaky = Faults.flaky(key("kv.enter@g-1"), 2);
        assertThat(starts(done(simulation.up(QUIET.withFaults(flaky)))))
                .containsExactly(
                        "Acquire node.acquire@g-1",
                        "Run kv.token",
                        "Run kv.enter@g-1",
                        "Run kv.token",
                        "Run kv.enter@g-1",
                        "Run kv.token",
                        "Run kv.enter@g-1");
    }

    @Test
    void whereItCannotBeMadeAnewWhoNeedsItIsBlockedAndTheRestStands() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(4, "1"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.token"))));
        lawful(run);
        assertThat(run.phases())
                .containsEntry(key("kv.token"), Phase.FAILED)
                .containsEntry(key("kv.enter@g-4"), Phase.BLOCKED)
                .containsEntry(key("kv.enter@g-1"), Phase.SKIPPED);
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly("Run kv.token", "Run kv.enter@g-4");
    }

    @Test
    void reachesTheSameStateHoweverTheJournalIsCut() {
        Simulation whole = stood(clubs(3, "1")).later(LATER).goal(clubs(5, "2"));
        int before = whole.journal().size();
        done(whole.up(QUIET));
        int records = whole.journal().size() - before - 1;
        for (int cut = 1; cut <= records; cut++) {
            for (Duration pause : List.of(Duration.ofSeconds(1), LATER)) {
                Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(5, "2"));
                lawful(simulation.up(SimulationOptions.of(cut).crashingAfter(cut)));
                done(simulation.later(pause).up(QUIET));
                assertThat(simulation.fleet().state()).isEqualTo(whole.fleet().state());
                assertThat(done(simulation.later(LATER).up(QUIET)).totals().map(Totals::ran))
                        .contains(0);
            }
        }
    }

    @Test
    void aTokenThatWasMadeBeforeACrashIsUsedAfterIt() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(4, "1"));
        int made = simulation.journal().size();
        lawful(simulation.up(QUIET.crashingAfter(5)));
        assertThat(simulation.journal().subList(made, simulation.journal().size()))
                .filteredOn(Succeeded.class::isInstance)
                .map(done -> ((Succeeded) done).key())
                .containsExactly(key("node.acquire@g-4"), key("kv.token"));
        assertThat(starts(done(simulation.up(QUIET)))).containsExactly("Run kv.enter@g-4");
    }

    @Test
    void aTokenThatARunTakesOverIsAsOldAsTheIntentThatItWasBegunUnder() {
        Simulation simulation = new Simulation(clubs(1, "1"));
        lawful(simulation.up(QUIET.crashingAfter(3)));
        assertThat(simulation.past().interrupted(key("kv.token"))).isPresent();
        assertThat(starts(done(simulation.later(LATER).up(QUIET))))
                .containsExactly("Run kv.token", "Run kv.token", "Run kv.enter@g-1");
    }

    @Test
    void whatTakesLongerToMakeThanItIsGoodForIsToldAndNotMadeForEver() {
        Graph graph = goodFor(Duration.ofMillis(40), 1);
        Timeline run = new Simulation(graph).up(QUIET);
        assertThat(run.isDone()).isFalse();
        assertThat(Story.failure(run, "kv.enter@g-1").kind()).isEqualTo("lapsed");
        assertThat(starts(run).stream().filter("Run kv.token"::equals)).hasSize(2);
    }

    /// Each is made in time, one after the other; all of them are never good at once.
    @Test
    void tokensThatAreNeverGoodTogetherAreToldAndNotMadeForEver() {
        ComponentBuilder club = ComponentBuilder.component("club");
        StepBuilder enter = step("enter").script("enter");
        for (int i = 0; i < 12; i++) {
            club.step(
                    step("token" + i)
                            .forCluster()
                            .on(memberName(0))
                            .output("token", Duration.ofMillis(1_120))
                            .script("token"));
            enter.input("token" + i, read("token" + i, "token"));
        }
        Timeline run = new Simulation(Story.one(club.step(enter), 1)).up(QUIET.withLimits(1, 1));
        lawful(run);
        assertThat(Story.failure(run, "kv.enter@g-1").kind()).isEqualTo("lapsed");
        assertThat(starts(run)).doesNotContain("Run kv.enter@g-1");
    }

    @Test
    void whoNeedsATokenThatIsLeftOutIsLeftOutWithIt() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(4, "1"));
        Selection part = new Selection("part", Set.of(key("kv.token")), Set.of());
        assertThat(plan(simulation, part).entries())
                .filteredOn(entry -> entry.action() == Action.LEFT_OUT)
                .map(Plan.Entry::key)
                .containsExactly(key("kv.enter@g-4"));
        Timeline run = done(simulation.up(QUIET, Set.of(), part));
        assertThat(run.phases()).containsEntry(key("kv.enter@g-4"), Phase.LEFT_OUT);
        assertThat(starts(run)).containsExactly("Acquire node.acquire@g-4");
    }

    @Test
    void whoHasFailedAndCannotBeTriedAgainForATokenThatIsLeftOutHasFailed() {
        ComponentBuilder club =
                ComponentBuilder.component("club")
                        .step(token())
                        .step(enterAlone().retries(3, Duration.ofHours(1)));
        Simulation simulation = stood(Story.one(club, 1)).goal(Story.one(club, 2));
        Selection part = new Selection("part", Set.of(key("kv.token")), Set.of());
        Faults flaky = Faults.flaky(key("kv.enter@g-2"), 1);
        Timeline run = simulation.up(QUIET.withFaults(flaky), Set.of(), part);
        lawful(run);
        assertThat(run.phases()).containsEntry(key("kv.enter@g-2"), Phase.FAILED);
        assertThat(Story.failure(run, "kv.enter@g-2").message())
                .isEqualTo(
                        "cannot be tried again, as what kv.token has made has lapsed, and this run"
                                + " leaves that out: exit code 2");
        assertThat(starts(done(simulation.up(QUIET))))
                .containsExactly("Run kv.token", "Run kv.enter@g-2");
    }

    @Test
    void cancellingWhileItIsMadeAnewStartsNobody() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(3, "2"));
        Timeline run = simulation.up(QUIET.cancellingAfter(1));
        lawful(run);
        assertThat(starts(run)).containsExactly("Run kv.token");
        assertThat(starts(done(simulation.up(QUIET)))).hasSize(3).doesNotContain("Run kv.token");
    }

    @Test
    void whyTellsWhatItWaitsForAndSaysOfNoReaderThatItsTokenHasChanged() {
        Simulation simulation = stood(clubs(3, "1")).later(LATER).goal(clubs(4, "1"));
        Explanation before = why(simulation, key("kv.enter@g-4"));
        assertThat(before.waits().stream().map(wait -> wait.on() + ": " + wait.reason()))
                .contains("kv.token: its value has lapsed (valid for 30m, made 2h ago)");
        done(simulation.up(QUIET));
        Explanation.Input token =
                Objects.requireNonNull(
                        why(simulation, key("kv.enter@g-1")).detail().inputs().get("inputs.token"));
        assertThat(token.was()).isEmpty();
        assertThat(token.now().origins()).contains("valid for 30m");
    }

    private static Explanation why(Simulation simulation, InstanceKey key) {
        return Explainer.explain(simulation.graph(), simulation.past(), key, simulation.nowMs())
                .orElseThrow();
    }

    @Test
    void whoHasSucceededIsNotDoneAgainForALongTimeOfLapses() {
        Simulation simulation = stood(clubs(2, "1"));
        for (int members = 3; members < 6; members++) {
            simulation.later(LATER).goal(clubs(members, "1"));
            done(simulation.up(QUIET));
        }
        assertThat(records(simulation, Succeeded.class).stream().map(Succeeded::key))
                .filteredOn(key("kv.enter@g-1")::equals)
                .hasSize(1);
        assertThat(records(simulation, Succeeded.class).stream().map(Succeeded::key))
                .filteredOn(key("kv.token")::equals)
                .hasSize(4);
    }
}
