package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Attempt;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
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
        Cluster checked = Loading.cluster(options.request(cluster), output, terminal);
        InstanceKey key =
                InstanceKey.parse(instance)
                        .orElseThrow(() -> WhyCommand.unknown(checked, instance));
        Optional<SqliteJournal> journal = checked.state().flatMap(SqliteJournal::openToRead);
        if (journal.isEmpty()) {
            return nothing(terminal, checked, key);
        }
        try (Journal open = journal.get()) {
            List<Attempt> attempts = attempts(open, key);
            if (attempts.isEmpty()) {
                return nothing(terminal, checked, key);
            }
            List<Attempt> wanted = all ? attempts : List.of(attempts.getLast());
            if (output.isHuman()) {
                wanted.forEach(attempt -> show(terminal, key, attempt));
            }
            output.document(terminal, () -> document(checked, key, wanted));
        }
        return ExitCode.DONE.code();
    }

    private static void show(Terminal terminal, InstanceKey key, Attempt attempt) {
        terminal.say("-- " + key + " (" + attempt.intended().intent() + ")");
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

    private static String document(Cluster cluster, InstanceKey key, List<Attempt> attempts) {
        return Documents.logs(cluster.composition().name(), key, attempts);
    }

    private int nothing(Terminal terminal, Cluster cluster, InstanceKey key) {
        if (!cluster.graph().instances().containsKey(key)) {
            throw WhyCommand.unknown(cluster, instance);
        }
        terminal.say(key + " has not run");
        output.document(terminal, () -> document(cluster, key, List.of()));
        return ExitCode.DONE.code();
    }

    private static List<Attempt> attempts(Journal journal, InstanceKey key) {
        SequencedMap<String, Intended> intents = new LinkedHashMap<>();
        journal.readAll(entry -> {
            if (entry instanceof Intended intended && intended.key().equals(key)) {
                intents.putIfAbsent(intended.intent(), intended);
            }
        });
        return intents.values().stream().map(intended -> Attempt.of(journal, intended)).toList();
    }
}
