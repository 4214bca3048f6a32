package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What is on record of the cluster in a folder, whatever its files say. Reading only.
///
/// @param state absent until the first `up`
public record Recorded(Optional<StateFolder> state, Past past) {

    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static Recorded read(Path folder) {
        Optional<StateFolder> state = StateFolder.find(folder);
        Optional<SqliteJournal> journal = state.flatMap(SqliteJournal::openToRead);
        if (journal.isPresent()) {
            try (SqliteJournal open = journal.get()) {
                return new Recorded(state, Fold.of(open));
            }
        }
        return new Recorded(state, new Past());
    }

    /// Every record about an instance, oldest first.
    ///
    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static List<JournalRecord> about(Optional<StateFolder> state, InstanceKey key) {
        Optional<SqliteJournal> journal = state.flatMap(SqliteJournal::openToRead);
        if (journal.isEmpty()) {
            return List.of();
        }
        try (SqliteJournal open = journal.get()) {
            return open.about(key);
        }
    }
}
