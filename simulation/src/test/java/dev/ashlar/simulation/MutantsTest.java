package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Event;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.composition.ClusterBuilder;
import dev.ashlar.simulation.composition.ComponentBuilder;
import dev.ashlar.simulation.composition.Expressions;
import dev.ashlar.simulation.composition.StepBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Cores that are broken in one way each, to see that the simulator notices.
class MutantsTest {
    private static final int SEEDS = 30;

    @Test
    void noticesThatAnIntentIsNeverMadeDurable() {
        assertCaught(
                without(c -> c instanceof Command.Append(JournalRecord.Intended _)),
                "is started without a durable intent");
    }

    @Test
    void noticesThatWorkIsStartedBeforeItsIntentIsDurable() {
        assertCaught(
                new Tampering() {
                    @Override
                    public boolean startsFirst() {
                        return true;
                    }
                },
                "is started without a durable intent");
    }

    @Test
    void noticesThatAWakeUpIsLost() {
        assertCaught(without(Command.WakeAt.class::isInstance), "PAUSED");
    }

    @Test
    void noticesThatOneWakeUpOfManyIsLost() {
        assertCaught(
                new Tampering() {
                    private int wakeUps;

                    @Override
                    public List<Command> commands(List<Command> answer) {
                        return answer.stream()
                                .filter(command ->
                                        !(command instanceof Command.WakeAt) || ++wakeUps != 3)
                                .toList();
                    }
                },
                "PAUSED");
    }

    @Test
    void noticesThatAnEffectIsRepeatedWithinARun() {
        assertCaught(
                new Tampering() {
                    private final Map<String, Command> open = new LinkedHashMap<>();
                    private final List<Command> repeated = new ArrayList<>();

                    @Override
                    public Optional<Event> event(Event event) {
                        if (event instanceof Event.Ended(var intent, Report.Done _, _)) {
                            Optional.ofNullable(open.remove(intent)).ifPresent(repeated::add);
                        }
                        return Optional.of(event);
                    }

                    @Override
                    public List<Command> commands(List<Command> answer) {
                        for (Command command : answer) {
                            if (command instanceof Command.Start(Work.Run run, _)) {
                                open.put(run.intent(), command);
                            }
                        }
                        List<Command> more = new ArrayList<>(answer);
                        more.addAll(repeated);
                        repeated.clear();
                        return more;
                    }
                },
                "is started without a durable intent");
    }

    @Test
    void noticesThatAnEffectIsRepeatedByTheNextRun() {
        assertCaught(
                forgetting(JournalRecord.Succeeded.class::isInstance),
                "what was done is done again");
    }

    @Test
    void noticesThatAnAnswerIsLost() {
        assertCaught(
                deaf(event ->
                        event instanceof Event.Ended(var intent, _, _) && intent.endsWith("-7")),
                "RUNNING");
    }

    @Test
    void noticesThatTurnsAreNotTaken() {
        assertCaught(
                forgetting(JournalRecord.Founded.class::isInstance),
                "is started while out of its group are");
    }

    @Test
    void noticesThatItIsForgottenWhatWasBegunAndWhere() {
        assertCaught(
                forgetting(entry ->
                        entry instanceof JournalRecord.Intended
                                || entry instanceof JournalRecord.Failed),
                "is taken back on Optional.empty, not on");
    }

    @Test
    void noticesThatFoundersAreProbedTooEarly() {
        assertCaught(
                new Tampering() {
                    @Override
                    public List<Command> commands(List<Command> answer) {
                        List<Command> more = new ArrayList<>(answer);
                        for (Command command : answer) {
                            if (command instanceof Command.Start(Work.Apply apply, _)
                                    && apply.key().step().equals("run")) {
                                more.add(new Command.Start(probe(apply), false));
                            }
                        }
                        return more;
                    }
                },
                "is probed before");
    }

    @Test
    void noticesThatAChangeDoesNotRestartWhatWatchesIt() {
        assertCaught(
                new Tampering() {
                    @Override
                    public Optional<Event> event(Event event) {
                        return Optional.of(
                                event instanceof Event.Ended(var intent, Report.Done done, long at)
                                        ? new Event.Ended(intent, unchanged(done), at)
                                        : event);
                    }

                    private Report.Done unchanged(Report.Done done) {
                        return new Report.Done(List.of(), done.outputs(), done.owned(), done.log());
                    }
                },
                "is stale");
    }

    @Test
    void noticesThatAMemberThatDiedUnnoticedIsNotCounted() {
        assertThat(caughtWithADeath(new Trusting())).isTrue();
        assertThat(caughtWithADeath(Tampering.NONE)).isFalse();
    }

    private static boolean caughtWithADeath(Tampering mutant) {
        Simulation simulation = new Simulation(three("1"));
        simulation.up(SimulationOptions.of(1));
        simulation.fleet().kill(InstanceKey.onNode("kv", "run", "g-3"));
        Timeline run = simulation.tampered(mutant).goal(three("2")).up(SimulationOptions.of(1));
        return !run.violations().isEmpty();
    }

    @Test
    void noticesThatWhoHasRecoveredIsTriedAgainWhileAnotherIsOut() {
        assertThat(triedAgain(new Impatient()))
                .anyMatch(words ->
                        words.startsWith("kv.configure@g-3 is started while out of its group are"));
        assertThat(triedAgain(Tampering.NONE)).isEmpty();
    }

    private static List<String> triedAgain(Tampering mutant) {
        Simulation simulation = new Simulation(three("1"));
        simulation.up(SimulationOptions.of(1));
        simulation.fleet().kill(InstanceKey.onNode("kv", "run", "g-1"));
        simulation.fleet().kill(InstanceKey.onNode("kv", "run", "g-2"));
        Map<InstanceKey, Integer> flaky =
                Map.of(
                        InstanceKey.onNode("kv", "configure", "g-3"), 1,
                        InstanceKey.onNode("kv", "run", "g-2"), 1);
        Faults faults = Faults.flaky(flaky);
        return simulation
                .tampered(mutant)
                .goal(three("2"))
                .up(SimulationOptions.of(1).withFaults(faults))
                .violations();
    }

    private static Graph three(String value) {
        return Graph.of(
                ClusterBuilder.cluster()
                        .group("g", 3)
                        .use(
                                "kv",
                                "g",
                                ComponentBuilder.component("kv")
                                        .step(
                                                StepBuilder.step("configure")
                                                        .file("/f", Expressions.literal(value))
                                                        .retries(1, Duration.ofSeconds(1)))
                                        .step(
                                                StepBuilder.step("run")
                                                        .service("kv", "configure")
                                                        .health()
                                                        .retries(1, Duration.ofSeconds(10))))
                        .build());
    }

    @Test
    void noticesThatWorkGoesOnAfterACancel() {
        assertCaught(deaf(Event.Cancelled.class::isInstance), "is begun after a cancel");
    }

    @Test
    void noticesThatWorkGoesOnAfterAnAmendment() {
        assertCaught(deaf(Event.Amended.class::isInstance), "is begun after a cancel");
    }

    @Test
    void findsNothingWhereNothingIsBroken() {
        for (long seed = 0; seed < SEEDS; seed++) {
            assertThat(findings(seed, Tampering.NONE)).as("seed " + seed).isEmpty();
        }
    }

    /// @param words of what it is caught by
    private static void assertCaught(Tampering mutant, String words) {
        assertThat(
                        LongStream.range(0, SEEDS)
                                .mapToObj(seed -> findings(seed, mutant))
                                .flatMap(List::stream)
                                .filter(finding -> finding.contains(words))
                                .findFirst())
                .isPresent();
    }

    /// What is wrong with a life in which everything happens: rules that were broken, then what of
    /// it did not come to its end, or does not rest there.
    private static List<String> findings(long seed, Tampering mutant) {
        Simulation simulation = new Simulation(RandomCluster.of(seed, 0)).tampered(mutant);
        List<Timeline> all = new ArrayList<>();
        all.add(simulation.up(SimulationOptions.of(seed).cancellingAfter(9)));
        all.add(simulation.up(SimulationOptions.of(seed).withFaults(Faults.MANY)));
        all.add(simulation.up(SimulationOptions.of(seed)));
        simulation.goal(RandomCluster.of(seed, 1));
        all.add(simulation.up(SimulationOptions.of(seed).amendingAfter(2)));
        all.add(simulation.up(SimulationOptions.of(seed).withFaults(Faults.MANY)));
        Timeline last = simulation.up(SimulationOptions.of(seed));
        all.add(last);
        Timeline again = simulation.up(SimulationOptions.of(seed));
        all.add(again);
        List<String> findings = new ArrayList<>();
        all.forEach(timeline -> findings.addAll(timeline.violations()));
        if (!last.isDone()) {
            findings.add("the last run is not done");
        }
        simulation.fleet().stale().forEach(one -> findings.add(one + " is stale"));
        if (again.totals().filter(totals -> totals.ran() > 0).isPresent()) {
            findings.add("what was done is done again");
        }
        return findings;
    }

    private static Tampering without(Predicate<Command> dropped) {
        return new Tampering() {
            @Override
            public List<Command> commands(List<Command> answer) {
                return answer.stream().filter(dropped.negate()).toList();
            }
        };
    }

    private static Tampering deaf(Predicate<Event> unheard) {
        return new Tampering() {
            @Override
            public Optional<Event> event(Event event) {
                return Optional.of(event).filter(unheard.negate());
            }
        };
    }

    private static Tampering forgetting(Predicate<JournalRecord> forgotten) {
        return new Tampering() {
            @Override
            public Past past(List<JournalRecord> journal) {
                Past past = new Past();
                journal.stream().filter(forgotten.negate()).forEach(past::apply);
                return past;
            }
        };
    }

    private static Work.Probe probe(Work.Apply apply) {
        return new Work.Probe(
                apply.key(),
                apply.intent(),
                apply.node(),
                new StepSpec.Script("probe.sh", "healthy"),
                new LinkedHashMap<>(),
                Duration.ofSeconds(1));
    }
}
