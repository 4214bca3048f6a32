package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static dev.ashlar.simulation.composition.ComponentBuilder.component;
import static dev.ashlar.simulation.composition.Expressions.literal;
import static dev.ashlar.simulation.composition.StepBuilder.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryTest {
    @Test
    void triesAPassingFailureAgainWithPausesThatDouble() {
        Simulation simulation = new Simulation(retrying());
        Timeline run = simulation.up(QUIET.withFaults(Faults.flaky(key("kv.s@g-1"), 2)));
        assertThat(run.isDone()).isTrue();
        assertThat(run.trace())
                .anyMatch(line -> line.contains("PAUSED again in 1000 ms"))
                .anyMatch(line -> line.contains("PAUSED again in 2000 ms"));
    }

    @Test
    void putsEachFailedAttemptOnRecord() {
        Simulation simulation = new Simulation(retrying());
        simulation.up(QUIET.withFaults(Faults.flaky(key("kv.s@g-1"), 2)));
        assertThat(records(simulation, JournalRecord.Failed.class)).hasSize(2);
        assertThat(
                        records(simulation, JournalRecord.Intended.class).stream()
                                .filter(intended -> intended.key().equals(key("kv.s@g-1")))
                                .map(JournalRecord.Intended::intent)
                                .distinct())
                .hasSize(3);
    }

    @Test
    void givesUpWhenItsRetriesAreUsedUp() {
        Simulation simulation = new Simulation(retrying());
        Timeline run = simulation.up(QUIET.withFaults(Faults.flaky(key("kv.s@g-1"), 9)));
        assertThat(run.phases()).containsEntry(key("kv.s@g-1"), Phase.FAILED);
        assertThat(starts(run)).filteredOn("Apply kv.s@g-1"::equals).hasSize(3);
    }

    @Test
    void doesNotTryALastingFailureAgain() {
        Simulation simulation = new Simulation(retrying());
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.s@g-1"))));
        assertThat(starts(run)).filteredOn("Apply kv.s@g-1"::equals).hasSize(1);
    }

    private static Graph retrying() {
        return Story.one(
                component("c")
                        .step(step("s").file("/f", literal("v")).retries(2, Duration.ofSeconds(1))),
                1);
    }
}
