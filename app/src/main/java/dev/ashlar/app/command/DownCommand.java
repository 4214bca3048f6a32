package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.RunResult;
import dev.ashlar.app.execution.Runner;
import dev.ashlar.app.execution.Workshop;
import dev.ashlar.app.terminal.Terminal;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "down",
        description = {
            "Take back what `up` made, from the record of what it did.",
            "What was there before is restored; machines that were made are given back."
        },
        footerHeading = "%nExample:%n",
        footer = "  ashlar down examples/etcd")
final class DownCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();
    @Mixin private RunOptions run = new RunOptions();

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Cluster checked = Loading.cluster(options.request(cluster), terminal);
        terminal.say(Headline.of(checked.composition()));
        if (checked.state().isEmpty() || nothingStands(checked)) {
            terminal.say("Nothing to do: nothing of it is on record");
            return ExitCode.DONE.code();
        }
        try (Acting acting = Loading.act(checked.folder());
                Workshop workshop = Workshop.of(acting, checked)) {
            terminal.say(
                    "Takes back " + acting.past().standing().size() + " steps from the record.");
            Approval.seek(
                    terminal,
                    run,
                    checked.composition(),
                    acting.past().standing().keySet().stream().map(key -> "  - " + key).toList());
            RunResult result =
                    new Runner(
                                    acting,
                                    checked.graph(),
                                    workshop.executor(),
                                    terminal,
                                    run.mode(),
                                    run.parallel())
                            .down(workshop.wholeNodes());
            if (!output.isHuman()) {
                terminal.data(Documents.run(result));
            }
            return Ending.tell(terminal, output.isHuman(), result, "down", checked);
        }
    }

    private static boolean nothingStands(Cluster cluster) {
        return cluster.past().standing().isEmpty()
                && cluster.past().leftovers().isEmpty()
                && cluster.past().interruptions().isEmpty();
    }
}
