package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.store.Requests;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.util.Optional;

/// The right to change a cluster, with its open journal: one process at a time.
///
/// @param heard the newest request when the right was taken: later ones are for who has it
/// @param past the fold of the journal as it was when the right was taken
public record Acting(
        StateFolder state,
        ControllerLock lock,
        SqliteJournal journal,
        Requests requests,
        long heard,
        Past past)
        implements AutoCloseable {

    /// What came of asking for the right.
    public sealed interface Attempt {
        record Granted(Acting acting) implements Attempt {}

        /// @param holder who has it, where that is known
        record Held(Optional<ControllerLock.Holder> holder) implements Attempt {}
    }

    /// Takes the right over the state in a cluster's folder, which is made when it is not there.
    ///
    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static Attempt take(Path folder) {
        StateFolder state = StateFolder.open(folder);
        return switch (ControllerLock.take(state)) {
            case ControllerLock.Attempt.Refused(var holder) -> new Attempt.Held(holder);
            case ControllerLock.Attempt.Taken(ControllerLock lock) ->
                    new Attempt.Granted(open(state, lock));
        };
    }

    private static Acting open(StateFolder state, ControllerLock lock) {
        try {
            return open(state, lock, SqliteJournal.open(state));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static Acting open(StateFolder state, ControllerLock lock, SqliteJournal journal) {
        try {
            Past past = Fold.of(journal);
            Requests requests = SqliteRequests.open(state);
            return new Acting(state, lock, journal, requests, requests.last(), past);
        } catch (RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    @Override
    public void close() {
        requests.close();
        Fold.keep(journal);
        journal.close();
        lock.close();
    }
}
