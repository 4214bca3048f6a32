package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.States;
import dev.ashlar.app.cluster.StatusRow;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.HealthCheck;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.StatusView;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.SshTransport;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Show each step on each node, and ask each component for its health.",
            "Works while another command changes the cluster."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar status examples/etcd",
            "  ashlar status --cached examples/etcd     from the record alone",
            "  ashlar status --watch examples/etcd      follow a running up",
            "  ashlar status --limit store-2 examples/etcd"
        })
final class StatusCommand implements Callable<Integer> {
    private static final long WATCH_EVERY_MS = 500;

    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private TimeOptions time = new TimeOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private SelectionOptions selected = new SelectionOptions();

    @Option(names = "--cached", description = "From the record alone; contact no node.")
    private boolean cached;

    @Option(names = "--watch", description = "Follow a running command to its end.")
    private boolean watch;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        output.within(time.start(terminal));
        Cluster checked =
                Unlocking.ifPossible(
                        Loading.cluster(options.request(cluster), output, terminal), terminal);
        Selection selection = SelectionOptions.select(checked, selected.request());
        if (watch) {
            checked = watched(terminal, checked, selection);
        }
        boolean running = isRunning(checked);
        List<StatusRow> rows = States.of(checked, running, selection);
        Optional<StateFolder> state = checked.state();
        if (!cached && !running && state.isPresent() && !checked.past().standing().isEmpty()) {
            rows = probed(terminal, checked, state.get(), rows);
        }
        output.settle();
        return show(terminal, checked, rows, running);
    }

    private static int code(List<StatusRow> rows) {
        List<Failure> failures =
                rows.stream()
                        .filter(r -> r.state().equals("failed") || r.state().equals("unhealthy"))
                        .flatMap(r -> r.failure().stream())
                        .toList();
        return (failures.isEmpty() ? ExitCode.DONE : ExitCode.of(failures)).code();
    }

    /// Shows what becomes of a running command whenever something has changed; the cluster as it is
    /// when it has ended. Nothing to watch is nothing to wait for.
    private Cluster watched(Terminal terminal, Cluster first, Selection selection)
            throws InterruptedException {
        Cluster cluster = first;
        List<StatusRow> shown = List.of();
        while (isRunning(cluster)) {
            List<StatusRow> rows = States.of(cluster, true, selection);
            if (!rows.equals(shown)) {
                if (output.isHuman()) {
                    terminal.clear();
                }
                show(terminal, cluster, rows, true);
                shown = rows;
            }
            Thread.sleep(WATCH_EVERY_MS);
            cluster = cluster.asItIsNow();
        }
        return cluster;
    }

    private static boolean isRunning(Cluster cluster) {
        return cluster.state().flatMap(ControllerLock::holder).isPresent();
    }

    /// Without the lock: looking must never keep another command from acting.
    private static List<StatusRow> probed(
            Terminal terminal, Cluster cluster, StateFolder state, List<StatusRow> rows)
            throws InterruptedException {
        try (NodeExecutor nodes =
                Workshop.looking(
                        new SshTransport(),
                        cluster.past(),
                        cluster.composition(),
                        state.lineage())) {
            return HealthCheck.of(nodes, cluster.past(), cluster.graph()).mark(rows, terminal);
        }
    }

    /// @return the exit code that goes with it
    private int show(Terminal terminal, Cluster cluster, List<StatusRow> rows, boolean running) {
        DueAuthorities.warn(terminal, cluster.state());
        if (output.isHuman()) {
            Headline.of(cluster).forEach(terminal::say);
            if (!StatusRow.wereAsked(rows)) {
                terminal.say(Unasked.RECORD);
            }
            new StatusView(terminal).lines(cluster, rows, running).forEach(terminal::data);
        }
        return output.document(
                terminal, code(rows), () -> Documents.status(cluster, running, rows));
    }
}
