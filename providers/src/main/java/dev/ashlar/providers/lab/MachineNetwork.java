package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// One machine's network namespace and the cable (a veth pair) from it into the lab's bridge.
///
/// Both exist only while the machine has power: with the namespace go its addresses, routes and
/// filter rules, so that a machine without power answers on none of its addresses.
record MachineNetwork(LabNames names, String machine) {
    private static final Path FOLDER = Path.of("/run/netns");
    private static final Duration CARRIER_WITHIN = Duration.ofSeconds(5);

    /// Makes namespace, cable, addresses and routes, or finishes what a killed call began.
    void ensure(Subnet subnet, int number) throws LabFault {
        String space = names.namespace(machine);
        String cable = names.hostInterface(machine);
        if (!Mounts.isMounted(FOLDER.resolve(space))) {
            removeNamespace();
            HostNetwork.addNamespace(space);
        }
        if (!HostNetwork.exists(cable)) {
            Command.of(
                            "ip",
                            "link",
                            "add",
                            cable,
                            "type",
                            "veth",
                            "peer",
                            "name",
                            "eth0",
                            "address",
                            subnet.hardwareAddress(number),
                            "netns",
                            space)
                    .run();
        }
        Command.of("ip", "link", "set", cable, "master", names.bridge(), "up").run();
        for (List<String> words :
                List.of(
                        List.of("link", "set", "lo", "up"),
                        List.of(
                                "address",
                                "replace",
                                subnet.address(number) + "/24",
                                "broadcast",
                                "+",
                                "dev",
                                "eth0"),
                        List.of("link", "set", "eth0", "up"),
                        List.of("route", "replace", "default", "via", subnet.gateway()))) {
            Command.of(Stream.concat(Stream.of("ip", "-n", space), words.stream()).toList()).run();
        }
    }

    /// Pulls the cable.
    void unplug() throws LabFault {
        Command.of("ip", "link", "set", names.hostInterface(machine), "down").run();
    }

    /// Plugs the cable in. When it returns the next packet passes: the kernel takes note of a
    /// carrier some time after the command, and either side would go on for seconds to believe what
    /// it learnt while the cable was out, that the other one does not answer.
    ///
    /// @param address the machine's
    void plugIn(String address) throws LabFault {
        Command.of("ip", "link", "set", names.hostInterface(machine), "up").run();
        if (!Power.await(CARRIER_WITHIN, this::hasCarrier)) {
            throw LabFault.site("network", "the cable of " + machine + " carries nothing");
        }
        Command.of("ip", "neigh", "flush", "to", address, "dev", names.bridge()).run();
        Command.of("ip", "-n", names.namespace(machine), "neigh", "flush", "dev", "eth0").run();
    }

    private boolean hasCarrier() {
        Path state = Path.of("/sys/class/net", names.hostInterface(machine), "operstate");
        try {
            return Files.readString(state).strip().equals("up");
        } catch (IOException e) {
            return false;
        }
    }

    /// True while there is a cable and it is plugged in.
    boolean isPlugged() {
        Path flags = Path.of("/sys/class/net", names.hostInterface(machine), "flags");
        try {
            return (Integer.decode(Files.readString(flags).strip()) & 1) != 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// The cable first: deleting the namespace first would leave the host's end behind.
    void remove() throws LabFault {
        String cable = names.hostInterface(machine);
        if (HostNetwork.exists(cable)) {
            Command.of("ip", "link", "delete", cable).run();
        }
        removeNamespace();
    }

    /// The processes that live in the namespace.
    List<Long> processes() throws LabFault {
        if (!Mounts.isMounted(FOLDER.resolve(names.namespace(machine)))) {
            return List.of();
        }
        return Command.of("ip", "netns", "pids", names.namespace(machine))
                .run()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private void removeNamespace() throws LabFault {
        if (Files.exists(FOLDER.resolve(names.namespace(machine)))) {
            Command.of("ip", "netns", "delete", names.namespace(machine)).run();
        }
    }

    /// The machines that have a namespace in this lab.
    static List<String> machines(LabNames names) {
        String prefix = names.namespacePrefix();
        try (Stream<Path> spaces = Files.list(FOLDER)) {
            return spaces.map(space -> space.getFileName().toString())
                    .filter(space -> space.startsWith(prefix))
                    .map(space -> space.substring(prefix.length()))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    String namespacePath() {
        return FOLDER.resolve(names.namespace(machine)).toString();
    }
}
