package dev.ashlar.bench;

import dev.ashlar.bench.Contender.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a measuring starts: the home of Ashlar, the rounds of the quick contenders, those of the
/// slow ones. `bench/run` says more.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path home = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int slowRounds = Integer.parseInt(arguments[2]);
        Path sources = home.resolve("bench");
        Path folder = home.resolve("target/bench");
        Files.createDirectories(folder);
        Stopwatch stopwatch = new Stopwatch(folder.resolve("last.log"));
        say("making twenty machines");
        Hosts hosts = Hosts.up(home.resolve("ashlar"), sources, folder, stopwatch);
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            for (Contender contender : Contender.all(home.resolve("ashlar"), sources, hosts)) {
                if (!contender.isSlow() || round <= slowRounds) {
                    say("round " + round + ": " + contender.name());
                    measure(contender, hosts, stopwatch, results);
                }
            }
            Files.writeString(
                    sources.resolve("RESULTS.md"), page(results.table(), folder, stopwatch));
        }
        hosts.reset(stopwatch);
        System.out.print(Files.readString(sources.resolve("RESULTS.md")));
    }

    private static void measure(
            Contender contender, Hosts hosts, Stopwatch stopwatch, Results results)
            throws IOException, InterruptedException {
        hosts.reset(stopwatch);
        for (Phase phase : Phase.values()) {
            Optional<List<String>> command = contender.command().of(phase);
            if (command.isPresent()) {
                edit(hosts, phase);
                Sample sample =
                        stopwatch.time(command.get(), hosts.folder(), contender.environment());
                results.add(contender.name(), phase, sample);
                say("  " + phase.words() + ": " + sample.words());
            }
        }
    }

    /// What Ashlar is told, it is told in its files, as a person would.
    private static void edit(Hosts hosts, Phase phase) throws IOException {
        Path cluster = hosts.folder().resolve("fleet/cluster.yaml");
        String text = Files.readString(cluster);
        String edited = text.replaceFirst("changed: \\w+\\n", "changed: " + phase.word() + "\n");
        if (!edited.equals(text)) {
            Files.writeString(cluster, edited);
        }
    }

    private static String page(String table, Path folder, Stopwatch stopwatch)
            throws IOException, InterruptedException {
        stopwatch.time(
                List.of(
                        "sh",
                        "-c",
                        "printf 'Linux '; uname -r; . /etc/os-release; echo \"$PRETTY_NAME\"; "
                                + "dpkg-query -W -f '${Package} ${Version}\\n' openssh-client clustershell ansible-core ansible-mitogen"),
                folder,
                Map.of());
        String versions = String.join(", ", stopwatch.said().lines().toList());
        long memoryGb =
                Files.readAllLines(Path.of("/proc/meminfo")).stream()
                                .filter(line -> line.startsWith("MemTotal:"))
                                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                                .sum()
                        >> 20;
        return """
        # Twenty files on each of twenty machines

        Written by `./bench/run` on %s: %d processors, %d GiB, Java %s, %s. The machines are systemd-nspawn
        machines on the same host, so their work and the controller's share its processors. Each file is about a
        kilobyte and differs from machine to machine. Every time is that of a whole process from a cold start; contenders
        take turns, and what one left is taken away before the next. For bare ssh, `bench/fleet/bare-ssh/run`: one
        connection and one `sh` a machine, twenty at once, nothing shared.

        %s
        """
                .formatted(
                        LocalDate.now(java.time.ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        memoryGb,
                        Runtime.version().feature(),
                        versions,
                        table);
    }

    private static void say(String words) {
        System.err.println("bench: " + words);
    }
}
