package dev.ashlar.providers.lab;

import dev.ashlar.model.work.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What the lab needs from the host: root, and these Debian packages.
final class HostTools {
    private static final Duration INSTALL_WITHIN = Duration.ofMinutes(10);

    private HostTools() {}

    /// Each program (or file, when it begins with `/`) and the package that brings it.
    private static SequencedMap<String, String> needed() {
        SequencedMap<String, String> needed = new LinkedHashMap<>();
        needed.put("debootstrap", "debootstrap");
        needed.put("systemd-nspawn", "systemd-container");
        needed.put("ip", "iproute2");
        needed.put("iptables", "iptables");
        needed.put("iptables-save", "iptables");
        needed.put("ssh-keygen", "openssh-client");
        needed.put("mount", "mount");
        needed.put("losetup", "mount");
        needed.put("setsid", "util-linux");
        needed.put("mkfs.ext4", "e2fsprogs");
        needed.put("/usr/share/keyrings/debian-archive-keyring.gpg", "debian-archive-keyring");
        return needed;
    }

    /// The packages whose program `present` does not find, in order.
    static List<String> missing(Predicate<String> present) {
        SequencedSet<String> packages = new TreeSet<>();
        needed().forEach((tool, name) -> {
            if (!present.test(tool)) {
                packages.add(name);
            }
        });
        return List.copyOf(packages);
    }

    static List<String> installCommand(List<String> packages) {
        List<String> words =
                new ArrayList<>(List.of("apt-get", "install", "-y", "--no-install-recommends"));
        words.addAll(packages);
        return words;
    }

    static void ensureRoot() throws LabFault {
        if (!isRoot()) {
            throw new LabFault(
                    Failure.lasting(
                                    "not-root",
                                    Failure.Fault.ACCESS,
                                    "the lab makes namespaces, mounts and bridges and must run as"
                                            + " root")
                            .withHint("run the same command through sudo"));
        }
    }

    /// Returns when everything is there; installs what is not.
    static void ensure(Consumer<String> progress) throws LabFault {
        ensureRoot();
        List<String> packages = missing(HostTools::present);
        if (!packages.isEmpty()) {
            HostLock.holding(
                    "tools",
                    INSTALL_WITHIN,
                    () -> {
                        install(missing(HostTools::present), progress);
                        return packages;
                    });
        }
    }

    private static void install(List<String> packages, Consumer<String> progress) throws LabFault {
        if (packages.isEmpty()) {
            return;
        }
        List<String> words = installCommand(packages);
        if (!present("apt-get")) {
            throw unavailable(packages, "this host has no apt-get");
        }
        progress.accept("installing " + String.join(", ", packages));
        Command install = Command.of(words).within(INSTALL_WITHIN);
        if (!install.attempt().succeeded()) {
            Command.of("apt-get", "update").within(INSTALL_WITHIN).attempt();
            Command.Outcome again = install.attempt();
            if (!again.succeeded()) {
                List<String> said = Command.lastLines(again.output());
                throw unavailable(packages, said.isEmpty() ? "apt-get failed" : said.getLast());
            }
        }
        List<String> still = missing(HostTools::present);
        if (!still.isEmpty()) {
            throw unavailable(still, "apt-get installed them and their programs are not there");
        }
    }

    private static LabFault unavailable(List<String> packages, String why) {
        return new LabFault(
                Failure.lasting(
                                "host-packages",
                                Failure.Fault.SITE,
                                "the lab needs "
                                        + String.join(", ", packages)
                                        + " on this host: "
                                        + why)
                        .withHint(String.join(" ", installCommand(packages))));
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean present(String tool) {
        if (tool.startsWith("/")) {
            return Files.exists(Path.of(tool));
        }
        return Command.FOLDERS.stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }
}
