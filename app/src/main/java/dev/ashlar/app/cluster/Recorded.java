package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.Optional;

/// What is on record of the cluster in a folder, whatever its files say. Reading only.
///
/// @param state absent until the first `up`
public record Recorded(Optional<StateFolder> state, Past past) {

    /// @throws dev.ashlar.store.StoreException when the state is damaged or the disk refuses
    public static Recorded read(Path folder) {
        Optional<StateFolder> state = StateFolder.find(folder);
        Past past = new Past();
        Optional<SqliteJournal> journal = state.flatMap(SqliteJournal::openToRead);
        if (journal.isPresent()) {
            try (Journal open = journal.get()) {
                open.readAll(past::apply);
            }
        }
        return new Recorded(state, past);
    }
}
