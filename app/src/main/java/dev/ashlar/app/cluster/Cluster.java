package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.InForce;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.language.source.Find;
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
/// @param finds all that was looked at on disk to load it, where it comes from that alone and there
///   was nothing to be told of it
/// @param vault where it has secrets and somebody has unlocked them
public record Cluster(
        Path folder,
        Composition composition,
        List<Overridden> overridden,
        Graph graph,
        Optional<StateFolder> state,
        Past past,
        Optional<List<Find>> finds,
        Optional<OpenVault> vault) {
    public Cluster {
        overridden = List.copyOf(overridden);
        finds = finds.map(List::copyOf);
    }

    public static Cluster of(
            Path folder, Composition composition, List<Overridden> overridden, Recorded recorded) {
        return of(folder, composition, overridden, recorded, Optional.empty());
    }

    /// As its files were loaded.
    ///
    /// @throws java.util.NoSuchElementException where they are not right
    public static Cluster of(Path folder, Loaded loaded, Recorded recorded) {
        return of(
                folder,
                loaded.composition().orElseThrow(),
                loaded.overridden(),
                recorded,
                loaded.finds().filter(_ -> loaded.diagnostics().isEmpty()));
    }

    private static Cluster of(
            Path folder,
            Composition composition,
            List<Overridden> overridden,
            Recorded recorded,
            Optional<List<Find>> finds) {
        return new Cluster(
                folder.toAbsolutePath().normalize(),
                composition,
                overridden,
                Conditions.wanted(composition, recorded.past()),
                recorded.state(),
                recorded.past(),
                finds,
                Optional.empty());
    }

    /// The same files with the record as it is now.
    public Cluster asItIsNow() {
        return of(folder, composition, overridden, Recorded.read(folder)).keeping(vault);
    }

    /// True when earlier runs left something that `down` would take back.
    public boolean isAnythingLeft() {
        return !past.standing().isEmpty()
                || !past.leftovers().isEmpty()
                || !past.interruptions().isEmpty();
    }

    /// The same files with the record as the one who may act has it now.
    public Cluster with(Acting acting) {
        return new Cluster(
                folder,
                composition,
                overridden,
                Conditions.wanted(composition, acting.past()),
                Optional.of(acting.state()),
                acting.past(),
                finds,
                vault);
    }

    /// The same with its secrets.
    public Cluster withVault(OpenVault open) {
        Composition unlocked = composition.withVault(open.vault());
        return new Cluster(
                folder,
                unlocked,
                overridden,
                Conditions.wanted(unlocked, past),
                state,
                past,
                finds,
                Optional.of(open));
    }

    private Cluster keeping(Optional<OpenVault> open) {
        return new Cluster(folder, composition, overridden, graph, state, past, finds, open);
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
