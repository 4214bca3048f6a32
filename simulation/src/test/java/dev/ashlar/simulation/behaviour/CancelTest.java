package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import org.junit.jupiter.api.Test;

class CancelTest {
    private static final int RECORDS = 40;

    @Test
    void letsWhatRunsFinishAndStartsNothingNewWhereverItIsCancelled() {
        for (int record = 1; record < RECORDS; record++) {
            Simulation simulation = new Simulation(Story.stores(3, "1"));
            Timeline run = simulation.up(QUIET.cancellingAfter(record));
            assertThat(run.violations()).as("after record " + record).isEmpty();
            assertThat(run.totals()).as("after record " + record).isPresent();
            assertThat(run.phases().values()).doesNotContain(Phase.FAILED);
            assertThat(simulation.up(QUIET).isDone()).isTrue();
        }
    }

    @Test
    void endsAsCancelledAndSaysSoOnRecord() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        Timeline run = simulation.up(QUIET.cancellingAfter(5));
        assertThat(run.phases().values()).contains(Phase.CANCELLED);
        assertThat(records(simulation, JournalRecord.RunEnded.class).getLast().outcome())
                .isEqualTo("cancelled");
    }

    @Test
    void stopsWhatRunsOnTheSecondCancelAndRecordsThatAsFailures() {
        int stopped = 0;
        for (int seed = 0; seed < RECORDS; seed++) {
            Simulation simulation = new Simulation(Story.stores(5, "1"));
            Timeline run =
                    simulation.up(
                            dev.ashlar.simulation.SimulationOptions.of(seed)
                                    .withFaults(
                                            Faults.NONE
                                                    .with(Fault.CANCEL, 0.5)
                                                    .with(Fault.AMEND, 0.5)));
            assertThat(run.violations()).as("seed " + seed).isEmpty();
            stopped +=
                    (int)
                            records(simulation, JournalRecord.Failed.class).stream()
                                    .filter(f -> f.failure().kind().equals("stopped"))
                                    .count();
            assertThat(simulation.up(QUIET).isDone()).isTrue();
        }
        assertThat(stopped).isPositive();
    }
}
