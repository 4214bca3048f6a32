package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Neighbourhood;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loaded;
import dev.ashlar.language.Loader;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Clusters beside each other at one site. What is on their records was left there by simulated
/// runs.
final class RecordedClusters {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS";

    private final Path folder;
    private final Map<String, Simulation> simulations = new HashMap<>();

    RecordedClusters(Path folder) {
        this.folder = folder;
    }

    /// Nobody listens at any of them.
    static String site() {
        List<String> machines = List.of("store-1", "store-2", "front-1", "desk-1", "mid-1");
        StringBuilder site =
                new StringBuilder(
                        "site: here\napprove: auto\nproviders:\n  default:\n    kind: inventory\n    machines:\n");
        machines.forEach(machine ->
                site.append(
                        "      %s: { address: 127.0.0.1, port: %d, identity: none, host_keys: [\"%s\"] }\n"
                                .formatted(machine, 1 + machines.indexOf(machine), HOST_KEY)));
        return site.toString();
    }

    CommandLineEntry verb(String verb, String... words) {
        List<String> all = new ArrayList<>(List.of(verb));
        all.addAll(List.of("-C", folder.toString()));
        all.addAll(List.of(words));
        return CommandLineEntry.run(all);
    }

    static SimulationOptions breaking(String key) {
        return SimulationOptions.of(1)
                .withFaults(Faults.broken(InstanceKey.parse(key).orElseThrow()));
    }

    void up(String cluster) {
        up(cluster, SimulationOptions.of(1));
    }

    void up(String cluster, SimulationOptions options) {
        runs(cluster, simulation -> simulation.up(options));
    }

    /// What a run leaves on record where there are machines.
    void runs(String cluster, Consumer<Simulation> run) {
        Path file = folder.resolve(cluster).resolve("cluster.yaml");
        LoadRequest request =
                new LoadRequest(
                        file,
                        Optional.empty(),
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>(),
                        Optional.empty(),
                        new Neighbourhood(file),
                        folder);
        Loaded loaded = Loader.load(request);
        assertThat(loaded.diagnostics()).isEmpty();
        Graph graph = Conditions.wanted(loaded.composition().orElseThrow(), new Past());
        Simulation simulation =
                simulations.computeIfAbsent(cluster, _ -> new Simulation(graph)).goal(graph);
        run.accept(simulation);
        List<JournalRecord> records = new ArrayList<>();
        simulation.rewritten(record -> {
            records.add(record);
            return record;
        });
        try (SqliteJournal journal =
                SqliteJournal.open(StateFolder.open(folder.resolve(cluster)))) {
            int[] before = {0};
            journal.readAll(_ -> before[0]++);
            journal.append(records.subList(before[0], records.size()));
        }
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
