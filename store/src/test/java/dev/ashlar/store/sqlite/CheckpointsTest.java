package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.Checkpoint.Chosen;
import dev.ashlar.model.journal.Checkpoint.Members;
import dev.ashlar.model.journal.Checkpoint.Standing;
import dev.ashlar.model.journal.Failing;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Failed;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.journal.JournalRecord.VaultChanged;
import dev.ashlar.model.journal.Receipt;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {
    private static final int RECORDS = 1_200;

    @TempDir Path cluster;
    private StateFolder folder;
    private final List<JournalRecord> records = SqliteJournalTest.records(7, RECORDS);

    @BeforeEach
    void write() {
        folder = StateFolder.open(cluster);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(records);
        }
    }

    /// Whatever can stand in one, of the kinds of records there are.
    private Checkpoint full(long count) {
        InstanceKey key = InstanceKey.onNode("kv", "run", "store-1");
        Interrupted begun =
                new Interrupted(3, "3:kv.run@store-1", Effect.UNDO, "f", 2, true, List.of("d"), 9);
        List<Failed> failed = all(Failed.class);
        List<RunSummary> runs = new ArrayList<>();
        all(RunStarted.class)
                .forEach(start ->
                        runs.add(
                                new RunSummary(
                                        start,
                                        runs.isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(all(RunEnded.class).getFirst()),
                                        5,
                                        1)));
        List<Standing> standing =
                all(Succeeded.class).stream()
                        .map(done ->
                                new Standing(done, "by " + done.run(), true, 8, Map.of("a", 2L)))
                        .toList();
        return new Checkpoint(
                count,
                Optional.of(records.getLast()),
                Optional.of(4L),
                runs,
                standing,
                Map.of(key, begun),
                Map.of(key, new Failing(begun, failed.getFirst())),
                failed,
                Map.of(key, failed.getLast().owned()),
                Map.of(key, new Chosen("store-2", 3)),
                Map.of(key, "etcd/member"),
                new Members(
                        Map.of("kv", Set.of("store-1", "store-2"), "a/b~c", Set.of()),
                        Map.of("kv", Set.of("store-3")),
                        Set.of("store-4"),
                        Map.of(InstanceKey.join("kv", "store-2"), "store-1")),
                all(Judged.class),
                all(VaultChanged.class),
                List.of(
                        new Receipt("db", 2, key, Optional.of("store-1"), 3, 17),
                        new Receipt("kv.root", 1, key, Optional.empty(), 4, 18)),
                new Authorities(all(AuthorityOrdered.class), Map.of(key.toString(), 1), 1));
    }

    private <T extends JournalRecord> List<T> all(Class<T> type) {
        return records.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private void keep(Checkpoint checkpoint) {
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.keep(checkpoint);
        }
    }

    private Optional<Checkpoint> kept() {
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            return journal.checkpoint();
        }
    }

    @Test
    void comesBackAsItWasAndTheRecordsStay() {
        assertThat(kept()).isEmpty();
        Checkpoint checkpoint = full(RECORDS);
        keep(checkpoint);
        assertThat(kept()).contains(checkpoint);
        List<JournalRecord> read = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.readAll(read::add);
            journal.append(records.subList(0, 3));
        }
        assertThat(read).isEqualTo(records);
        assertThat(kept()).as("more records have come").contains(checkpoint);
    }

    @Test
    void anEmptyOneComesBack() {
        Checkpoint empty =
                new Checkpoint(
                        RECORDS,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Map.of(),
                        new Members(Map.of(), Map.of(), Set.of(), Map.of()),
                        List.of(),
                        List.of(),
                        List.of(),
                        Authorities.NONE);
        keep(empty);
        assertThat(kept()).contains(empty);
    }

    @Test
    void oneOfOtherRecordsIsNotKept() {
        keep(full(RECORDS - 1));
        assertThat(kept()).isEmpty();
        keep(full(RECORDS));
        keep(full(RECORDS + 1));
        assertThat(kept()).contains(full(RECORDS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE checkpoint SET body = replace(body, '\"run\":', '\"run\":1') WHERE line = 5",
                "UPDATE checkpoint SET record = record - 1",
                "DELETE FROM checkpoint WHERE line = 5",
                "DELETE FROM checkpoint WHERE line = (SELECT max(line) FROM checkpoint)",
                "DELETE FROM checkpoint WHERE line = 0",
                "DELETE FROM checkpoint",
                "DELETE FROM records WHERE number = 1200",
                "UPDATE records SET chain = x'00' WHERE number = 1200",
                "DROP TABLE checkpoint"
            })
    void oneThatIsNotAsItWasWrittenIsNone(String change) throws SQLException {
        keep(full(RECORDS));
        assertThat(kept()).isPresent();
        try (Connection connection = Database.open(folder);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(change);
            assertThat(Checkpoints.read(connection)).isEmpty();
        }
    }

    @Test
    void isDueAfterAsManyRecordsAsItHasLines() {
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            assertThat(journal.isCheckpointDue()).isTrue();
            journal.keep(full(RECORDS));
            assertThat(journal.isCheckpointDue()).isFalse();
            journal.append(records.subList(0, 999));
            assertThat(journal.isCheckpointDue()).isFalse();
            journal.append(records.subList(0, 1));
            assertThat(journal.isCheckpointDue()).isTrue();
        }
    }
}
