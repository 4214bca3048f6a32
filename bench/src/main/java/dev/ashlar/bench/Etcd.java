package dev.ashlar.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The cluster that everybody builds first, on three machines that are new each time: how long it
/// takes, and how much of that is Debian's packages, which no tool makes faster.
///
/// @param ashlar the launcher
/// @param home of Ashlar, which has the cluster, the packs and the site
/// @param folder where it may write; emptied, once what an earlier measuring left is taken back
record Etcd(Path ashlar, Path home, Path folder, Stopwatch stopwatch, Consumer<String> progress) {
    private static final String WHOLE = "`up`, three new machines";
    private static final String MACHINES = "of that, machines are made";
    private static final String PACKAGES = "of that, packages are installed";
    private static final String REST = "of that, all else";
    private static final String AGAIN = "`up` again, nothing to do";
    private static final String VERIFY = "`up --verify`, nothing to mend";
    private static final String DOWN = "`down`";

    /// @param told the table, after each round
    void measure(int rounds, Consumer<String> told) throws IOException, InterruptedException {
        if (Files.exists(state())) {
            ashlar("down", "--yes");
        }
        Hosts.delete(folder);
        for (String part : List.of("examples/etcd", "packs", "sites")) {
            Path to = part.startsWith("examples") ? folder : folder.resolve(part);
            Files.createDirectories(to.getParent());
            Hosts.copy(home.resolve(part), to);
        }
        Hosts.delete(state());
        SequencedMap<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            round(round, seconds);
            told.accept(table(seconds));
        }
    }

    private Path state() {
        return folder.resolve(".ashlar");
    }

    private void round(int round, Map<String, List<Double>> seconds) throws InterruptedException {
        progress.accept("round " + round + ": etcd on three new machines");
        double whole = ashlar("up", "-q", "-o", "ndjson");
        Events events = Events.of(stopwatch.said());
        double machines = events.secondsOf("acquire");
        double packages = events.secondsOf("install");
        add(seconds, WHOLE, whole);
        add(seconds, MACHINES, machines);
        add(seconds, PACKAGES, packages);
        add(seconds, REST, whole - machines - packages);
        add(seconds, AGAIN, ashlar("up"));
        add(seconds, VERIFY, ashlar("up", "--verify"));
        add(seconds, DOWN, ashlar("down", "--yes"));
    }

    private void add(Map<String, List<Double>> seconds, String what, double one) {
        progress.accept("  " + what + ": " + Results.seconds(one) + " s");
        seconds.computeIfAbsent(what, _ -> new ArrayList<>()).add(one);
    }

    private double ashlar(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(ashlar.toString()));
        command.addAll(List.of(words));
        command.add(folder.toString());
        Map<String, String> lab = Map.of("ASHLAR_LAB_DIR", folder.resolveSibling("lab").toString());
        return stopwatch.time(command, home, lab).wallSeconds();
    }

    private static String table(Map<String, List<Double>> seconds) {
        return "| what | median s | every time s |\n| --- | ---: | --- |\n"
                + seconds.entrySet().stream()
                        .map(row ->
                                "| %s | %s | %s |\n"
                                        .formatted(
                                                row.getKey(),
                                                Results.seconds(Results.median(row.getValue())),
                                                row.getValue().stream()
                                                        .map(Results::seconds)
                                                        .collect(Collectors.joining(" "))))
                        .collect(Collectors.joining());
    }
}
