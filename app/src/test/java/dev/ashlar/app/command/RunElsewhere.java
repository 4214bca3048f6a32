package dev.ashlar.app.command;

import static org.awaitility.Awaitility.await;

import dev.ashlar.app.execution.Amender;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.Requests.Request;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;

/// A run by another process, as far as others see of it: that has the cluster, and its first record
/// is there.
record RunElsewhere(StateFolder state, ControllerLock lock, SqliteRequests requests)
        implements AutoCloseable {

    /// @param folder of the cluster
    /// @param goal digest of the files that it is for
    static RunElsewhere begin(Path folder, long run, String cluster, String goal)
            throws IOException {
        StateFolder state = StateFolder.open(folder);
        ControllerLock lock = ((ControllerLock.Attempt.Taken) ControllerLock.take(state)).lock();
        Files.write(
                folder.resolve(".ashlar/holder"),
                List.of(
                        "1",
                        "elsewhere",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
        RunElsewhere elsewhere = new RunElsewhere(state, lock, SqliteRequests.open(state));
        elsewhere.append(List.of(started(run, cluster, goal)));
        return elsewhere;
    }

    static RunStarted started(long run, String cluster, String goal) {
        return new RunStarted(
                run,
                Purpose.UP,
                cluster,
                "here",
                goal,
                "ann",
                "1",
                "",
                new LinkedHashMap<>(),
                List.of(),
                System.currentTimeMillis());
    }

    void append(List<? extends JournalRecord> records) {
        try (SqliteJournal journal = SqliteJournal.open(state)) {
            journal.append(List.copyOf(records));
        }
    }

    /// Gives way once it is asked to.
    ///
    /// @param last what it has on record by then
    Thread givesWay(List<? extends JournalRecord> last) {
        return Thread.ofVirtual()
                .start(() -> {
                    Request asked = await().until(this::asks, all -> !all.isEmpty()).getFirst();
                    requests.turn(asked.number(), Amender.ASKED, Amender.TAKEN);
                    append(last);
                    lock.close();
                });
    }

    List<Request> asks() {
        return requests.after(0);
    }

    @Override
    public void close() {
        requests.close();
        lock.close();
    }
}
