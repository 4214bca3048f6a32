package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reading, without a lock, a file that another writes to at the same time.
class UnlockedReadingTest {
    private static final List<JournalRecord> RECORDS =
            Stream.generate(new GeneratedRecords(6)::next).limit(4).toList();

    @TempDir private Path place = Path.of("");
    private StateFolder folder = new StateFolder(Path.of(""), "");
    private final List<Long> counts = new ArrayList<>();

    @BeforeEach
    void write() {
        folder = StateFolder.open(place);
        append(0, 1);
    }

    @Test
    void whatNobodyTouchedIsReadOnce() {
        assertThat(Database.readUnlocked(folder, this::count)).isEqualTo(1);
        assertThat(counts).containsExactly(1L);
    }

    @Test
    void aFileThatWasWrittenToMeanwhileIsReadOnceMore() {
        long seen =
                Database.readUnlocked(
                        folder,
                        connection -> {
                            long count = count(connection);
                            if (count == 1) {
                                append(1, 3);
                            }
                            return count;
                        });
        assertThat(seen).isEqualTo(3);
        assertThat(counts).containsExactly(1L, 3L);
    }

    @Test
    void whatIsInALogThatCameMeanwhileIsReadToo() {
        List<SqliteJournal> writers = new ArrayList<>();
        long seen =
                Database.readUnlocked(
                        folder,
                        connection -> {
                            long count = count(connection);
                            if (writers.isEmpty()) {
                                writers.add(SqliteJournal.open(folder));
                                writers.getFirst().append(RECORDS.subList(1, 4));
                            }
                            return count;
                        });
        writers.forEach(SqliteJournal::close);
        assertThat(seen).isEqualTo(4);
        assertThat(counts).containsExactly(1L, 4L);
    }

    /// Pages of two moments look like damage.
    @Test
    void onlyDamageThatStaysIsDamage() {
        long seen =
                Database.readUnlocked(
                        folder,
                        connection -> {
                            if (count(connection) == 1) {
                                append(1, 2);
                                throw StoreException.damaged(folder.database(), "torn");
                            }
                            return counts.getLast();
                        });
        assertThat(seen).isEqualTo(2);

        assertThatThrownBy(() ->
                        Database.readUnlocked(
                                folder,
                                connection -> {
                                    count(connection);
                                    throw StoreException.damaged(folder.database(), "torn");
                                }))
                .hasMessageContaining("torn");
        assertThat(counts).containsExactly(1L, 2L, 2L);
    }

    private long count(Connection connection) throws SQLException {
        counts.add(Head.read(folder.database(), connection).count());
        return counts.getLast();
    }

    private void append(int from, int to) {
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(RECORDS.subList(from, to));
        }
    }
}
