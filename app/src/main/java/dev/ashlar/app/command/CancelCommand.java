package dev.ashlar.app.command;

import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.Cancellation;
import dev.ashlar.app.execution.Handover;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "End a running up or down: nothing new starts, what runs finishes.",
        footerHeading = "%nExample:%n",
        footer = "  ashlar cancel examples/etcd")
final class CancelCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Option(names = "--now", description = "Stop what runs too.")
    private boolean now;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        ClusterRequest request = options.request(cluster);
        Optional<StateFolder> state = StateFolder.find(Loading.folder(request));
        // Between the one that gives way and the one that goes on nobody has the cluster.
        boolean running =
                state.filter(one ->
                                ControllerLock.holder(one).isPresent()
                                        || Handover.anybody(one).isPresent())
                        .isPresent();
        if (running) {
            try (SqliteRequests requests = SqliteRequests.open(state.orElseThrow())) {
                requests.append(Cancellation.KIND, Cancellation.ofThisProcess(now).text());
            }
        }
        terminal.say(running ? "asked the running command to end" : "nothing is running");
        output.document(terminal, () -> Documents.cancel(running, now));
        return ExitCode.DONE.code();
    }
}
