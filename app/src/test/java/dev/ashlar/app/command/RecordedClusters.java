package dev.ashlar.app.command;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.simulation.Faults;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Clusters beside each other at one site. What is on their records was left there by simulated
/// runs.
final class RecordedClusters {
    static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS";

    private final Path folder;
    private final SimulatedRuns runs;

    RecordedClusters(Path folder) {
        this.folder = folder;
        this.runs = new SimulatedRuns(folder);
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
        runs.runs(cluster, run);
    }

    /// The digest of a cluster's goal as its files are now.
    String digest(String cluster) {
        return runs.composition(cluster).digest();
    }

    void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
