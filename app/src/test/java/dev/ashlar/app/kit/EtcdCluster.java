package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The etcd cluster of a sandbox, as someone meets it who has read nothing but what `up` printed.
///
/// @param endpoints where members answer, in the order of their names
/// @param options what etcdctl wants to be called with, as printed
public record EtcdCluster(Sandbox sandbox, List<String> endpoints, String options) {
    private static final Pattern NOTES = Pattern.compile("(?m)^(?=Members answer at)");
    private static final Pattern ENDPOINT = Pattern.compile("https://[0-9.]+:[0-9]+");

    /// Everything is read from the notes at the end of `up`.
    public static EtcdCluster printedBy(Sandbox sandbox, Finished up) {
        return read(sandbox, up.expect(0).out());
    }

    /// One for each use of etcd, in the order in which they are printed.
    public static List<EtcdCluster> allPrintedBy(Sandbox sandbox, Finished up) {
        return NOTES.splitAsStream(up.expect(0).out())
                .filter(notes -> !notes.isBlank())
                .map(notes -> read(sandbox, notes))
                .toList();
    }

    private static EtcdCluster read(Sandbox sandbox, String said) {
        List<String> endpoints = new ArrayList<>();
        Matcher found = ENDPOINT.matcher(said.lines().findFirst().orElse(""));
        while (found.find()) {
            endpoints.add(found.group());
        }
        String command = said.substring(said.indexOf("etcdctl --endpoints")).replace("\\\n", " ");
        assertThat(command).contains("--cacert", "--cert", "--key", "endpoint health");
        return new EtcdCluster(
                sandbox,
                endpoints,
                command.substring(command.indexOf("--cacert"), command.indexOf("endpoint health"))
                        .strip());
    }

    /// For each of these machines the process that serves the use `kv`, and when it was started.
    public static Map<String, String> processes(Sandbox sandbox, List<String> nodes) {
        String show = "systemctl show etcd-kv -p MainPID -p ExecMainStartTimestampMonotonic";
        return nodes.stream()
                .collect(Collectors.toMap(node -> node, node -> sandbox.machine(node).run(show)));
    }

    /// The names of the machines, in order.
    public List<String> nodes() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= endpoints.size(); i++) {
            names.add("store-" + i);
        }
        return names;
    }

    /// Copies the printed files to a machine, to where they lie here.
    public void handCertificateTo(Machine machine) {
        for (String word : options.split("\\s+")) {
            if (word.startsWith("/")) {
                try {
                    machine.write(Path.of(word), Files.readAllBytes(Path.of(word)), "0600");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /// Calls etcdctl on a machine that has the certificate.
    ///
    /// @param endpoint the member that is asked
    public Finished etcdctl(Machine on, String endpoint, String words) {
        return on.attempt(
                "ETCDCTL_API=3 etcdctl --command-timeout 10s --endpoints %s %s %s"
                        .formatted(endpoint, options, words));
    }

    /// What `status` says of the use `kv`, beside what etcdctl hears from each member.
    ///
    /// @param cluster what `status` is asked of, and how
    public StatusWitness witness(String... cluster) {
        List<String> status = new ArrayList<>(List.of("status", "--json"));
        status.addAll(List.of(cluster));
        Map<String, String> at = new TreeMap<>();
        for (int i = 0; i < endpoints.size(); i++) {
            at.put(nodes().get(i), endpoints.get(i));
        }
        Machine first = sandbox.machine(nodes().getFirst());
        handCertificateTo(first);
        return new StatusWitness(
                sandbox,
                status,
                "kv.run",
                "etcd-kv",
                node ->
                        etcdctl(first, at.getOrDefault(node, ""), "endpoint health").exitCode()
                                == 0);
    }

    /// Fails unless every member takes a write and every other member then has it.
    public void expectHealthy() {
        Machine first = sandbox.machine(nodes().getFirst());
        handCertificateTo(first);
        for (int i = 0; i < endpoints.size(); i++) {
            String value = "value-" + System.nanoTime();
            etcdctl(first, endpoints.get(i), "put key-%d %s".formatted(i, value)).expect(0);
            for (String endpoint : endpoints) {
                assertThat(
                                etcdctl(first, endpoint, "get --print-value-only key-" + i)
                                        .expect(0)
                                        .out())
                        .isEqualTo(value + "\n");
            }
        }
        assertThat(etcdctl(first, endpoints.getFirst(), "member list").expect(0).out().lines())
                .hasSize(endpoints.size())
                .allMatch(line -> line.contains("started"));
    }
}
