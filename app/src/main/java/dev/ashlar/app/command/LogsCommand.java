package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
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
            List<String> intents = intents(open, key);
            if (intents.isEmpty()) {
                return nothing(terminal, checked, key);
            }
            for (String intent : all ? intents : List.of(intents.getLast())) {
                terminal.say("-- " + key + " (" + intent + ")");
                open.log(intent)
                        .ifPresentOrElse(
                                text -> terminal.data(text.stripTrailing()),
                                () -> terminal.say("   no log is kept of it"));
                open.log(intent + Conductor.HEALTH)
                        .ifPresent(text -> {
                            terminal.say("-- health");
                            terminal.data(text.stripTrailing());
                        });
            }
        }
        return ExitCode.DONE.code();
    }

    private int nothing(Terminal terminal, Cluster cluster, InstanceKey key) {
        if (!cluster.graph().instances().containsKey(key)) {
            throw WhyCommand.unknown(cluster, instance);
        }
        terminal.say(key + " has not run");
        return ExitCode.DONE.code();
    }

    private static List<String> intents(Journal journal, InstanceKey key) {
        List<String> intents = new ArrayList<>();
        journal.readAll(entry -> {
            if (entry instanceof JournalRecord.Intended intended
                    && intended.key().equals(key)
                    && !intents.contains(intended.intent())) {
                intents.add(intended.intent());
            }
        });
        return intents;
    }
}
