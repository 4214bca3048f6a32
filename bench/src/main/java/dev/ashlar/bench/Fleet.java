package dev.ashlar.bench;

import dev.ashlar.bench.Contender.Phase;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Twenty files on each of twenty machines, by all contenders in turns.
///
/// @param ashlar the launcher
/// @param sources the folder of this benchmark's files
/// @param folder where it may write
record Fleet(
        Path ashlar, Path sources, Path folder, Stopwatch stopwatch, Consumer<String> progress) {

    /// @param slowRounds in how many of the rounds the slow ones take part, from the first
    /// @param told the table, after each round
    void measure(int rounds, int slowRounds, Consumer<String> told)
            throws IOException, InterruptedException {
        progress.accept("making twenty machines");
        Hosts hosts = Hosts.up(ashlar, sources, folder, stopwatch);
        Results results = new Results();
        for (int round = 1; round <= rounds; round++) {
            List<Contender> inTurn = new ArrayList<>(Contender.all(ashlar, sources, hosts));
            Collections.rotate(inTurn, 1 - round);
            for (Contender contender : inTurn) {
                if (!contender.isSlow() || round <= slowRounds) {
                    progress.accept("round " + round + ": " + contender.name());
                    measure(contender, hosts, results);
                }
            }
            told.accept(results.targets().table() + "\n" + results.table());
        }
        hosts.reset(stopwatch);
    }

    private void measure(Contender contender, Hosts hosts, Results results)
            throws IOException, InterruptedException {
        hosts.reset(stopwatch);
        for (Phase phase : Phase.values()) {
            Optional<List<String>> command = contender.command().of(phase);
            if (command.isPresent()) {
                prepare(hosts, phase);
                Sample sample =
                        stopwatch.time(command.get(), hosts.folder(), contender.environment());
                results.add(contender.name(), phase, sample);
                progress.accept("  " + phase.words() + ": " + sample.words());
            }
        }
    }

    /// What Ashlar is told, it is told in its files, as a person would; what it is to work out anew
    /// it must not have kept.
    private static void prepare(Hosts hosts, Phase phase) throws IOException {
        Path folder = hosts.folder().resolve("fleet");
        if (phase == Phase.ANEW) {
            Files.deleteIfExists(StateFolder.open(folder).settled());
        }
        Path cluster = folder.resolve("cluster.yaml");
        String text = Files.readString(cluster);
        String edited = text.replaceFirst("changed: \\w+\\n", "changed: " + phase.word() + "\n");
        if (!edited.equals(text)) {
            Files.writeString(cluster, edited);
        }
    }
}
