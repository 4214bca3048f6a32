package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Neighbourhood;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.Loader;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// What `up`s of clusters in a folder leave on record where there are machines.
final class SimulatedRuns {
    private final Path folder;
    private final Map<String, Simulation> simulations = new HashMap<>();

    /// @param folder which holds those of the clusters, and their packs and sites
    SimulatedRuns(Path folder) {
        this.folder = folder;
    }

    /// One more run of a cluster as its files are now.
    void up(String cluster) {
        append(cluster, next(cluster));
    }

    /// What is done in a simulation of a cluster as its files are now.
    void runs(String cluster, Consumer<Simulation> run) {
        append(cluster, next(cluster, run));
    }

    /// The records of one more run, which are not on record yet.
    List<JournalRecord> next(String cluster) {
        return next(cluster, simulation -> simulation.up(SimulationOptions.of(1)));
    }

    private List<JournalRecord> next(String cluster, Consumer<Simulation> run) {
        Graph graph = Conditions.wanted(composition(cluster), new Past());
        Simulation simulation =
                simulations.computeIfAbsent(cluster, _ -> new Simulation(graph)).goal(graph);
        run.accept(simulation);
        List<JournalRecord> records = new ArrayList<>();
        simulation.rewritten(record -> {
            records.add(record);
            return record;
        });
        int[] before = {0};
        try (SqliteJournal journal = journal(cluster)) {
            journal.readAll(_ -> before[0]++);
        }
        return List.copyOf(records.subList(before[0], records.size()));
    }

    void append(String cluster, List<JournalRecord> records) {
        try (SqliteJournal journal = journal(cluster)) {
            journal.append(records);
        }
    }

    Composition composition(String cluster) {
        return composition(folder.resolve(cluster).resolve("cluster.yaml"), folder);
    }

    /// @param home where the packs and sites are
    static Composition composition(Path file, Path home) {
        LoadRequest request =
                new LoadRequest(
                        file,
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        Optional.empty(),
                        new Neighbourhood(file),
                        home);
        Loaded loaded = Loader.load(request);
        assertThat(loaded.diagnostics()).isEmpty();
        return loaded.composition().orElseThrow();
    }

    private SqliteJournal journal(String cluster) {
        return SqliteJournal.open(StateFolder.open(folder.resolve(cluster)));
    }
}
