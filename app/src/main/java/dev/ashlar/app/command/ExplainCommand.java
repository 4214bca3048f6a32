package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.pack.Version;
import dev.ashlar.language.source.Library;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ServiceFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        description =
                "Explain an error code, a resource kind, a function, a component, the facts of nodes, or"
                        + " the exit codes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar explain ASH0111",
            "  ashlar explain file",
            "  ashlar explain pki/certificate",
            "  ashlar explain etcd/member examples/etcd",
            "  ashlar explain etcd/member@1.1 examples/etcd",
            "  ashlar explain facts",
            "  ashlar explain exit-codes",
            "  ashlar explain --json pki/certificate"
        })
final class ExplainCommand implements Callable<Integer> {
    @Mixin private OutputOptions output = new OutputOptions();

    @Mixin private ClusterOptions options = new ClusterOptions();

    @Parameters(index = "0", paramLabel = "WHAT", description = "What to explain.")
    private String what = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLUSTER",
            description = "For a component: a cluster that uses it.")
    private Optional<Path> cluster = Optional.empty();

    @Override
    public Integer call() {
        Terminal terminal = output.terminal();
        Topic topic =
                problem()
                        .or(() -> ResourceKind.of(what).map(Topic.Kind::new))
                        .or(() -> ServiceFunction.of(what).map(Topic.Function::new))
                        .or(this::facts)
                        .or(this::exitCodes)
                        .or(() -> what.contains("/") ? component(terminal) : Optional.empty())
                        .orElseThrow(this::unknown);
        if (output.isHuman()) {
            terminal.data(TopicText.of(topic));
        }
        output.document(terminal, () -> TopicDocument.of(topic));
        return ExitCode.DONE.code();
    }

    private Optional<Topic> problem() {
        return Arrays.stream(Code.values())
                .filter(code -> code.name().equals(what.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(code -> {
                    Path page = Home.folder().resolve("docs/errors/" + code + ".md");
                    try {
                        return new Topic.Problem(code, Files.readString(page));
                    } catch (IOException _) {
                        return new Topic.Problem(code, code + ": " + code.title());
                    }
                });
    }

    private Optional<Topic> facts() {
        return what.equals("facts") ? Optional.of(new Topic.Facts()) : Optional.empty();
    }

    private Optional<Topic> exitCodes() {
        return what.equals("exit-codes") ? Optional.of(new Topic.ExitCodes()) : Optional.empty();
    }

    /// Of several versions in use the newest, or the newest of those that `@VERSION` says.
    private Optional<Topic> component(Terminal terminal) {
        String reference = Library.packOf(what);
        Optional<String> version = Library.versionOf(what);
        return Loading.cluster(options.request(cluster), output, terminal)
                .composition()
                .uses()
                .values()
                .stream()
                .filter(use -> use.component().reference().equals(reference))
                .filter(use -> version(use).isOneOf(version))
                .max(Comparator.comparing(ExplainCommand::version))
                .map(Topic.Component::of);
    }

    private static Version version(UseSpec use) {
        return new Version(use.component().version());
    }

    private CommandStop unknown() {
        String kinds =
                String.join(
                        ", ",
                        Arrays.stream(ResourceKind.values()).map(ResourceKind::word).toList());
        return new CommandStop(
                ExitCode.INVALID,
                List.of(
                        "error: nothing is called \"" + what + "\"",
                        "  help: an error code (ASH0111), exit-codes, facts, pki/certificate, a component"
                                + " that the cluster uses (etcd/member), or one of "
                                + kinds));
    }
}
