package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {
    @TempDir Path cluster;
    private StateFolder folder;

    @BeforeEach
    void open() {
        folder = StateFolder.open(cluster);
    }

    @Test
    void comesBackInOrderAfterReopening() {
        List<JournalRecord> written = records(1, 500);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(written.subList(0, 200));
            journal.append(written.subList(200, 201));
        }
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(written.subList(201, 500));
            assertThat(all(journal)).isEqualTo(written);
        }
    }

    @Test
    void refusesToWriteWhereNobodyWillFindIt() throws IOException {
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            List<JournalRecord> written = records(1, 2);
            journal.append(written.subList(0, 1));
            Path aside = folder.path().resolveSibling("aside");
            Files.move(folder.path(), aside);
            assertThatThrownBy(() -> journal.append(written.subList(1, 2)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("was moved away or removed while it was in use");
            Files.move(aside, folder.path());
        }
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            assertThat(all(journal)).hasSize(1);
        }
    }

    @Test
    void readsOnAfterANumber() {
        List<JournalRecord> written = records(2, 10);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(written);
            for (int after = 0; after <= 11; after++) {
                List<Long> numbers = new ArrayList<>();
                List<JournalRecord> read = new ArrayList<>();
                journal.readAfter(
                        after,
                        (number, entry) -> {
                            numbers.add(number);
                            read.add(entry);
                        });
                int from = Math.min(after, 10);
                assertThat(read).isEqualTo(written.subList(from, 10));
                assertThat(numbers)
                        .isEqualTo(
                                IntStream.rangeClosed(from + 1, 10)
                                        .asLongStream()
                                        .boxed()
                                        .toList());
            }
        }
    }

    @Test
    void aReaderSeesWhatAnotherConnectionHasMadeDurable() {
        assertThat(SqliteJournal.openToRead(folder)).isEmpty();
        List<JournalRecord> written = records(3, 4);
        try (SqliteJournal journal = SqliteJournal.open(folder);
                SqliteJournal reader = SqliteJournal.openToRead(folder).orElseThrow()) {
            journal.append(written.subList(0, 1));
            assertThat(all(reader)).hasSize(1);
            journal.append(written.subList(1, 4));
            assertThat(all(reader)).isEqualTo(written);
        }
    }

    @Test
    void aReaderMayNotAppend() {
        SqliteJournal.open(folder).close();
        try (SqliteJournal reader = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThatThrownBy(() -> reader.append(records(4, 1)))
                    .isInstanceOf(StoreException.class);
        }
    }

    @Test
    void appendsOfManyThreadsAreAllThereAndEachInOnePiece() {
        int threads = 64;
        int each = 20;
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int thread = 0; thread < threads; thread++) {
                    int id = thread;
                    many.execute(() -> {
                        for (int i = 0; i < each; i++) {
                            journal.append(List.of(founded(id, i, "a"), founded(id, i, "b")));
                        }
                    });
                }
            }
            List<JournalRecord> read = all(journal);
            assertThat(read).hasSize(threads * each * 2);
            int[] next = new int[threads];
            for (int i = 0; i < read.size(); i += 2) {
                int id = (int) read.get(i).run();
                assertThat(read.subList(i, i + 2))
                        .containsExactly(founded(id, next[id], "a"), founded(id, next[id], "b"));
                next[id]++;
            }
        }
    }

    @Test
    void anEncodingBugLeavesTheJournalUsable() {
        JournalRecord good = founded(1, 1, "kv");
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            JournalRecord bad =
                    new JournalRecord.Intended(
                            1,
                            dev.ashlar.model.identity.InstanceKey.onNode("Kv", "run", "a"),
                            "i",
                            JournalRecord.Effect.DO,
                            1,
                            "f",
                            "",
                            Optional.empty(),
                            List.of(),
                            1);
            assertThatThrownBy(() -> journal.append(List.of(good, bad)))
                    .isInstanceOf(IllegalArgumentException.class);
            journal.append(List.of(good));
            assertThat(all(journal)).containsExactly(good);
        }
    }

    @Test
    void aSecondWriterIsNoticedAndNothingIsMixed() {
        try (SqliteJournal first = SqliteJournal.open(folder);
                SqliteJournal second = SqliteJournal.open(folder)) {
            first.append(records(5, 2));
            assertThatThrownBy(() -> second.append(records(6, 1)))
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.OTHER_WRITER));
            first.append(records(7, 2));
            assertThat(all(first)).hasSize(4);
        }
    }

    @Test
    void keepsLogsBoundedWithTheirStartAndEnd() {
        String log = "start\0\u001b[1m\n" + "x".repeat(2_000_000) + "\nend ü";
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.keepLog("intent-1", log);
            journal.keepLog("intent-2", "short");
            assertThat(journal.log("intent-2")).contains("short");
        }
        try (SqliteJournal reader = SqliteJournal.openToRead(folder).orElseThrow()) {
            String kept = reader.log("intent-1").orElseThrow();
            assertThat(kept)
                    .startsWith("start\0\u001b[1m\n")
                    .endsWith("\nend ü")
                    .contains("bytes left out");
            assertThat(kept.length()).isLessThan(600_000);
            assertThat(reader.log("intent-2")).contains("short");
            assertThat(reader.log("intent-3")).isEmpty();
        }
    }

    @Test
    void dropsTheOldestLogsWhenAllTogetherAreTooMany() {
        String log = "y".repeat(500_000);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            for (int i = 0; i < 140; i++) {
                journal.keepLog("intent-" + i, log);
                if (i % 10 == 0) {
                    journal.append(records(i, 1));
                }
            }
        }
        try (SqliteJournal reader = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThat(reader.log("intent-0")).isEmpty();
            assertThat(reader.log("intent-139")).contains(log);
        }
    }

    /// Printed, not judged: the figure depends on the disk.
    @Test
    void manyThreadsShareOneForcedWrite() {
        int threads = 200;
        int each = 25;
        List<JournalRecord> batch = records(8, 2);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            long alone = System.nanoTime();
            Stream.generate(() -> batch).limit(200).forEach(journal::append);
            double aloneRate = 200 / seconds(alone);
            long together = System.nanoTime();
            try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < threads; i++) {
                    many.execute(
                            () -> IntStream.range(0, each).forEach(_ -> journal.append(batch)));
                }
            }
            double togetherRate = threads * each / seconds(together);
            System.out.printf(
                    "durable appends/s: %.0f from one thread, %.0f from %d%n",
                    aloneRate, togetherRate, threads);
            assertThat(all(journal)).hasSize(2 * (200 + threads * each));
        }
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static JournalRecord founded(int thread, int index, String use) {
        return new JournalRecord.Founded(thread, use, List.of(), index);
    }

    @Test
    void tellsEveryRecordAboutAnInstanceAndNoOther() {
        List<JournalRecord> written = records(11, 400);
        Map<InstanceKey, List<JournalRecord>> byKey =
                written.stream()
                        .filter(one -> one.instance().isPresent())
                        .collect(Collectors.groupingBy(one -> one.instance().orElseThrow()));
        assertThat(byKey).hasSizeGreaterThan(1);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(written);
            byKey.forEach((key, own) -> assertThat(journal.about(key)).isEqualTo(own));
            assertThat(journal.about(InstanceKey.acquire("nobody"))).isEmpty();
        }
    }

    static List<JournalRecord> records(long seed, int count) {
        GeneratedRecords generated = new GeneratedRecords(seed);
        return Stream.generate(generated::next).limit(count).toList();
    }

    static List<JournalRecord> all(SqliteJournal journal) {
        List<JournalRecord> read = new ArrayList<>();
        journal.readAll(read::add);
        return read;
    }
}
