package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.OtherProcess;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalCrashTest {
    private static final int BATCH = 3;

    @TempDir Path cluster;

    @Test
    void everyAcknowledgedRecordSurvivesAKilledWriterAndNoBatchIsHalfThere() throws Exception {
        Random random = new Random(42);
        for (int crash = 0; crash < 6; crash++) {
            long acknowledged = 0;
            try (OtherProcess writer = OtherProcess.start(Writer.class, cluster.toString())) {
                int lines = random.nextInt(1, 120);
                for (int i = 0; i < lines; i++) {
                    acknowledged = Long.parseLong(String.valueOf(writer.readLine()));
                }
                writer.kill();
                for (String line = writer.readLine(); line != null; line = writer.readLine()) {
                    acknowledged = Long.parseLong(line);
                }
            }
            List<Long> read = readRuns();
            assertThat(read.size() % BATCH).isZero();
            assertThat(read.size() / BATCH).isGreaterThanOrEqualTo((int) acknowledged);
            assertThat(read)
                    .isEqualTo(
                            IntStream.range(0, read.size())
                                    .mapToObj(i -> (long) (i / BATCH + 1))
                                    .toList());
        }
    }

    @Test
    void aReaderBesideARunningWriterSeesOnlyWholeBatches() throws Exception {
        try (OtherProcess writer = OtherProcess.start(Writer.class, cluster.toString())) {
            long before = 0;
            for (int look = 0; look < 30; look++) {
                long acknowledged = Long.parseLong(String.valueOf(writer.readLine()));
                List<Long> read = readRuns();
                assertThat(read.size() % BATCH).isZero();
                assertThat(read.size() / BATCH)
                        .isGreaterThanOrEqualTo((int) Math.max(acknowledged, before));
                before = read.size() / BATCH;
            }
        }
    }

    private List<Long> readRuns() {
        List<Long> read = new ArrayList<>();
        StateFolder folder = StateFolder.open(cluster);
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            journal.readAll(entry -> read.add(entry.run()));
        }
        return read;
    }

    /// Appends batches of the next number until it is killed; prints a number once it is durable.
    static final class Writer {
        public static void main(String[] arguments) {
            try (SqliteJournal journal =
                    SqliteJournal.open(StateFolder.open(Path.of(arguments[0])))) {
                long[] count = {0};
                journal.readAll(_ -> count[0]++);
                for (long number = count[0] / BATCH + 1; ; number++) {
                    JournalRecord entry =
                            new JournalRecord.Founded(number, "kv", List.of("a"), number);
                    journal.append(List.of(entry, entry, entry));
                    System.out.println(number);
                }
            }
        }
    }
}
