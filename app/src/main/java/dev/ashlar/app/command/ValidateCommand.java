package dev.ashlar.app.command;

import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.Loaded;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Check a cluster's files as a whole; report every problem at once. Touches no machine.",
        footerHeading = "%nExamples:%n",
        footer = {"  ashlar validate examples/etcd", "  ashlar validate --json examples/etcd"})
final class ValidateCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = output.terminal();
        Loaded loaded = Loading.loadThoroughly(options.request(cluster));
        if (output.isHuman()) {
            if (!loaded.diagnostics().isEmpty()) {
                terminal.data(Loading.render(loaded, terminal));
            }
            loaded.composition()
                    .ifPresent(c -> terminal.say(Headline.of(c) + ": the files are right"));
        }
        output.document(terminal, () -> Documents.diagnostics(loaded.diagnostics()));
        return loaded.composition().isPresent() ? ExitCode.DONE.code() : ExitCode.INVALID.code();
    }
}
