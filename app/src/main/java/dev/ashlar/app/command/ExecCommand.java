package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.ExecDocument;
import dev.ashlar.app.execution.Broadcast;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.ExecView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Waiting;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.CommandResult;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.execute.RemoteCommand;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        description = {
            "Run a command on the nodes of a cluster, and fold what it prints.",
            "Its words arrive as they are: name a shell if one is to read them.",
            "It has no input and the rights of steps, and nothing of it is recorded."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar exec examples/etcd -- uptime",
            "  ashlar exec examples/etcd --limit '!store-2' -- systemctl is-active etcd-kv",
            "  ashlar exec examples/etcd --timeout 1h -- sh -c 'df -h | grep /var'"
        })
final class ExecCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private LimitOption limit = new LimitOption();
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "On how many nodes at once (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + Settings.DEFAULT_PARALLEL)
    private int parallel = Settings.DEFAULT_PARALLEL;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "End it on a node after this long (default: ${DEFAULT-VALUE}).",
            defaultValue = "10m")
    private String timeout = "10m";

    @Parameters(
            arity = "0..*",
            paramLabel = "[CLUSTER] -- COMMAND...",
            hideParamSyntax = true,
            converter = CommandWords.AnyPath.class,
            description = "Folder or file; and what is to be run.")
    private List<Path> words = new ArrayList<>();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        CommandWords given = CommandWords.of(Objects.requireNonNull(spec), words);
        ParallelOption.requirePositive(parallel);
        Cluster cluster = Loading.standing(options.request(given.cluster(0)), output, terminal);
        RemoteCommand command = command(given);
        KnownNodes known = KnownNodes.of(cluster);
        List<String> nodes = known.among(limit.value());
        terminal.say(known.headline());
        terminal.say(ExecView.heading(nodes, command.words()));
        SequencedMap<String, CommandResult> results = carryOut(terminal, cluster, command, nodes);
        if (output.isHuman()) {
            new ExecView(terminal).lines(results).forEach(terminal::data);
        }
        terminal.say(ExecView.summary(results));
        return output.document(
                terminal,
                code(results.values()).code(),
                () -> ExecDocument.of(cluster.composition().name(), command.words(), results));
    }

    private RemoteCommand command(CommandWords given) {
        if (given.command().isEmpty()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: exec wants a command after --",
                            "  help: such as `ashlar exec CLUSTER -- uptime`"));
        }
        return new RemoteCommand(given.command(), TimeOptions.duration("--timeout", timeout));
    }

    /// Without the lock: it is about the machines, not about what is on record of them.
    private SequencedMap<String, CommandResult> carryOut(
            Terminal terminal, Cluster cluster, RemoteCommand command, List<String> nodes) {
        String lineage = cluster.state().map(StateFolder::lineage).orElseThrow();
        try (NodeExecutor channels =
                        Workshop.looking(
                                new SshTransport(),
                                cluster.past(),
                                cluster.composition(),
                                lineage);
                Waiting waiting = new Waiting(terminal, Clock.systemUTC(), "running", nodes)) {
            return new Broadcast(channels, command, parallel, ExitCode.INTERRUPTED.code())
                    .to(nodes, waiting);
        }
    }

    private static ExitCode code(Collection<CommandResult> results) {
        List<Failure> troubles =
                results.stream().map(CommandResult::trouble).flatMap(Optional::stream).toList();
        return troubles.isEmpty()
                ? ExitCode.DONE
                : troubles.stream().anyMatch(Failure::isStop)
                        ? ExitCode.INTERRUPTED
                        : ExitCode.of(troubles);
    }
}
