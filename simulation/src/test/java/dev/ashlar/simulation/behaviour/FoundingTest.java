package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.records;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoundingTest {
    @Test
    void startsFoundersTogetherAndAsksTheirHealthOnlyWhenAllHaveBeenStarted() {
        Timeline run = new Simulation(Story.stores(3, "1")).up(QUIET);
        List<String> starts = starts(run);
        int firstProbe =
                starts.indexOf(
                        starts.stream().filter(s -> s.startsWith("Probe")).findFirst().orElse(""));
        assertThat(starts.subList(0, firstProbe))
                .contains("Apply kv.run@store-1", "Apply kv.run@store-2", "Apply kv.run@store-3");
    }

    @Test
    void asksTheOthersWhenOneFounderHasFailed() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.configure@store-2"))));
        assertThat(run.phases())
                .containsEntry(key("kv.run@store-1"), Phase.SUCCEEDED)
                .containsEntry(key("kv.run@store-3"), Phase.SUCCEEDED);
        assertThat(records(simulation, JournalRecord.Founded.class)).isEmpty();
    }

    @Test
    void isFoundedOnceAndThatIsOnRecord() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET);
        simulation.up(QUIET);
        simulation.goal(Story.stores(3, "2")).up(QUIET);
        assertThat(records(simulation, JournalRecord.Founded.class))
                .singleElement()
                .satisfies(founded ->
                        assertThat(founded.nodes())
                                .containsExactly("store-1", "store-2", "store-3"));
    }

    @Test
    void putsMembersThatCameLaterUnderTheRolloutOnceTheyAreHealthy() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET);
        simulation.goal(Story.stores(4, "1")).up(QUIET);
        assertThat(records(simulation, JournalRecord.Founded.class).getLast().nodes())
                .containsExactly("store-4");
    }

    @Test
    void keepsAFrozenFoundingInputWhenTheGroupGrows() {
        Simulation simulation = new Simulation(Story.stores(3, "1"));
        simulation.up(QUIET);
        Timeline grown = simulation.goal(Story.stores(4, "1")).up(QUIET);
        assertThat(grown.phases())
                .containsEntry(key("kv.configure@store-1"), Phase.SKIPPED)
                .containsEntry(key("kv.configure@store-4"), Phase.SUCCEEDED);
        assertThat(simulation.past().success(key("kv.configure@store-1")).orElseThrow().frozen())
                .containsKey("peers");
    }
}
