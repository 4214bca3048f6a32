package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.InForce;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster whose files have been checked, with what is on record of it. Reading only: see
/// [Acting] for changes.
///
/// @param folder where its file lies and its state is kept
/// @param overridden each override of its goal, beside what the files say in its place
/// @param state absent until the first `up`
public record Cluster(
        Path folder,
        Composition composition,
        List<Overridden> overridden,
        Graph graph,
        Optional<StateFolder> state,
        Past past) {
    public Cluster {
        overridden = List.copyOf(overridden);
    }

    public static Cluster of(
            Path folder, Composition composition, List<Overridden> overridden, Recorded recorded) {
        Path absolute = folder.toAbsolutePath().normalize();
        return new Cluster(
                absolute,
                composition,
                overridden,
                Conditions.wanted(composition, recorded.past()),
                recorded.state(),
                recorded.past());
    }

    /// The same files with the record as it is now.
    public Cluster asItIsNow() {
        return of(folder, composition, overridden, Recorded.read(folder));
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
                folder,
                composition,
                overridden,
                Conditions.wanted(composition, newer),
                state,
                newer);
    }

    /// The overrides of its goal: what is set to something else than the files say, by path.
    public SequencedMap<String, String> overrides() {
        SequencedMap<String, String> overrides = new LinkedHashMap<>();
        overridden.stream()
                .filter(Overridden::counts)
                .forEach(one -> overrides.put(one.path(), one.given()));
        return overrides;
    }

    /// The overrides of the last accepted goal.
    public SequencedMap<String, InForce> inForce() {
        return InForce.of(past.runs());
    }
}
