package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import org.junit.jupiter.api.Test;

class RolloutTest {
    @Test
    void passesAChangeOneNodeAtATimeEachHealthyBeforeTheNext() {
        Simulation simulation = founded(3);
        Timeline run = simulation.goal(Story.stores(3, "2")).up(QUIET);
        assertThat(doings(run))
                .containsExactly(
                        "start kv.configure@store-1",
                        "end kv.configure@store-1",
                        "start kv.run@store-1",
                        "end kv.run@store-1",
                        "start kv.configure@store-2",
                        "end kv.configure@store-2",
                        "start kv.run@store-2",
                        "end kv.run@store-2",
                        "start kv.configure@store-3",
                        "end kv.configure@store-3",
                        "start kv.run@store-3",
                        "end kv.run@store-3");
    }

    @Test
    void haltsTheOthersWhenATurnFails() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        Timeline run = simulation.up(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))));
        assertThat(run.phases())
                .containsEntry(key("kv.run@store-1"), Phase.FAILED)
                .containsEntry(key("kv.configure@store-2"), Phase.BLOCKED)
                .containsEntry(key("kv.configure@store-3"), Phase.BLOCKED);
        assertThat(run.trace())
                .anyMatch(line -> line.endsWith("kv.configure@store-2 BLOCKED by kv.run@store-1"));
    }

    @Test
    void mendsTheMemberThatIsSickBeforeItTouchesAnother() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(key("kv.run@store-2"))));
        Timeline run = simulation.goal(Story.stores(3, "3")).up(QUIET);
        assertThat(run.isDone()).isTrue();
        assertThat(doings(run).getFirst()).isEqualTo("start kv.configure@store-2");
        assertThat(doings(run).indexOf("end kv.run@store-2"))
                .isLessThan(doings(run).indexOf("start kv.configure@store-1"));
    }

    @Test
    void takesUpWhatATurnLeftWhenTheFaultIsGone() {
        Simulation simulation = founded(3).goal(Story.stores(3, "2"));
        simulation.up(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        assertThat(simulation.fleet().stale()).isEmpty();
    }

    private static Simulation founded(int members) {
        Simulation simulation = new Simulation(Story.stores(members, "1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }
}
