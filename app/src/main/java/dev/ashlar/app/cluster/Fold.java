package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.sqlite.SqliteJournal;

/// What a journal comes to, from its checkpoint on where it has one.
final class Fold {
    private Fold() {}

    static Past of(SqliteJournal journal) {
        Past past = journal.checkpoint().map(Past::of).orElseGet(Past::new);
        journal.readAfter(past.records(), (_, entry) -> past.apply(entry));
        return past;
    }

    /// Keeps a checkpoint where one is due. Nothing but time is lost without it, so that no run
    /// fails for it.
    static void keep(SqliteJournal journal) {
        try {
            if (journal.isCheckpointDue()) {
                journal.keep(of(journal).checkpoint());
            }
        } catch (StoreException _) {
            // Whoever writes or reads next meets the same, and says so.
        }
    }
}
