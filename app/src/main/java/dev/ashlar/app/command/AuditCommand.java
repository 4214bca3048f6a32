package dev.ashlar.app.command;

import dev.ashlar.app.cluster.AuditEntry;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.AuditDocument;
import dev.ashlar.app.execution.Witnesses;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.text.Words;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Who did what to a cluster, when, and how it ended, as the record has it.",
            "Each record covers all before it, and nodes carry how far they have seen it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar audit list examples/etcd",
            "  ashlar audit verify examples/etcd",
            "  ashlar audit export examples/etcd >etcd.ndjson"
        })
final class AuditCommand extends CommandGroup {
    private static final int MOST_NAMED = 5;

    /// What the verbs are given.
    static final class OneCluster {
        @Mixin private OutputOptions output = new OutputOptions();
        @Mixin private ClusterOptions options = new ClusterOptions();

        @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
        private Optional<Path> path = Optional.empty();

        Terminal terminal() {
            return output.terminal();
        }

        Cluster cluster(Terminal terminal) {
            return Loading.standing(options.request(path), output, terminal);
        }
    }

    @Command(name = "list", description = "List it, oldest first.")
    int list(@Mixin OneCluster one) {
        Terminal terminal = one.terminal();
        Cluster cluster = one.cluster(terminal);
        List<AuditEntry> entries = AuditEntry.of(cluster.past());
        if (one.output.isHuman()) {
            entries.forEach(entry -> terminal.data(line(entry)));
        }
        return one.output.document(
                terminal,
                ExitCode.DONE.code(),
                () -> AuditDocument.list(cluster.composition().name(), entries));
    }

    private static String line(AuditEntry entry) {
        String run = entry.run().map(number -> " (run " + number + ")").orElse("");
        String result = entry.result().isEmpty() ? "has not ended" : entry.result();
        return "%s  %-10s  %-12s  %s%s%s"
                .formatted(
                        Times.at(entry.atMs()),
                        entry.who(),
                        entry.act(),
                        result,
                        run,
                        entry.about().isEmpty() ? "" : "  " + entry.about());
    }

    @Command(
            name = "verify",
            description = {
                "Hold every record against its checksum, and the whole against what nodes have seen.",
                "Exit code 7 where something was changed, moved, removed or cut off; 4 where no node",
                "that answers has seen any of it, as nobody can know then whether its end was cut off."
            })
    int verify(@Mixin OneCluster one) throws InterruptedException {
        Terminal terminal = one.terminal();
        Cluster cluster = one.cluster(terminal);
        try (SqliteJournal journal = journal(cluster)) {
            long records = verified(journal);
            Witnesses witnesses =
                    Witnesses.ask(
                            new SshTransport(),
                            cluster,
                            Claims.nodes(cluster),
                            journal,
                            state(cluster).lineage());
            tell(terminal, records, witnesses);
            return one.output.document(
                    terminal,
                    code(witnesses).code(),
                    () ->
                            AuditDocument.verify(
                                    cluster.composition().name(),
                                    records,
                                    witnesses.agreeing(),
                                    witnesses.objections()));
        }
    }

    /// Goes through all records, and holds the checkpoint against them, which is what all other
    /// commands read instead.
    ///
    /// @return how many there are
    private static long verified(SqliteJournal journal) {
        Optional<Checkpoint> kept = journal.checkpoint();
        long upTo = kept.map(Checkpoint::records).orElse(0L);
        AtomicLong records = new AtomicLong();
        Past past = new Past();
        journal.readAll(entry -> {
            if (records.incrementAndGet() <= upTo) {
                past.apply(entry);
            }
        });
        if (kept.filter(checkpoint -> !isOf(past, checkpoint)).isPresent()) {
            throw new CommandStop(
                    ExitCode.NOT_MINE,
                    "error: the checkpoint after record %d is not what the records come to"
                            .formatted(upTo));
        }
        return records.get();
    }

    private static boolean isOf(Past past, Checkpoint checkpoint) {
        return past.runs().equals(checkpoint.runs())
                && past.verdicts().all().equals(checkpoint.judged())
                && past.secrets().changes().equals(checkpoint.vault())
                && past.secrets().receipts().equals(checkpoint.receipts())
                && past.authorities().equals(checkpoint.authorities());
    }

    private static ExitCode code(Witnesses witnesses) {
        if (!witnesses.objections().isEmpty()) {
            return ExitCode.NOT_MINE;
        }
        return witnesses.isVouchedFor() ? ExitCode.DONE : ExitCode.NODE_OR_SITE;
    }

    private static void tell(Terminal terminal, long records, Witnesses witnesses) {
        terminal.say(
                "%d records, each as it was written after the one before it".formatted(records));
        witnesses.objections().forEach(why -> terminal.warn("error: " + why));
        if (witnesses.isVouchedFor()) {
            terminal.say(
                    "%s %s seen the same up to record %d"
                            .formatted(
                                    Words.some(
                                            List.copyOf(witnesses.agreeing().keySet()), MOST_NAMED),
                                    witnesses.agreeing().size() == 1 ? "has" : "have",
                                    witnesses.upTo()));
        } else if (witnesses.objections().isEmpty()) {
            terminal.warn(
                    "warning: no node that answers has seen anything of it: whether the end was cut off, or all of it written anew, nobody can know");
        }
        if (!witnesses.bare().isEmpty()) {
            terminal.say("  carries nothing: " + Words.some(witnesses.bare(), MOST_NAMED));
        }
        tellSilent(terminal, witnesses.silent());
    }

    private static void tellSilent(Terminal terminal, SequencedMap<String, Failure> silent) {
        silent.values().stream()
                .limit(MOST_NAMED)
                .forEach(failure -> terminal.say("  not heard: " + failure.message()));
        if (silent.size() > MOST_NAMED) {
            terminal.say("  and " + (silent.size() - MOST_NAMED) + " more");
        }
    }

    @Command(
            name = "export",
            description = {
                "Print every record as it was written, a line of JSON each, for keeping elsewhere.",
                "A record's checksum is the SHA-256 of the one before it, its number in eight bytes",
                "(the highest first) and its text in UTF-8; before the first stands that of no bytes,",
                "the number 0 and the lineage."
            })
    int export(@Mixin OneCluster one) {
        Terminal terminal = one.terminal();
        Cluster cluster = one.cluster(terminal);
        try (SqliteJournal journal = journal(cluster)) {
            long count = journal.newest().number();
            terminal.data(
                    AuditDocument.exportHead(
                            cluster.composition().name(), state(cluster).lineage(), count));
            journal.readWritten(
                    count,
                    (number, text, checksum) ->
                            terminal.data(AuditDocument.exported(number, text, checksum)));
        }
        return ExitCode.DONE.code();
    }

    private static StateFolder state(Cluster cluster) {
        return cluster.state().orElseThrow(() -> nothing(cluster));
    }

    private static SqliteJournal journal(Cluster cluster) {
        return SqliteJournal.openToRead(state(cluster)).orElseThrow(() -> nothing(cluster));
    }

    private static CommandStop nothing(Cluster cluster) {
        return new CommandStop(
                ExitCode.INVALID,
                "error: nothing is on record of cluster " + cluster.composition().name());
    }
}
