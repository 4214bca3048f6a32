package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeTest {
    @Test
    void reachesTheSameStateHoweverTheJournalIsCut() {
        Simulation whole = new Simulation(Story.stores(3, "1"));
        whole.up(QUIET);
        int records = whole.journal().size() - 1;
        for (int cut = 1; cut <= records; cut++) {
            Simulation simulation = new Simulation(Story.stores(3, "1"));
            assertThat(simulation.up(seeded(cut).crashingAfter(cut)).totals()).isEmpty();
            Timeline resumed = simulation.up(QUIET);
            assertThat(resumed.violations()).as("cut after " + cut).isEmpty();
            assertThat(resumed.isDone()).as("cut after " + cut).isTrue();
            assertThat(simulation.fleet().state()).isEqualTo(whole.fleet().state());
        }
    }

    @Test
    void reachesTheSameStateHoweverTheJournalOfAChangeIsCut() {
        Simulation whole = new Simulation(Story.stores(3, "1"));
        whole.up(QUIET);
        int before = whole.journal().size();
        whole.goal(Story.stores(3, "2")).up(QUIET);
        int records = whole.journal().size() - before - 1;
        for (int cut = 1; cut <= records; cut++) {
            Simulation simulation = new Simulation(Story.stores(3, "1"));
            simulation.up(QUIET);
            simulation.goal(Story.stores(3, "2")).up(seeded(cut).crashingAfter(cut));
            Timeline resumed = simulation.up(QUIET);
            assertThat(resumed.violations()).as("cut after " + cut).isEmpty();
            assertThat(resumed.isDone()).as("cut after " + cut).isTrue();
            assertThat(simulation.fleet().state()).isEqualTo(whole.fleet().state());
            assertThat(simulation.fleet().stale()).isEmpty();
        }
    }

    @Test
    void takesAnInterruptedIntentUpAgainUnderTheSameIntent() {
        Simulation simulation = new Simulation(Story.stores(1, "1"));
        simulation.up(QUIET.crashingAfter(1));
        Timeline resumed = simulation.up(QUIET);
        List<Intended> intents =
                records(simulation, Intended.class).stream()
                        .filter(i -> i.key().equals(key("node.acquire@store-1")))
                        .toList();
        assertThat(intents).hasSize(2);
        assertThat(intents.getFirst().intent()).isEqualTo(intents.getLast().intent());
        assertThat(resumed.trace())
                .anyMatch(line -> line.endsWith(intents.getLast().intent() + " again"));
        assertThat(resumed.totals().map(Totals::resumed)).contains(1);
    }

    @Test
    void takesANewIntentWhenTheFilesHaveChangedMeanwhile() {
        Simulation simulation = cutAtIntentOf("kv.configure@store-1");
        simulation.goal(Story.stores(1, "2")).up(QUIET);
        assertThat(
                        records(simulation, Intended.class).stream()
                                .filter(i -> i.key().equals(key("kv.configure@store-1")))
                                .map(Intended::intent)
                                .distinct())
                .hasSize(2);
    }

    @Test
    void countsAStepThatWasCutShortAsChangedSoThatItsServiceIsRestarted() {
        for (int seed = 0; seed < 10; seed++) {
            Simulation simulation = new Simulation(Story.stores(1, "1"));
            simulation.up(QUIET);
            simulation.goal(Story.stores(1, "2"));
            simulation.up(seeded(seed).crashingAfter(1));
            simulation.up(QUIET);
            assertThat(simulation.fleet().stale()).as("seed " + seed).isEmpty();
        }
    }

    @Test
    void saysThatAllIsVerifiedWhenARunTookUpWhatAnotherHadBegun() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET.crashingAfter(20));
        simulation.up(QUIET);
        assertThat(simulation.past().lastVerified().orElseThrow().start().run()).isEqualTo(2);
        simulation.up(QUIET);
        assertThat(simulation.past().lastVerified().orElseThrow().start().run()).isEqualTo(2);
    }

    private static Simulation cutAtIntentOf(String instance) {
        for (int cut = 1; cut < 50; cut++) {
            Simulation simulation = new Simulation(Story.stores(1, "1"));
            simulation.up(QUIET.crashingAfter(cut));
            if (simulation.past().interrupted(key(instance)).isPresent()) {
                return simulation;
            }
        }
        throw new AssertionError("no cut leaves " + instance + " open");
    }

    private static SimulationOptions seeded(long seed) {
        return SimulationOptions.of(seed);
    }
}
