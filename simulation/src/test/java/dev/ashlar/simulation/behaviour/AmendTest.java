package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.lawful;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A run gives way to another with another goal, wherever it has come to by then.
class AmendTest {
    private static final int MEMBERS = 3;

    /// A store that keeps a note beside what it serves.
    private static Graph stores(String port, String note) {
        return Story.one(
                Story.store(port).step(step("note").file("/etc/note", literal(note))), MEMBERS);
    }

    private static Simulation founded() {
        Simulation simulation = new Simulation(stores("1", "a"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }

    /// How many records a whole run towards a goal makes after its first.
    private static int length(Simulation simulation, Graph goal) {
        int before = simulation.journal().size() + 1;
        simulation.goal(goal).up(QUIET);
        return simulation.journal().size() - before;
    }

    @Test
    void whatRunsEndsAndIsNotRepeatedAndTheNewGoalIsWhatStandsWhereverAChangeIsAmended() {
        Simulation whole = founded();
        whole.goal(stores("2", "b")).up(QUIET);
        int last = length(founded(), stores("2", "a"));
        for (int record = 1; record <= last; record++) {
            Simulation simulation = founded().goal(stores("2", "a"));

            Timeline first = simulation.up(QUIET.amendingAfter(record));
            assertThat(simulation.past().interruptions()).as("record " + record).isEmpty();
            Timeline second = simulation.goal(stores("2", "b")).up(QUIET);

            lawful(first);
            lawful(second);
            assertThat(second.isDone()).as("record " + record).isTrue();
            assertThat(begun(simulation, 3))
                    .as("record " + record)
                    .doesNotContainAnyElementsOf(done(simulation, 2));
            assertThat(simulation.fleet().state()).isEqualTo(whole.fleet().state());
            assertThat(simulation.fleet().stale()).isEmpty();
        }
    }

    @Test
    void whoWasInItsTurnHasTheNextTurnTooWhereverAChangeIsAmended() {
        int last = length(founded(), stores("2", "a"));
        Set<String> kept =
                Stream.iterate(1, record -> record <= last, record -> record + 1)
                        .flatMap(record -> keepsItsPlace(record).stream())
                        .collect(Collectors.toSet());
        assertThat(kept).containsExactlyInAnyOrder("g-1", "g-2", "g-3");
    }

    /// The node whose turn was broken off after so many records, and went on before all others'.
    private static Optional<String> keepsItsPlace(int record) {
        Simulation simulation = founded().goal(stores("2", "a"));
        lawful(simulation.up(QUIET.amendingAfter(record)));
        List<InstanceKey> done = done(simulation, 2);
        Optional<String> midway =
                done.stream()
                        .filter(key -> key.step().equals("configure"))
                        .flatMap(key -> key.node().stream())
                        .filter(node -> !done.contains(Story.key("kv.run@" + node)))
                        .findFirst();

        Timeline second = simulation.goal(stores("3", "a")).up(QUIET);

        lawful(second);
        assertThat(second.isDone()).as("record " + record).isTrue();
        midway.ifPresent(node ->
                assertThat(doings(second).getFirst())
                        .as("record " + record)
                        .isEqualTo("start kv.configure@" + node));
        return midway;
    }

    @Test
    void aFoundingIsAmendedAnywhereAndItsFoundersAreFoundedByTheNextRun() {
        int last = length(new Simulation(stores("1", "a")), stores("1", "a"));
        for (int record = 1; record <= last; record++) {
            Simulation simulation = new Simulation(stores("1", "a"));

            Timeline first = simulation.up(QUIET.amendingAfter(record));
            Set<String> open =
                    simulation.past().interruptions().values().stream()
                            .map(interrupted -> interrupted.intent())
                            .collect(Collectors.toSet());
            Timeline second = simulation.goal(stores("1", "b")).up(QUIET);

            lawful(first);
            lawful(second);
            assertThat(second.isDone()).as("record " + record).isTrue();
            List<InstanceKey> again = new ArrayList<>(begun(simulation, 2));
            again.retainAll(done(simulation, 1));
            assertThat(again)
                    .as("record " + record)
                    .allSatisfy(key -> assertThat(key.step()).isEqualTo("note"));
            assertThat(open).as("record " + record).isSubsetOf(intents(simulation, 2));
        }
    }

    @Test
    void theRecordSaysThatItWasAmendedOnlyWhereSomethingWasLeft() {
        List<String> outcomes = new ArrayList<>();
        int last = length(founded(), stores("2", "a"));
        for (int record = 1; record <= last; record++) {
            Simulation simulation = founded().goal(stores("2", "a"));
            boolean done = simulation.up(QUIET.amendingAfter(record)).isDone();
            String outcome = records(simulation, RunEnded.class).getLast().outcome();
            assertThat(outcome).isEqualTo(done ? RunEnded.DONE : RunEnded.AMENDED);
            outcomes.add(outcome);
        }
        assertThat(outcomes).contains(RunEnded.DONE, RunEnded.AMENDED);
    }

    @Test
    void whoeverCancelsARunThatGivesWayEndsItGentlyAndTheRecordSaysThatItWasCancelled() {
        List<String> outcomes = new ArrayList<>();
        int last = length(founded(), stores("2", "a"));
        for (int record = 1; record <= last; record++) {
            Simulation simulation = founded().goal(stores("2", "a"));
            lawful(simulation.up(QUIET.amendingAfter(record).cancellingAfter(record)));
            assertThat(simulation.past().interruptions()).as("record " + record).isEmpty();
            outcomes.add(records(simulation, RunEnded.class).getLast().outcome());
        }
        assertThat(outcomes).contains("cancelled");
    }

    private static List<InstanceKey> done(Simulation simulation, long run) {
        return records(simulation, Succeeded.class).stream()
                .filter(entry -> entry.run() == run)
                .map(Succeeded::key)
                .toList();
    }

    private static List<InstanceKey> begun(Simulation simulation, long run) {
        return records(simulation, Intended.class).stream()
                .filter(entry -> entry.run() == run)
                .map(Intended::key)
                .toList();
    }

    private static Set<String> intents(Simulation simulation, long run) {
        return records(simulation, Intended.class).stream()
                .filter(entry -> entry.run() == run)
                .map(Intended::intent)
                .collect(Collectors.toSet());
    }
}
