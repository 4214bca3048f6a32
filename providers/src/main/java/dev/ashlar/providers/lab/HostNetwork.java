package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A lab's bridge, its way out, and the host's settings that labs share. The bridge's address is
/// the lab's claim to its subnet: there is no other record of it that could be wrong.
record HostNetwork(LabNames names) {
    private static final String LOCK = "host";
    private static final Duration WAIT = Duration.ofSeconds(60);

    /// Makes bridge, address and rules, or finishes what a killed call began.
    ///
    /// @param preferred the subnet to take if it is free
    Subnet ensure(Optional<Subnet> preferred) throws LabFault {
        return alone(() -> {
            HostSettings.ofThisHost().raise();
            if (!exists(names.bridge())) {
                Command.of("ip", "link", "add", names.bridge(), "type", "bridge").run();
            }
            Subnet subnet = subnet().orElse(null);
            if (subnet == null) {
                subnet = claim(preferred);
            }
            Command.of("ip", "link", "set", names.bridge(), "up").run();
            for (List<String> rule : rules(subnet)) {
                if (!Command.of(filter("-C", rule)).attempt().succeeded()) {
                    Command.of(filter("-I", rule)).run();
                }
            }
            return subnet;
        });
    }

    /// Takes all of it away; with the host's last lab also the shared settings.
    void remove() throws LabFault {
        alone(() -> {
            for (String line : ruleLines()) {
                Command.of(deletion(line)).run();
            }
            if (exists(names.bridge())) {
                Command.of("ip", "link", "delete", names.bridge()).run();
            }
            if (interfaces(LabNames.BRIDGE_PREFIX).isEmpty()) {
                HostSettings.ofThisHost().restore();
            }
            return true;
        });
    }

    /// Adds a network namespace. The first one on a host changes how its folder is mounted, which
    /// two callers must not do at once.
    static void addNamespace(String name) throws LabFault {
        HostLock.holding(LOCK, WAIT, () -> Command.of("ip", "netns", "add", name).run());
    }

    /// The subnet of the lab's bridge, if it has one.
    Optional<Subnet> subnet() throws LabFault {
        Command.Outcome shown =
                Command.of("ip", "-4", "-o", "address", "show", "dev", names.bridge()).attempt();
        return Stream.of(shown.output().split("\\s+|/"))
                .flatMap(w -> Subnet.ofAddress(w).stream())
                .findFirst();
    }

    static boolean exists(String link) {
        return Files.exists(Path.of("/sys/class/net", link));
    }

    /// The interfaces whose name begins so.
    static List<String> interfaces(String prefix) throws LabFault {
        try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
            return links.map(link -> link.getFileName().toString())
                    .filter(link -> link.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw LabFault.site("network", "cannot list interfaces: " + e.getMessage());
        }
    }

    /// The lab's packet filter rules, as `TABLE -A CHAIN ...`.
    List<String> ruleLines() throws LabFault {
        List<String> found = new ArrayList<>();
        for (String table : List.of("nat", "filter")) {
            Command.of("iptables-save", "-t", table)
                    .run()
                    .lines()
                    .filter(line -> line.startsWith("-A "))
                    .filter(line -> line.contains(names.rule()))
                    .forEach(line -> found.add(table + " " + line));
        }
        return found;
    }

    /// Nobody else changes the host's network meanwhile, nor what a killed caller had begun: the
    /// kernel drops its lock at once, and the command it had started goes on without it. One that
    /// takes the bridge away would take it from whoever just found it there.
    private <T> T alone(HostLock.Guarded<T> work) throws LabFault {
        List<String> ours = List.of(names.bridge() + " ", names.rule() + " ");
        return HostLock.holding(
                LOCK,
                WAIT,
                () -> {
                    if (!Power.await(WAIT, () -> Processes.ofLab(ours).isEmpty())) {
                        throw LabFault.site(
                                "network",
                                "commands that change "
                                        + names.bridge()
                                        + " do not end: processes "
                                        + Processes.ofLab(ours));
                    }
                    return work.run();
                });
    }

    private Subnet claim(Optional<Subnet> preferred) throws LabFault {
        List<String> taken = new ArrayList<>();
        for (String what : List.of("address", "route")) {
            taken.addAll(List.of(Command.of("ip", "-4", "-o", what, "show").run().split("\\s+")));
        }
        int start = preferred.map(Subnet::number).orElse(Integer.parseInt(names.hash(), 16) % 256);
        Subnet subnet =
                Subnet.firstFree(start, taken)
                        .orElseThrow(() ->
                                LabFault.site(
                                        "addresses", "no free network is left in 10.77.0.0/16"));
        String address = subnet.gateway() + "/24";
        Command.of("ip", "address", "add", address, "dev", names.bridge()).run();
        return subnet;
    }

    private List<List<String>> rules(Subnet subnet) {
        String net = subnet.network();
        return List.of(
                List.of("filter", "FORWARD", "-i", names.bridge(), "-j", "ACCEPT"),
                List.of("filter", "FORWARD", "-o", names.bridge(), "-j", "ACCEPT"),
                List.of("nat", "POSTROUTING", "-s", net, "!", "-d", net, "-j", "MASQUERADE"));
    }

    private List<String> filter(String verb, List<String> rule) {
        List<String> words =
                new ArrayList<>(
                        List.of("iptables", "-w", "30", "-t", rule.getFirst(), verb, rule.get(1)));
        words.addAll(List.of("-m", "comment", "--comment", names.rule()));
        words.addAll(rule.subList(2, rule.size()));
        return words;
    }

    private static List<String> deletion(String line) {
        List<String> words = new ArrayList<>(List.of("iptables", "-w", "30", "-t"));
        for (String word : line.split(" ")) {
            words.add(word.equals("-A") ? "-D" : word);
        }
        return words;
    }
}
