package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        description =
                "Explain an error code, a resource kind, a function, a component, or the exit codes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar explain ASH0111",
            "  ashlar explain file",
            "  ashlar explain pki/certificate",
            "  ashlar explain etcd/member examples/etcd",
            "  ashlar explain exit-codes"
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
        Optional<String> text =
                code().or(() -> ResourceKind.of(what).map(ExplainCommand::kind))
                        .or(() -> ServiceFunction.of(what).map(ExplainCommand::function))
                        .or(() ->
                                what.equals("exit-codes")
                                        ? Optional.of(AshlarCommand.exitCodes())
                                        : Optional.empty())
                        .or(() -> what.contains("/") ? component(terminal) : Optional.empty());
        terminal.data(text.orElseThrow(this::unknown).stripTrailing());
        return ExitCode.DONE.code();
    }

    private Optional<String> code() {
        return Arrays.stream(Code.values())
                .filter(code -> code.name().equals(what.toUpperCase(Locale.ROOT)))
                .findFirst()
                .map(code -> {
                    Path page = Home.folder().resolve("docs/errors/" + code + ".md");
                    try {
                        return Files.readString(page);
                    } catch (IOException _) {
                        return code + ": " + code.title();
                    }
                });
    }

    private Optional<String> component(Terminal terminal) {
        return Loading.cluster(options.request(cluster), output, terminal)
                .composition()
                .uses()
                .values()
                .stream()
                .map(UseSpec::component)
                .filter(component -> component.reference().equals(what))
                .findFirst()
                .map(ComponentText::of);
    }

    private static String kind(ResourceKind kind) {
        return table(kind.word() + ": " + kind.doc(), kind.parameters());
    }

    private static String function(ServiceFunction function) {
        StringBuilder text = new StringBuilder();
        text.append(table(function.word() + ": " + function.doc(), function.parameters()));
        function.outputs()
                .forEach((name, type) ->
                        text.append("  -> ").append(name).append(": ").append(type).append('\n'));
        return text.toString();
    }

    private static String table(String title, List<Parameter> parameters) {
        StringBuilder text = new StringBuilder(title).append('\n');
        for (Parameter parameter : parameters) {
            String need =
                    parameter.required()
                            ? "required"
                            : parameter
                                    .fallback()
                                    .map(f -> "default \"" + f + "\"")
                                    .orElse("optional");
            text.append(
                    String.format(
                            Locale.ROOT,
                            "  %-16s %-14s %-22s %s%n",
                            parameter.name(),
                            parameter.type(),
                            need,
                            parameter.doc()));
        }
        return text.toString();
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
                        "  help: an error code (ASH0111), exit-codes, pki/certificate, a component"
                                + " that the cluster uses (etcd/member), or one of "
                                + kinds));
    }
}
