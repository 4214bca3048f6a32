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
import org.junit.jupiter.api.Test;

/// Cores that are broken in one way each, to see that the simulator notices.
class MutantsTest {
    private static final int SEEDS = 30;

    @Test
    void noticesThatAnIntentIsNeverMadeDurable() {
        assertCaught(without(c -> c instanceof Command.Append(JournalRecord.Intended _)));
    }

    @Test
    void noticesThatWorkIsStartedBeforeItsIntentIsDurable() {
        assertCaught(
                new Tampering() {
                    @Override
                    public boolean startsFirst() {
                        return true;
                    }
                });
    }

    @Test
    void noticesThatAWakeUpIsLost() {
        assertCaught(without(Command.WakeAt.class::isInstance));
    }

    @Test
    void noticesThatAnAnswerIsLost() {
        assertCaught(
                deaf(event ->
                        event instanceof Event.Ended(var intent, _, _) && intent.endsWith("-7")));
    }

    @Test
    void noticesThatTurnsAreNotTaken() {
        assertCaught(forgetting(JournalRecord.Founded.class::isInstance));
    }

    @Test
    void noticesThatFailedAndInterruptedWorkIsTakenForDone() {
        assertCaught(
                forgetting(entry ->
                        entry instanceof JournalRecord.Intended
                                || entry instanceof JournalRecord.Failed));
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
                });
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
                });
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
        assertCaught(deaf(Event.Cancelled.class::isInstance));
    }

    @Test
    void noticesThatWorkGoesOnAfterAnAmendment() {
        assertCaught(deaf(Event.Amended.class::isInstance));
    }

    @Test
    void findsNothingWhereNothingIsBroken() {
        assertThat(firstCaught(Tampering.NONE)).isEmpty();
    }

    private static void assertCaught(Tampering mutant) {
        assertThat(firstCaught(mutant)).isPresent();
    }

    private static Optional<Long> firstCaught(Tampering mutant) {
        for (long seed = 0; seed < SEEDS; seed++) {
            if (breaks(seed, mutant)) {
                return Optional.of(seed);
            }
        }
        return Optional.empty();
    }

    private static boolean breaks(long seed, Tampering mutant) {
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
        return all.stream().anyMatch(timeline -> !timeline.violations().isEmpty())
                || !last.isDone()
                || !simulation.fleet().stale().isEmpty();
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
