package dev.ashlar.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.store.OtherProcess;
import dev.ashlar.store.Requests.Request;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRequestsTest {
    @TempDir Path cluster;

    @Test
    void arriveInOrderAndOnce() {
        StateFolder folder = StateFolder.open(cluster);
        try (SqliteRequests asking = SqliteRequests.open(folder);
                SqliteRequests running = SqliteRequests.open(folder)) {
            asking.append("cancel", "");
            long seen = running.last();
            asking.append("pause", "kv");
            asking.append("resume", "kv");
            assertThat(running.after(seen))
                    .containsExactly(
                            new Request(seen + 1, "pause", "kv"),
                            new Request(seen + 2, "resume", "kv"));
            assertThat(running.after(seen + 2)).isEmpty();
        }
    }

    @Test
    void whatOneHasTakenUpNobodyTakesBack() {
        StateFolder folder = StateFolder.open(cluster);
        try (SqliteRequests asking = SqliteRequests.open(folder);
                SqliteRequests running = SqliteRequests.open(folder)) {
            long first = asking.append("amend", "1");
            long second = asking.append("amend", "2");
            assertThat(running.turn(first, "amend", "taken")).isTrue();
            assertThat(asking.turn(first, "amend", "withdrawn")).isFalse();
            assertThat(asking.turn(second, "amend", "withdrawn")).isTrue();
            assertThat(running.turn(second, "amend", "taken")).isFalse();
            assertThat(running.turn(second + 1, "amend", "taken")).isFalse();
            assertThat(asking.after(0))
                    .containsExactly(
                            new Request(first, "taken", "1"),
                            new Request(second, "withdrawn", "2"));
        }
    }

    @Test
    void aRunningOneNoticesAnotherProcess() throws Exception {
        StateFolder folder = StateFolder.open(cluster);
        try (SqliteJournal journal = SqliteJournal.open(folder);
                SqliteRequests running = SqliteRequests.open(folder)) {
            long seen = running.last();
            assertThat(running.stirred()).isTrue();
            assertThat(running.stirred()).isFalse();
            try (OtherProcess _ = OtherProcess.start(Asking.class, cluster.toString())) {
                Awaitility.await().until(running::stirred);
            }
            assertThat(running.after(seen)).extracting(Request::kind).containsExactly("cancel");
            journal.append(SqliteJournalTest.records(1, 3));
            assertThat(SqliteJournalTest.all(journal)).hasSize(3);
        }
    }

    @Test
    void oldOnesAreDeletedAndNumbersGoOn() {
        StateFolder folder = StateFolder.open(cluster);
        try (SqliteRequests requests = SqliteRequests.open(folder)) {
            for (int i = 0; i < 1_010; i++) {
                requests.append("status", Integer.toString(i));
            }
            assertThat(requests.last()).isEqualTo(1_010);
            assertThat(requests.after(0)).hasSize(1_000);
        }
    }

    /// Appends one request.
    static final class Asking {
        public static void main(String[] arguments) {
            try (SqliteRequests requests =
                    SqliteRequests.open(StateFolder.open(Path.of(arguments[0])))) {
                requests.append("cancel", "");
            }
        }
    }
}
