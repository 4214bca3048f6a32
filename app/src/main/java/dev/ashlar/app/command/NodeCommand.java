package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.app.cluster.SecretRow;
import dev.ashlar.app.document.NodeDocument;
import dev.ashlar.app.execution.Census;
import dev.ashlar.app.terminal.FailureView;
import dev.ashlar.app.terminal.NodeView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.HostKeyScan;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "The machines that stand for the nodes of a cluster, and how far each is trusted.",
            "Nothing is sent to one that nobody vouches for, or that was revoked."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar node list examples/etcd",
            "  ashlar node show store-4 examples/etcd",
            "  ashlar node approve store-4 examples/etcd --fingerprint SHA256:...",
            "  ashlar node token store-5 examples/etcd --valid-for 30m --out store-5.sh",
            "  ashlar node revoke store-2 examples/etcd --reason 'disk was stolen'"
        })
final class NodeCommand extends CommandGroup {
    /// What the verbs about one node are given.
    static final class OneNode {
        @Mixin private OutputOptions output = new OutputOptions();
        @Mixin private ClusterOptions options = new ClusterOptions();

        @Parameters(index = "0", paramLabel = "NODE", description = "The node's name.")
        private String node = "";

        @Parameters(
                index = "1",
                arity = "0..1",
                paramLabel = "CLUSTER",
                description = "Folder or file.")
        private Optional<Path> path = Optional.empty();

        OutputOptions output() {
            return output;
        }

        Cluster cluster(Terminal terminal) {
            return Loading.standing(options.request(path), output, terminal);
        }

        Judging judging(Terminal terminal, String reason) {
            Cluster cluster = cluster(terminal);
            Census census = census(cluster);
            return new Judging(terminal, cluster, census, entry(census), reason);
        }

        /// Stops with exit code 3 where the cluster has no such node, or none is there yet.
        NodeRow entry(Census census) {
            NodeRow found = census.nodes().get(node);
            if (found == null) {
                throw new CommandStop(
                        ExitCode.INVALID, KnownNodes.unknown(node, census.nodes().keySet()));
            }
            if (found.access().isEmpty()) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        List.of(
                                "error: the machine of " + node + " is not there yet",
                                "  help: `ashlar up` makes it, and its provider vouches for it"));
            }
            return found;
        }
    }

    private static Census census(Cluster cluster) {
        return Census.of(cluster, Claims.nodes(cluster));
    }

    @Command(name = "list", description = "List them: address, trust, who vouches, host key.")
    int list(
            @Mixin OutputOptions output,
            @Mixin ClusterOptions options,
            @Parameters(arity = "0..1", paramLabel = "CLUSTER") Optional<Path> path) {
        Terminal terminal = output.terminal();
        Cluster cluster = Loading.standing(options.request(path), output, terminal);
        Collection<NodeRow> nodes = census(cluster).nodes().values();
        if (output.isHuman()) {
            NodeView.table(nodes).forEach(terminal::data);
        }
        return output.document(
                terminal,
                ExitCode.DONE.code(),
                () ->
                        NodeDocument.of(
                                cluster.composition().name(),
                                "list",
                                nodes,
                                secrets(cluster),
                                Optional.empty(),
                                List.of()));
    }

    @Command(
            name = "show",
            description = {
                "Show one, and ask it which host keys it shows now, as ssh-keyscan does.",
                "Nobody logs in. Exit code 6 where it shows none that it should."
            })
    int show(@Mixin OneNode one) {
        Terminal terminal = one.output().terminal();
        Cluster cluster = one.cluster(terminal);
        Census census = census(cluster);
        NodeRow entry = one.entry(census);
        Optional<List<HostKey>> shown;
        List<Failure> failures;
        switch (census.shown(entry)) {
            case HostKeyScan.Outcome.Unseen(Failure failure) -> {
                shown = Optional.empty();
                failures = List.of(failure);
            }
            case HostKeyScan.Outcome.Shown(List<HostKey> keys) -> {
                shown = Optional.of(keys);
                failures = List.of();
            }
        }
        if (one.output().isHuman()) {
            NodeView.lines(entry, shown).forEach(terminal::data);
        }
        failures.forEach(failure ->
                new FailureView(terminal)
                        .lines(Map.of(InstanceKey.acquire(entry.node()), failure))
                        .forEach(terminal::warn));
        return one.output()
                .document(
                        terminal,
                        code(entry, shown, failures).code(),
                        () ->
                                NodeDocument.of(
                                        cluster.composition().name(),
                                        "show",
                                        List.of(entry),
                                        secrets(cluster),
                                        shown,
                                        failures));
    }

    private static ExitCode code(
            NodeRow entry, Optional<List<HostKey>> shown, List<Failure> failures) {
        if (!failures.isEmpty()) {
            return ExitCode.of(failures);
        }
        boolean isAnother =
                !entry.hostKeys().isEmpty()
                        && shown.filter(keys -> entry.hostKeys().stream().noneMatch(keys::contains))
                                .isPresent();
        return isAnother ? ExitCode.NOT_ALLOWED : ExitCode.DONE;
    }

    @Command(
            name = "approve",
            description = {
                "Say that the machine which answers there is the node: its host key is trusted.",
                "The machine's own console says which one is its own:",
                "  ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub"
            })
    int approve(
            @Mixin OneNode one,
            @Option(
                            names = "--fingerprint",
                            paramLabel = "SHA256:...",
                            description =
                                    "Approve the key with this fingerprint, if it shows it, without asking; may be repeated.")
                    List<String> fingerprints,
            @Mixin ReasonOption reason)
            throws InterruptedException {
        Terminal terminal = one.output().terminal();
        Judging judging = one.judging(terminal, reason.text());
        List<HostKey> keys = judging.toApprove(fingerprints == null ? List.of() : fingerprints);
        if (!keys.isEmpty()) {
            judging.pass(Verdict.APPROVED, keys);
            NodeRow now = one.entry(census(one.cluster(terminal)));
            if (now.isRevoked()) {
                terminal.warn(
                        "warning: it is still not trusted: another of its keys was " + now.by());
            } else {
                terminal.say("  help: `ashlar up` goes on with it");
            }
        }
        return told(one, terminal, "approve");
    }

    @Command(
            name = "token",
            description = {
                "Make a one-time token for a machine that nobody vouches for, and print a script",
                "with it. Run there as root, or by cloud-init, it lets the machine prove which node",
                "it is, and the next `ashlar up` takes it. Another token ends the one before."
            })
    int token(
            @Mixin OneNode one,
            @Option(
                            names = "--valid-for",
                            paramLabel = "DURATION",
                            description =
                                    "How long it holds (30m, 12h); ${DEFAULT-VALUE} if not said.",
                            defaultValue = "1h")
                    String validFor,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description =
                                    "Write the script into a new file that nobody else can read.")
                    Optional<Path> out,
            @Mixin ReasonOption reason)
            throws InterruptedException {
        Terminal terminal = one.output().terminal();
        if (out.isEmpty() && !one.output().isHuman()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: no token goes into JSON",
                            "  help: --out FILE says where the script is to be written"));
        }
        Judging judging = one.judging(terminal, reason.text());
        new Inviting(judging, TimeOptions.duration("--valid-for", validFor), out).invite();
        return told(one, terminal, "token");
    }

    @Command(
            name = "revoke",
            description = {
                "Say that the machine of a node is not to be trusted any more.",
                "Nothing is sent to it from then on, also by a run that is under way; what is on",
                "it stays there. Its key stays revoked whatever node it stands for."
            })
    int revoke(
            @Mixin OneNode one,
            @Mixin ReasonOption reason,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask.")
                    boolean yes)
            throws InterruptedException {
        Terminal terminal = one.output().terminal();
        Judging judging = one.judging(terminal, reason.text());
        NodeRow entry = judging.entry();
        if (entry.isRevoked()) {
            // What a crash, or another command that acted, kept from being done is done now.
            terminal.say(entry.node() + " is revoked already: " + entry.by());
            return revoked(one, terminal, reason.text(), entry.node());
        }
        if (!yes) {
            judging.askToRevoke();
        }
        judging.pass(Verdict.REVOKED, entry.keys());
        terminal.say(
                "  help: what runs on it is a stranger's now; take the node out of the files, and `ashlar up` builds the rest without it");
        return revoked(one, terminal, reason.text(), entry.node());
    }

    private static int revoked(OneNode one, Terminal terminal, String reason, String node) {
        boolean isWhole = new Revoking(terminal, one.cluster(terminal), reason, false).ofNode(node);
        tellSeen(one.cluster(terminal), node, terminal);
        int code = told(one, terminal, "revoke");
        return isWhole ? code : ExitCode.WAITING.code();
    }

    private static List<SecretRow> secrets(Cluster cluster) {
        return SecretRow.all(cluster.composition().secrets().values(), cluster.past());
    }

    /// Whoever has the machine knows what that was given.
    private static void tellSeen(Cluster cluster, String node, Terminal terminal) {
        List<String> seen =
                SecretRow.seenBy(node, secrets(cluster)).stream()
                        .map(row -> row.name() + " (version " + row.version() + ")")
                        .toList();
        if (!seen.isEmpty()) {
            terminal.warn("It has seen secrets: " + String.join(", ", seen));
            terminal.warn(
                    "  help: `ashlar secret rotate --seen-by "
                            + node
                            + "` makes others, and `ashlar up` gives them to the rest");
        }
    }

    /// As it is now.
    private static int told(OneNode one, Terminal terminal, String verb) {
        return one.output()
                .document(
                        terminal,
                        ExitCode.DONE.code(),
                        () -> {
                            Cluster now = one.cluster(terminal);
                            return NodeDocument.of(
                                    now.composition().name(),
                                    verb,
                                    List.of(one.entry(census(now))),
                                    secrets(now),
                                    Optional.empty(),
                                    List.of());
                        });
    }
}
