package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalDamageTest {
    @TempDir Path cluster;
    private StateFolder folder;
    private List<JournalRecord> written;

    @BeforeEach
    void write() {
        folder = StateFolder.open(cluster);
        written = SqliteJournalTest.records(9, 200);
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(written);
        }
    }

    @Test
    void aFlippedBitAnywhereIsNoticedOrHarmless() throws IOException {
        byte[] intact = Files.readAllBytes(folder.database());
        Random random = new Random(1);
        int noticed = 0;
        for (int i = 0; i < 300; i++) {
            byte[] flipped = intact.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            replace(flipped);
            try (SqliteJournal journal = SqliteJournal.open(folder)) {
                assertThat(SqliteJournalTest.all(journal)).isEqualTo(written);
            } catch (StoreException e) {
                noticed++;
            }
        }
        assertThat(noticed).isGreaterThan(150);
    }

    @Test
    void aFlippedBitInARecordNamesTheFileAndTheRecord() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.database());
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        // Everywhere: some pages are left over from when the tree grew.
        for (int at = text.indexOf("\"run\":"); at >= 0; at = text.indexOf("\"run\":", at + 1)) {
            bytes[at + 7] ^= 1;
        }
        replace(bytes);
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED))
                .hasMessageContaining(folder.database().toString())
                .hasMessageContaining("record")
                .hasMessageContaining("backup");
    }

    @Test
    void aTruncatedFileIsDamaged() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.database());
        for (int length : new int[] {0, 50, 4096, bytes.length / 2, bytes.length - 4096}) {
            replace(java.util.Arrays.copyOf(bytes, length));
            assertThatThrownBy(this::readAll)
                    .as("%d of %d bytes", length, bytes.length)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
        }
    }

    @Test
    void missingRecordsAreNoticedWhereverTheyWere() throws Exception {
        byte[] intact = Files.readAllBytes(folder.database());
        for (int missing : new int[] {1, 77, 200}) {
            replace(intact);
            change("DELETE FROM records WHERE number = " + missing);
            assertThatThrownBy(this::readAll)
                    .as("record %d", missing)
                    .isInstanceOfSatisfying(
                            StoreException.class,
                            e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
        }
    }

    @Test
    void anEditedRecordIsNoticed() throws SQLException {
        change(
                "UPDATE records SET body = replace(body, '\"run\":', '\"run\":1') WHERE number = 50");
        assertThatThrownBy(this::readAll).hasMessageContaining("record 50");
    }

    @Test
    void aFileThatIsNoDatabaseIsDamaged() throws IOException {
        replace(
                "this is not a database, only a text that is long enough"
                        .repeat(200)
                        .getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DAMAGED));
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws Exception {
        Files.delete(folder.database());
        change("CREATE TABLE theirs (x)");
        byte[] before = Files.readAllBytes(folder.database());
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN));
        assertThat(Files.readAllBytes(folder.database())).isEqualTo(before);
    }

    @Test
    void aLaterVersionsFileIsRefused() throws SQLException {
        change("PRAGMA user_version = 2");
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEWER));
    }

    @Test
    void anotherClustersFileIsRefused(@TempDir Path other) throws IOException {
        StateFolder theirs = StateFolder.open(other);
        SqliteJournal.open(theirs).close();
        replace(Files.readAllBytes(theirs.database()));
        assertThatThrownBy(this::readAll)
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FOREIGN))
                .hasMessageContaining(theirs.lineage())
                .hasMessageContaining(folder.lineage());
    }

    private void readAll() {
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.readAll(_ -> {});
        }
    }

    private void replace(byte[] bytes) throws IOException {
        Files.deleteIfExists(folder.path().resolve("state.db-wal"));
        Files.deleteIfExists(folder.path().resolve("state.db-shm"));
        Files.write(folder.database(), bytes);
    }

    private void change(String... statements) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.database());
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
    }
}
