package dev.ashlar.app.command;

import dev.ashlar.app.document.GraphDocument;
import dev.ashlar.app.terminal.PictureText;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.WidthView;
import dev.ashlar.engine.picture.Picture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Draw a cluster: its uses and their steps, who reads what of whom, and what holds when.",
            "Reads files and record; touches no machine."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar graph examples/etcd                             Mermaid, as in Markdown",
            "  ashlar graph --draw dot examples/etcd | dot -Tsvg      with Graphviz",
            "  ashlar graph --widths examples/etcd                    what passes in and out of each step"
        })
final class GraphCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();
    @Mixin private ClusterOptions options = new ClusterOptions();

    /// Lower case, as on the command line.
    enum Language {
        mermaid(PictureText.MERMAID),
        dot(PictureText.DOT);

        private final PictureText text;

        Language(PictureText text) {
            this.text = text;
        }
    }

    @Option(names = "--draw", paramLabel = "LANGUAGE", description = "mermaid (default) or dot.")
    private Language language = Language.mermaid;

    @Option(
            names = "--widths",
            description = "Print how many values each step reads and produces, and which are read.")
    private boolean widths;

    @Parameters(arity = "0..1", paramLabel = "CLUSTER", description = "Folder or file.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        Picture picture =
                Picture.of(
                        Loading.cluster(options.request(cluster), output, terminal).composition());
        if (output.isHuman()) {
            (widths ? WidthView.lines(picture) : language.text.lines(picture))
                    .forEach(terminal::data);
        }
        return output.document(terminal, ExitCode.DONE.code(), () -> GraphDocument.of(picture));
    }
}
