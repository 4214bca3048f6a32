package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.Optional;

/// A cluster whose files have been checked, with what is on record of it. Reading only: see
/// [Acting] for changes.
///
/// @param folder where its file lies and its state is kept
/// @param state absent until the first `up`
public record Cluster(
        Path folder, Composition composition, Graph graph, Optional<StateFolder> state, Past past) {

    public static Cluster of(Path file, Composition composition) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " has no folder");
        }
        return read(folder, composition);
    }

    /// The same files with the record as it is now.
    public Cluster asItIsNow() {
        return read(folder, composition);
    }

    private static Cluster read(Path folder, Composition composition) {
        Optional<StateFolder> state = StateFolder.find(folder);
        Past past = past(state);
        return new Cluster(folder, composition, Graph.of(composition, past), state, past);
    }

    /// What is on record, whatever the files say.
    public static Past past(Optional<StateFolder> state) {
        Past past = new Past();
        Optional<SqliteJournal> journal = state.flatMap(SqliteJournal::openToRead);
        if (journal.isPresent()) {
            try (Journal open = journal.get()) {
                open.readAll(past::apply);
            }
        }
        return past;
    }

    /// True when earlier runs left something that `down` would take back.
    public boolean isAnythingLeft() {
        return !past.standing().isEmpty()
                || !past.leftovers().isEmpty()
                || !past.interruptions().isEmpty();
    }

    /// The same cluster with a newer past.
    public Cluster with(Past newer) {
        return new Cluster(folder, composition, Graph.of(composition, newer), state, newer);
    }
}
