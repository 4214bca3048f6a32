package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What a root file system needs beyond its packages to be a machine of the lab.
record BaseFiles(Path root) {
    private static final String SSHD =
            """
            UseDNS no
            MaxStartups 200:30:400
            PermitRootLogin prohibit-password
            PasswordAuthentication no
            HostKey /etc/ssh/ssh_host_ed25519_key
            """;

    /// Timers that would hold apt's lock or load the host, and consoles that nobody looks at (each
    /// takes inotify instances, of which a host has few).
    private static final List<String> MASKED =
            List.of(
                    "apt-daily.timer",
                    "apt-daily-upgrade.timer",
                    "e2scrub_all.timer",
                    "fstrim.timer",
                    "dpkg-db-backup.timer",
                    "console-getty.service",
                    "getty@.service",
                    "systemd-firstboot.service");

    /// Before apt is asked for its lists.
    void write(String sources, String fetchOptions) throws IOException {
        Files.deleteIfExists(at("etc/apt/sources.list"));
        place("etc/apt/sources.list.d/debian.sources", sources);
        place("etc/apt/apt.conf.d/90lab", fetchOptions);
        place("etc/ssh/sshd_config.d/lab.conf", SSHD);
        Files.copy(
                resolvConf(),
                at("etc/resolv.conf"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        for (String unit : MASKED) {
            Path link = at("etc/systemd/system/" + unit);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, Path.of("/dev/null"));
        }
    }

    /// Removes what no two machines may share, and what only takes room.
    void finish() throws IOException {
        place("etc/machine-id", "");
        Files.deleteIfExists(at("etc/hostname"));
        try (Stream<Path> keys = Files.list(at("etc/ssh"))) {
            for (Path key :
                    keys.filter(k -> k.getFileName().toString().startsWith("ssh_host_")).toList()) {
                Files.delete(key);
            }
        }
        try (Stream<Path> packages = Files.list(at("var/cache/apt/archives"))) {
            for (Path file : packages.filter(f -> f.toString().endsWith(".deb")).toList()) {
                Files.delete(file);
            }
        }
    }

    /// The host's resolvers; where the host runs a stub on its own loopback, those behind it.
    static Path resolvConf() {
        Path behindStub = Path.of("/run/systemd/resolve/resolv.conf");
        return Files.exists(behindStub) ? behindStub : Path.of("/etc/resolv.conf");
    }

    private Path at(String path) {
        return root.resolve(path);
    }

    private void place(String path, String text) throws IOException {
        Path file = at(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
