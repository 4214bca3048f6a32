package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Changes of random clusters that give way, somewhere, to the next change.
class AmendedSeedsTest {
    private static final int SEEDS = 150;

    @Test
    void aChangeThatIsAmendedAnywhereKeepsTheRulesAndTheNextIsDone() {
        int amended = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(RandomCluster.of(seed, 0));
            assertThat(simulation.up(SimulationOptions.of(seed)).isDone()).isTrue();
            int record = 1 + new Random(seed).nextInt(40);
            Timeline first =
                    simulation
                            .goal(RandomCluster.of(seed, 1))
                            .up(SimulationOptions.of(seed).amendingAfter(record));
            amended += isAmended(simulation) ? 1 : 0;
            Timeline second =
                    simulation.goal(RandomCluster.of(seed, 2)).up(SimulationOptions.of(seed));
            Timeline again = simulation.up(SimulationOptions.of(seed));

            String what = "seed " + seed + ", after record " + record;
            assertThat(Stream.of(first, second, again).flatMap(run -> run.violations().stream()))
                    .as(() -> what + "\n" + String.join("\n", second.trace()))
                    .isEmpty();
            assertThat(second.isDone())
                    .as(() -> what + "\n" + String.join("\n", second.trace()))
                    .isTrue();
            assertThat(again.totals().map(Totals::ran)).as(what).contains(0);
            assertThat(simulation.fleet().stale()).as(what).isEmpty();
        }
        assertThat(amended).isGreaterThan(SEEDS / 3);
    }

    private static boolean isAmended(Simulation simulation) {
        return simulation.journal().getLast() instanceof RunEnded ended
                && ended.outcome().equals(RunEnded.AMENDED);
    }
}
