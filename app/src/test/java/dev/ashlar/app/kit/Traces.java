package dev.ashlar.app.kit;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a lab leaves on the host while it stands, looked for with the host's own tools. The names a
/// lab gives to things of the kernel all carry the last six characters of its folder's name.
final class Traces {
    private final Path labs;
    private final Set<String> hashes = new TreeSet<>();

    /// @param labs the folder below which the labs' own folders lie
    Traces(Path labs) {
        this.labs = labs;
    }

    /// Takes note of the labs that stand now. To be called while they stand.
    void note() {
        try (Stream<Path> folders = Files.isDirectory(labs) ? Files.list(labs) : Stream.empty()) {
            folders.map(folder -> folder.getFileName().toString())
                    .map(name -> name.substring(name.lastIndexOf('-') + 1))
                    .forEach(hashes::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Set<String> hashes() {
        return hashes;
    }

    /// Fails when anything of the labs ever noted is there. The kernel takes a namespace down a
    /// moment after its last user, hence the wait.
    void expectNone() {
        await("nothing of the lab is left")
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    List<String> found = find();
                    if (!found.isEmpty()) {
                        throw new AssertionError("left behind: " + found);
                    }
                });
    }

    List<String> find() {
        List<String> found = new ArrayList<>();
        add(found, "namespace", Host.run("ip", "netns", "list").out(), "al-");
        add(found, "interface", Host.run("ip", "-o", "link").out(), "al");
        add(found, "rule", Host.run("iptables-save").out(), "ashlar-lab-");
        add(found, "cgroup", cgroups(), "ashlar-lab-");
        lines(found, "mount", read(Path.of("/proc/mounts")), labs.toString());
        lines(found, "loop", Host.run("losetup", "-l").out(), labs.toString());
        processes(found);
        return found;
    }

    private void add(List<String> found, String kind, String text, String prefix) {
        for (String hash : hashes) {
            text.lines()
                    .filter(l -> l.contains(prefix) && l.contains(hash))
                    .forEach(l -> found.add(kind + " " + l.strip()));
        }
    }

    private static void lines(List<String> found, String kind, String text, String part) {
        text.lines().filter(l -> l.contains(part)).forEach(l -> found.add(kind + " " + l.strip()));
    }

    private static String cgroups() {
        return Host.run("find", "/sys/fs/cgroup", "-maxdepth", "2", "-name", "ashlar-lab-*").out();
    }

    private void processes(List<String> found) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            all.filter(process -> process.pid() != ProcessHandle.current().pid())
                    .forEach(process -> {
                        Path proc = Path.of("/proc/" + process.pid());
                        String line = read(proc.resolve("cmdline")).replace('\0', ' ');
                        if (line.contains(labs.toString())) {
                            found.add("process " + process.pid() + " " + line);
                        }
                    });
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
