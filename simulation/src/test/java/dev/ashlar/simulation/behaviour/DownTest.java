package dev.ashlar.simulation.behaviour;

import static dev.ashlar.simulation.behaviour.Story.QUIET;
import static dev.ashlar.simulation.behaviour.Story.doings;
import static dev.ashlar.simulation.behaviour.Story.key;
import static dev.ashlar.simulation.behaviour.Story.starts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Phase;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.Timeline;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DownTest {
    @Test
    void takesBackInReverseOfTheRecord() {
        Simulation simulation = up(1);
        Timeline down = simulation.down(QUIET, Set.of());
        assertThat(doings(down))
                .containsExactly(
                        "start kv.run@store-1",
                        "end kv.run@store-1",
                        "start kv.configure@store-1",
                        "end kv.configure@store-1",
                        "start kv.install@store-1",
                        "end kv.install@store-1",
                        "start node.acquire@store-1",
                        "end node.acquire@store-1");
        assertThat(simulation.fleet().state()).isEmpty();
    }

    @Test
    void givesNodesBackWholeWithoutTouchingWhatIsOnThem() {
        Simulation simulation = up(3);
        Timeline down = simulation.down(QUIET, Set.of("store-1", "store-2", "store-3"));
        assertThat(starts(down))
                .containsExactlyInAnyOrder(
                        "Undo node.acquire@store-1",
                        "Undo node.acquire@store-2",
                        "Undo node.acquire@store-3");
        assertThat(simulation.past().standing()).isEmpty();
    }

    @Test
    void hasNothingToDoTheSecondTime() {
        Simulation simulation = up(3);
        simulation.down(QUIET, Set.of());
        assertThat(simulation.down(QUIET, Set.of()).phases()).isEmpty();
    }

    @Test
    void keepsWhatALaterPartStillNeedsWhenTakingThatBackFails() {
        Simulation simulation = up(1);
        Timeline down =
                simulation.down(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))), Set.of());
        assertThat(down.phases())
                .containsEntry(key("kv.run@store-1"), Phase.FAILED)
                .containsEntry(key("kv.configure@store-1"), Phase.BLOCKED)
                .containsEntry(key("node.acquire@store-1"), Phase.BLOCKED);
    }

    @Test
    void doesNotTakeForStandingWhatItFailedToTakeBack() {
        Simulation simulation = up(1);
        simulation.down(QUIET.withFaults(Faults.broken(key("kv.run@store-1"))), Set.of());
        Timeline again = simulation.up(QUIET);
        assertThat(starts(again)).contains("Apply kv.run@store-1");
    }

    @Test
    void reachesTheEndHoweverTheJournalIsCut() {
        for (int cut = 1; cut < 9; cut++) {
            Simulation simulation = up(1);
            simulation.down(QUIET.crashingAfter(cut), Set.of());
            assertThat(simulation.down(QUIET, Set.of()).isDone()).isTrue();
            assertThat(simulation.fleet().state()).isEmpty();
        }
    }

    @Test
    void isNoVerificationAndEndsTheOneBefore() {
        Simulation simulation = up(1);
        assertThat(simulation.past().lastVerified()).isPresent();
        simulation.down(QUIET, Set.of());
        assertThat(simulation.past().lastVerified()).isEmpty();
    }

    private static Simulation up(int members) {
        Simulation simulation = new Simulation(Story.stores(members, "1"));
        assertThat(simulation.up(QUIET).isDone()).isTrue();
        return simulation;
    }
}
