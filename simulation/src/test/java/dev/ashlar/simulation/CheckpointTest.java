package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.JournalRecord;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whoever goes on from a checkpoint anywhere in the journal of a bad day comes to what the whole
/// journal comes to.
class CheckpointTest {
    private static final int DAYS = 40;
    private static final int EACH = 12;

    @Test
    void goesOnFromAnyRecordAsIfItHadReadThemAll() {
        int standing = 0;
        int interrupted = 0;
        int failed = 0;
        int left = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            List<JournalRecord> journal = new BadDay(seed).live();
            Random random = new Random(seed);
            for (int i = 0; i < EACH; i++) {
                int at = random.nextInt(journal.size() + 1);
                int end = at + random.nextInt(journal.size() + 1 - at);
                Checkpoint checkpoint = after(new Past(), journal.subList(0, at));
                Checkpoint gone = after(Past.of(checkpoint), journal.subList(at, end));
                assertThat(gone)
                        .as("seed %d, from %d to %d", seed, at, end)
                        .isEqualTo(after(new Past(), journal.subList(0, end)));
                standing += checkpoint.standing().size();
                interrupted += checkpoint.interrupted().size();
                failed += checkpoint.failures().size();
                left += checkpoint.leftovers().size();
            }
        }
        assertThat(List.of(standing, interrupted, failed, left)).allMatch(count -> count > 0);
    }

    private static Checkpoint after(Past past, List<JournalRecord> records) {
        records.forEach(past::apply);
        return past.checkpoint();
    }
}
