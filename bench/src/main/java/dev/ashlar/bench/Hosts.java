package dev.ashlar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The machines that all are measured on, and how each contender is told of them. They are made
/// once, on this host, with what the peers need there; what a contender leaves on them is taken
/// away before the next.
///
/// @param folder where everything lies that is made for a run
record Hosts(Path folder, List<Host> all, Path identity) {

    /// @param key its public host key, as a line of `known_hosts` has it
    record Host(String name, String address, String key) {}

    Hosts {
        all = List.copyOf(all);
    }

    /// Makes the machines, or takes those that are there.
    ///
    /// @param ashlar the launcher
    static Hosts up(Path ashlar, Path sources, Path folder, Stopwatch stopwatch)
            throws InterruptedException {
        copy(sources.resolve("fleet/ashlar"), folder.resolve("fleet"));
        Path machines = folder.resolve("fleet/machines");
        Map<String, String> lab = Map.of("ASHLAR_LAB_DIR", folder.resolve("lab").toString());
        stopwatch.time(List.of(ashlar.toString(), "up", machines.toString()), folder, lab);
        stopwatch.time(
                List.of(ashlar.toString(), "lab", "list", "-q", machines.toString()), folder, lab);
        List<String[]> rows =
                stopwatch.said().lines().map(line -> line.strip().split("\\s+")).toList();
        Path identity = find(folder.resolve("lab"), "id_ed25519");
        List<Host> hosts = new ArrayList<>();
        for (String[] row : rows) {
            stopwatch.time(List.of("ssh-keyscan", "-t", "ed25519", row[1]), folder, Map.of());
            String key =
                    stopwatch
                            .said()
                            .lines()
                            .filter(l -> !l.startsWith("#"))
                            .findFirst()
                            .orElseThrow();
            hosts.add(new Host(row[0], row[1], key.split(" ", 2)[1]));
        }
        hosts.sort(Comparator.comparingInt(host -> Integer.parseInt(host.name().split("-")[1])));
        Hosts made = new Hosts(folder, hosts, identity);
        made.describe();
        return made;
    }

    private void describe() {
        write("hosts", all.stream().map(h -> h.name() + " " + h.address()));
        write("known_hosts", all.stream().map(h -> h.address() + " " + h.key()));
        write(
                "inventory.ini",
                Stream.concat(
                        all.stream().map(h -> h.name() + " ansible_host=" + h.address()),
                        Stream.of(
                                "[all:vars]",
                                "ansible_user=root",
                                "ansible_python_interpreter=/usr/bin/python3",
                                "ansible_ssh_private_key_file=" + identity,
                                "ansible_ssh_common_args=-F none -o UserKnownHostsFile="
                                        + folder.resolve("known_hosts"))));
        write(
                "fleet/sites/hosts.yaml",
                Stream.concat(
                        Stream.of(
                                "site: hosts",
                                "approve: auto",
                                "providers:",
                                "  default:",
                                "    kind: inventory",
                                "    machines:"),
                        all.stream()
                                .map(h ->
                                        "      %s: { address: %s, identity: %s, host_keys: [\"%s\"] }"
                                                .formatted(
                                                        h.name(),
                                                        h.address(),
                                                        identity,
                                                        h.key()))));
    }

    private void write(String name, Stream<String> lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, lines.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Nothing of any contender is left, on the machines or here.
    void reset(Stopwatch stopwatch) throws InterruptedException {
        stopwatch.time(
                List.of(
                        "xargs",
                        "-a",
                        folder.resolve("hosts").toString(),
                        "-P",
                        "20",
                        "-L",
                        "1",
                        "sh",
                        "-c",
                        "exec ssh -F none -o BatchMode=yes -o UserKnownHostsFile=known_hosts -i "
                                + identity
                                + " root@$2 rm -rf /etc/ashlar-bench /var/lib/ashlar /run/ashlar .ansible",
                        "one"),
                folder,
                Map.of());
        delete(folder.resolve("fleet/.ashlar"));
        delete(folder.resolve("home"));
    }

    private static Path find(Path folder, String name) {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return files.filter(file -> file.endsWith(name)).findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.deleteIfExists(target);
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
