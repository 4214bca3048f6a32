package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.codec.RecordCodec;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state's files as the first form has them, kept as they were written: every later version
/// must read them and go on. A new form adds a folder beside `state-1`, and a test.
class OldStateTest {
    private static final String LINEAGE = "00000000-0000-4000-8000-000000000001";

    @TempDir private Path cluster = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        Path state = Files.createDirectory(cluster.resolve(".ashlar"));
        for (String file : List.of("lineage", "state.db")) {
            Files.write(state.resolve(file), resource("sqlite/state-1/" + file));
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = OldStateTest.class.getResourceAsStream("/dev/ashlar/store/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    /// What was written into it.
    private static List<JournalRecord> written() throws IOException {
        return new String(resource("codec/journal-v1.ndjson"), StandardCharsets.UTF_8)
                .lines()
                .limit(17)
                .map(RecordCodec::decode)
                .toList();
    }

    private static List<JournalRecord> all(SqliteJournal journal) {
        List<JournalRecord> all = new ArrayList<>();
        journal.readAll(all::add);
        return all;
    }

    @Test
    void itIsReadAsItWasWritten() throws IOException {
        StateFolder folder = StateFolder.find(cluster).orElseThrow();
        assertThat(folder.lineage()).isEqualTo(LINEAGE);
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThat(all(journal)).isEqualTo(written()).hasSize(17);
            assertThat(journal.newest().number()).isEqualTo(17);
            assertThat(journal.log("1-1")).contains("said by the first version\n");
        }
    }

    @Test
    void itGoesOn() throws IOException {
        StateFolder folder = StateFolder.open(cluster);
        JournalRecord next = new GeneratedRecords(5).next();
        try (SqliteJournal journal = SqliteJournal.open(folder)) {
            journal.append(List.of(next));
        }
        List<JournalRecord> expected = new ArrayList<>(written());
        expected.add(next);
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThat(all(journal)).isEqualTo(expected);
        }
    }
}
