package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.Optional;

/// A cluster whose files have been checked, with what is on record of it. Reading only: see
/// [Acting] for changes.
///
/// @param folder where its file lies and its state is kept
/// @param state absent until the first `up`
public record Cluster(
        Path folder, Composition composition, Graph graph, Optional<StateFolder> state, Past past) {

    public static Cluster of(Path folder, Composition composition, Recorded recorded) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new Cluster(
                absolute,
                composition,
                Conditions.wanted(composition, recorded.past()),
                recorded.state(),
                recorded.past());
    }

    /// The same files with the record as it is now.
    public Cluster asItIsNow() {
        return of(folder, composition, Recorded.read(folder));
    }

    /// True when earlier runs left something that `down` would take back.
    public boolean isAnythingLeft() {
        return !past.standing().isEmpty()
                || !past.leftovers().isEmpty()
                || !past.interruptions().isEmpty();
    }

    /// The same cluster with a newer past.
    public Cluster with(Past newer) {
        return new Cluster(
                folder, composition, Conditions.wanted(composition, newer), state, newer);
    }
}
