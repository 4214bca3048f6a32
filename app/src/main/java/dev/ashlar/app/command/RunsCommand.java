package dev.ashlar.app.command;

import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.store.folder.ControllerLock;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description = "List the runs on record: what for, when, how they ended, what was resumed.",
        footerHeading = "%nExample:%n",
        footer = "  ashlar runs examples/etcd")
final class RunsCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        ClusterRequest request = options.request(cluster);
        Recorded recorded = Recorded.read(Loading.folder(request));
        List<RunSummary> runs = recorded.past().runs();
        // The record speaks for itself; files that are being edited do not hinder it.
        String name =
                runs.isEmpty()
                        ? Loading.cluster(request, output, terminal).composition().name()
                        : runs.getLast().start().cluster();
        output.document(terminal, () -> Documents.runs(name, runs));
        if (!output.isHuman()) {
            return ExitCode.DONE.code();
        }
        if (runs.isEmpty()) {
            terminal.say("No run so far");
        }
        boolean running = recorded.state().flatMap(ControllerLock::holder).isPresent();
        for (RunSummary run : runs) {
            terminal.data(line(run, running && run.equals(runs.getLast())));
        }
        return ExitCode.DONE.code();
    }

    private static String line(RunSummary run, boolean running) {
        String outcome =
                run.end()
                        .map(end ->
                                end.outcome()
                                        + " in "
                                        + Times.lasting(end.atMs() - run.start().atMs())
                                        + ": "
                                        + end.ran()
                                        + " ran, "
                                        + end.skipped()
                                        + " unchanged, "
                                        + end.failed()
                                        + " failed, "
                                        + end.blocked()
                                        + " blocked"
                                        + (end.verified() ? ", all verified" : ""))
                        .orElse(
                                running
                                        ? "running, " + run.intents() + " started"
                                        : "cut short after " + run.intents() + " starts");
        String selection =
                run.start().selection().isEmpty() ? "" : " (" + run.start().selection() + ")";
        String set = ShellWords.sets(run.start().overrides());
        String wipes = String.join(",", run.start().wipes());
        String resumed = run.resumed() == 0 ? "" : ", " + run.resumed() + " resumed";
        return String.format(
                Locale.ROOT,
                "%4d  %s  %-6s  %s%s%s%s%s",
                run.start().run(),
                Times.at(run.start().atMs()),
                run.start().purpose().name().toLowerCase(Locale.ROOT),
                outcome,
                resumed,
                selection,
                set.isEmpty() ? "" : " (" + set + ")",
                wipes.isEmpty() ? "" : " (--yes-wipe " + wipes + ")");
    }
}
