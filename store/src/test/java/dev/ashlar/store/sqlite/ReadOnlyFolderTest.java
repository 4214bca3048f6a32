package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.OtherProcess;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.codec.GeneratedRecords;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// State is read where it cannot be written to: the folder is seen through a mount that is read
/// only, which holds for root too.
@Tag("lab")
class ReadOnlyFolderTest {
    private static final List<JournalRecord> WRITTEN =
            Stream.generate(new GeneratedRecords(5)::next).limit(7).toList();

    @TempDir Path place;
    private Path cluster;
    private Path seen;

    @BeforeEach
    void mount() throws Exception {
        // Odd signs: the database is opened by an address.
        cluster = Files.createDirectory(place.resolve("a 100%? #cluster"));
        seen = Files.createDirectory(place.resolve("seen 100%? #cluster"));
        OtherProcess.run("mount", "--bind", cluster.toString(), seen.toString());
        OtherProcess.run("mount", "-o", "remount,bind,ro", seen.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        OtherProcess.run("umount", seen.toString());
    }

    @Test
    void aClosedJournalIsReadAndNothingIsWritten() throws IOException {
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(cluster))) {
            journal.append(WRITTEN);
            journal.keepLog("intent", "what it printed");
        }
        List<String> before = files();
        StateFolder folder = StateFolder.find(seen).orElseThrow();
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThat(all(journal)).isEqualTo(WRITTEN);
            assertThat(journal.log("intent")).contains("what it printed");
        }
        assertThat(ControllerLock.holder(folder)).isEmpty();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aJournalThatIsBeingWrittenIsReadAsFarAsItIsDurable() {
        StateFolder own = StateFolder.open(cluster);
        try (SqliteJournal writer = SqliteJournal.open(own)) {
            writer.append(WRITTEN.subList(0, 3));
            StateFolder folder = StateFolder.find(seen).orElseThrow();
            try (SqliteJournal reader = SqliteJournal.openToRead(folder).orElseThrow()) {
                assertThat(all(reader)).isEqualTo(WRITTEN.subList(0, 3));
                writer.append(WRITTEN.subList(3, 7));
                assertThat(all(reader)).isEqualTo(WRITTEN);
            }
        }
    }

    @Test
    void itShowsWhoActsOnIt() throws IOException {
        try (OtherProcess holder = OtherProcess.start(Writer.class, cluster.toString())) {
            assertThat(holder.readLine()).isEqualTo("written");
            StateFolder folder = StateFolder.find(seen).orElseThrow();
            assertThat(ControllerLock.holder(folder).orElseThrow().pid()).isEqualTo(holder.pid());
            holder.kill();
            assertThat(ControllerLock.holder(folder)).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessLeftInTheLogIsReadToo() throws IOException {
        killedWriter();
        StateFolder folder = StateFolder.find(seen).orElseThrow();
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            assertThat(all(journal)).isEqualTo(WRITTEN);
        }
    }

    @Test
    void withoutTheLogsIndexItSaysWhatToDo() throws IOException {
        killedWriter();
        Files.delete(cluster.resolve(".ashlar/state.db-shm"));
        StateFolder folder = StateFolder.find(seen).orElseThrow();
        assertThatThrownBy(() -> SqliteJournal.openToRead(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("state.db-wal holds the rest")
                .hasMessageContaining("Copy the cluster's folder");
    }

    private void killedWriter() throws IOException {
        try (OtherProcess writer = OtherProcess.start(Writer.class, cluster.toString())) {
            assertThat(writer.readLine()).isEqualTo("written");
            writer.kill();
        }
        assertThat(cluster.resolve(".ashlar/state.db-wal")).isNotEmptyFile();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(cluster.resolve(".ashlar"))) {
            return all.map(file -> file.getFileName() + " " + file.toFile().lastModified())
                    .sorted()
                    .toList();
        }
    }

    private static List<JournalRecord> all(SqliteJournal journal) {
        List<JournalRecord> all = new ArrayList<>();
        journal.readAll(all::add);
        return all;
    }

    /// Takes the lock, writes, and waits to be killed.
    static final class Writer {
        public static void main(String[] arguments) throws Exception {
            StateFolder folder = StateFolder.open(Path.of(arguments[0]));
            // Held by name: a lock that nobody refers to is given back when memory is tidied up.
            if (ControllerLock.take(folder)
                    instanceof ControllerLock.Attempt.Taken(ControllerLock lock)) {
                try (lock;
                        SqliteJournal journal = SqliteJournal.open(folder)) {
                    journal.append(WRITTEN);
                    System.out.println("written");
                    System.in.read();
                }
            }
        }
    }
}
