package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Attempt;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Print what an instance printed when it last ran.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar logs kv.install@store-1 examples/etcd",
            "  ashlar logs kv.install@store-1 examples/etcd --all     every attempt on record"
        })
final class LogsCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Option(names = "--all", description = "Every attempt on record, not only the last.")
    private boolean all;

    @Parameters(index = "0", paramLabel = "INSTANCE", description = "use.step[key]@node")
    private String instance = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        ClusterRequest request = options.request(cluster);
        Optional<SqliteJournal> journal =
                StateFolder.find(Loading.folder(request)).flatMap(SqliteJournal::openToRead);
        Optional<InstanceKey> key = InstanceKey.parse(instance);
        if (journal.isPresent() && key.isPresent()) {
            try (SqliteJournal open = journal.get()) {
                Kept kept = kept(open, key.get());
                if (!kept.attempts().isEmpty()) {
                    return tell(terminal, key.get(), kept);
                }
            }
        }
        return nothing(terminal, Loading.cluster(request, output, terminal));
    }

    /// From the record alone: files that are being edited do not hinder it.
    private int tell(Terminal terminal, InstanceKey key, Kept kept) {
        List<Attempt> attempts = kept.attempts();
        List<Attempt> wanted = all ? attempts : List.of(attempts.getLast());
        if (output.isHuman()) {
            wanted.forEach(attempt -> show(terminal, key, attempt));
        }
        output.document(terminal, () -> Documents.logs(kept.cluster(), key, wanted));
        return ExitCode.DONE.code();
    }

    private static void show(Terminal terminal, InstanceKey key, Attempt attempt) {
        terminal.say(
                "-- "
                        + key
                        + ", run "
                        + attempt.intended().run()
                        + ", "
                        + Times.at(attempt.intended().atMs()));
        attempt.log()
                .ifPresentOrElse(
                        text -> terminal.data(text.stripTrailing()),
                        () -> terminal.say("   no log is kept of it"));
        attempt.health()
                .ifPresent(text -> {
                    terminal.say("-- health");
                    terminal.data(text.stripTrailing());
                });
    }

    private int nothing(Terminal terminal, Cluster cluster) {
        InstanceKey key =
                InstanceKey.parse(instance)
                        .filter(cluster.graph().instances()::containsKey)
                        .orElseThrow(() -> WhyCommand.unknown(cluster, instance));
        terminal.say(key + " has not run");
        output.document(
                terminal, () -> Documents.logs(cluster.composition().name(), key, List.of()));
        return ExitCode.DONE.code();
    }

    /// What the record has of an instance.
    ///
    /// @param cluster as the last run called it
    private record Kept(String cluster, List<Attempt> attempts) {}

    private static Kept kept(Journal journal, InstanceKey key) {
        SequencedMap<String, Intended> intents = new LinkedHashMap<>();
        List<String> clusters = new ArrayList<>();
        journal.readAll(entry -> {
            if (entry instanceof RunStarted run) {
                clusters.add(run.cluster());
            }
            if (entry instanceof Intended intended && intended.key().equals(key)) {
                intents.putIfAbsent(intended.intent(), intended);
            }
        });
        return new Kept(
                clusters.isEmpty() ? "" : clusters.getLast(),
                intents.values().stream().map(i -> Attempt.of(journal, i)).toList());
    }
}
