package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.app.terminal.Times;
import dev.ashlar.services.pki.Intermediates;
import dev.ashlar.services.pki.Intermediates.Outcome.Accepted;
import dev.ashlar.services.pki.Intermediates.Outcome.Refused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "accept",
        description = {
            "Take in the certificate that another authority has signed for what `ashlar pki request`",
            "asks, with those above it up to the root, in any order (PEM). Nobody is shown it yet:",
            "`ashlar pki rotate` puts it in the place of the one there is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cat signed.pem root.pem | ashlar pki accept kv-peers - examples/etcd",
            "  ashlar pki rotate kv-peers examples/etcd"
        })
final class PkiAcceptCommand implements Callable<Integer> {
    private static final String AS_TEXT = "`openssl x509 -inform der -in FILE` makes text of it";
    private static final int MOST_BYTES = 1 << 20;

    @Mixin private PkiCommand.Reading of = new PkiCommand.Reading();

    @Option(
            names = "--shared-root",
            description =
                    "Take it though another authority stands by the same root: then whoever believes the one believes the other.")
    private boolean isShared;

    @Parameters(index = "0", paramLabel = "AUTHORITY", description = "The authority's name.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "FILE",
            description = "The certificates; - is standard input.")
    private Path file = Path.of("-");

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "Folder or file.")
    private Optional<Path> path = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = of.output().terminal();
        Cluster cluster = of.cluster(terminal, path);
        String pem = GivenText.read(file, MOST_BYTES, AS_TEXT);
        try (Acting acting = Loading.act(cluster.folder())) {
            Intermediates intermediates = of.intermediates(cluster, acting, name);
            switch (intermediates.accept(name, pem, isShared, Instant.now())) {
                case Refused(List<String> problems) -> throw refused(problems);
                case Accepted(String subject, String root, Instant until, List<String> alike) -> {
                    terminal.say(
                            "%s stands by %s, until %s"
                                    .formatted(subject, root, Times.at(until.toEpochMilli())));
                    alike.forEach(earlier ->
                            terminal.warn(
                                    "warning: whoever believes %s goes on believing %s: where the key of that has leaked, another root is wanted"
                                            .formatted(root, earlier)));
                    terminal.say("  help: " + next(acting, intermediates));
                }
            }
            return of.told(terminal, cluster.with(acting), "accept", name);
        } catch (IOException e) {
            throw PkiCommand.unusable(e);
        }
    }

    private String next(Acting acting, Intermediates intermediates) {
        String rotate = "`ashlar pki rotate %s`".formatted(name);
        if (acting.past().authorities().of(name).generations().isOverlapping()) {
            return rotate + " ends what it has begun; once more, it puts this in the place of that";
        }
        return intermediates.isReplacing(name)
                ? rotate + " puts it in the place of the one there is"
                : "the first `ashlar up` that asks for a certificate of %s uses it".formatted(name);
    }

    private CommandStop refused(List<String> problems) {
        List<String> lines = new ArrayList<>();
        String given = file.toString().equals("-") ? "standard input" : file.toString();
        problems.forEach(problem -> lines.add("error: " + given + ": " + problem));
        lines.add(
                "  help: `ashlar pki request %s` prints what is to be signed; nothing was changed"
                        .formatted(name));
        return new CommandStop(ExitCode.INVALID, lines);
    }
}
