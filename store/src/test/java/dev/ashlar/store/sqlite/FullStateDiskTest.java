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

/// A disk that has no room for the state, or room for some of it only.
@Tag("lab")
class FullStateDiskTest {
    private static final int DISK_KIB = 16 * 1024;
    private static final int ENOUGH_KIB = 8 * 1024;
    private static final List<JournalRecord> RECORDS =
            Stream.generate(new GeneratedRecords(7)::next).limit(50).toList();

    @TempDir Path place;

    @BeforeEach
    void mount() throws Exception {
        OtherProcess.run(
                "mount", "-t", "tmpfs", "-o", "size=" + DISK_KIB + "k", "none", place + "");
    }

    @AfterEach
    void unmount() throws Exception {
        OtherProcess.run("umount", place.toString());
    }

    @Test
    void isToldInOneWayWhereverTheRoomEndsAndWhatWasWrittenStands() throws IOException {
        List<Integer> refused = new ArrayList<>();
        for (int kib = 0; kib <= ENOUGH_KIB; kib += kib < 64 ? 4 : 256) {
            Path cluster = Files.createDirectory(place.resolve("cluster-" + kib));
            Path fill = leave(kib);
            try {
                write(cluster);
            } catch (StoreException e) {
                refused.add(kib);
                assertThat(e.kind()).as(kib + " KiB").isEqualTo(StoreException.Kind.DISK);
                assertThat(e).hasMessageStartingWith("the disk under " + cluster);
                assertThat(e).hasMessageContaining("is full. Make room and start again");
            }
            Files.delete(fill);
            write(cluster);
            clear(cluster);
        }
        assertThat(refused).contains(0).doesNotContain(ENOUGH_KIB);
    }

    @Test
    void whatIsOnRecordIsReadWhileTheDiskIsFull() throws IOException {
        Path cluster = Files.createDirectory(place.resolve("cluster"));
        write(cluster);
        leave(0);
        StateFolder folder = StateFolder.find(cluster).orElseThrow();
        List<JournalRecord> read = new ArrayList<>();
        try (SqliteJournal journal = SqliteJournal.openToRead(folder).orElseThrow()) {
            journal.readAll(read::add);
        }
        assertThat(read).isEqualTo(RECORDS);
    }

    @Test
    void whatIsDamagedIsCalledDamagedThoughTheDiskIsFull() throws IOException {
        Path cluster = Files.createDirectory(place.resolve("cluster"));
        write(cluster);
        StateFolder folder = StateFolder.find(cluster).orElseThrow();
        Files.write(folder.database(), new byte[8192]);
        leave(0);
        assertThatThrownBy(() -> SqliteJournal.openToRead(folder))
                .isInstanceOfSatisfying(
                        StoreException.class,
                        e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.DAMAGED));
    }

    /// What a run does with its state.
    private static void write(Path cluster) {
        StateFolder folder = StateFolder.open(cluster);
        ControllerLock.Attempt attempt = ControllerLock.take(folder);
        assertThat(attempt).isInstanceOf(ControllerLock.Attempt.Taken.class);
        try (ControllerLock _ = ((ControllerLock.Attempt.Taken) attempt).lock();
                SqliteJournal journal = SqliteJournal.open(folder)) {
            for (JournalRecord each : RECORDS) {
                journal.append(List.of(each));
            }
        }
    }

    /// Fills the disk up to so much room.
    private Path leave(int kib) throws IOException {
        long free = Files.getFileStore(place).getUsableSpace();
        return Files.write(place.resolve("fill"), new byte[(int) (free - kib * 1024L)]);
    }

    private static void clear(Path cluster) throws IOException {
        try (Stream<Path> all = Files.walk(cluster)) {
            for (Path each : all.toList().reversed()) {
                Files.delete(each);
            }
        }
    }
}
