package dev.ashlar.app.command;

import dev.ashlar.app.execution.LostNodesException;
import dev.ashlar.app.execution.Version;
import dev.ashlar.app.terminal.StandardOutput;
import dev.ashlar.model.text.Plain;
import dev.ashlar.store.StoreException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The root of the command line.
@Command(
        name = "ashlar",
        mixinStandardHelpOptions = true,
        version = Version.TEXT,
        synopsisSubcommandLabel = "COMMAND",
        description = "Composes real clusters on real machines out of small typed steps.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ashlar up examples/etcd          build the cluster, or bring it up to date",
            "  ashlar plan examples/etcd        what would run, and why",
            "  ashlar why kv.run@store-1 examples/etcd",
            "  ashlar down examples/etcd        take it all back",
        })
public final class AshlarCommand {

    /// Runs the process's command line and returns its exit code. A result that did not arrive is
    /// none.
    public static int runProcess(String[] arguments) {
        int code = run(arguments);
        Optional<String> trouble = StandardOutput.trouble();
        trouble.ifPresent(
                why -> System.err.println("error: standard output takes nothing: " + why));
        return trouble.isPresent() && code == ExitCode.DONE.code() ? ExitCode.INVALID.code() : code;
    }

    /// Runs a command line and returns its exit code. Never throws.
    public static int run(String[] arguments) {
        CommandLine line = new CommandLine(new AshlarCommand());
        Verb.in(arguments).forEach(verb -> verb.addTo(line));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedSubcommandsAllowed(false);
        // A word of a command for nodes that begins with @ is that word.
        line.setExpandAtFiles(false);
        line.setUsageHelpLongOptionsMaxWidth(28);
        withHelp(line);
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(
                        Arrays.stream(ExitCode.values())
                                .collect(
                                        Collectors.toMap(
                                                code -> Integer.toString(code.code()),
                                                ExitCode::meaning,
                                                (first, _) -> first,
                                                LinkedHashMap::new)));
        line.setExitCodeExceptionMapper(failure ->
                (failure instanceof ParameterException ? ExitCode.INVALID : ExitCode.BUG).code());
        line.setExecutionExceptionHandler(
                (exception, command, _) -> handle(exception, command, arguments));
        return line.execute(arguments);
    }

    /// Every verb, also those below `lab`, knows `--help`.
    private static void withHelp(CommandLine line) {
        for (CommandLine verb : line.getSubcommands().values()) {
            if (verb.getCommandSpec().findOption("--help") == null) {
                verb.getCommandSpec()
                        .addOption(
                                OptionSpec.builder("-h", "--help")
                                        .usageHelp(true)
                                        .description("Show this help.")
                                        .build());
            }
            withHelp(verb);
        }
    }

    private static int handle(Exception exception, CommandLine command, String[] arguments) {
        PrintWriter err = command.getErr();
        if (exception instanceof CommandStop stop) {
            stop.lines().stream().map(Plain::text).forEach(err::println);
            return stop.code().code();
        }
        if (exception instanceof LostNodesException lost) {
            err.println(Plain.text("error: " + lost.failure().message() + "; nothing was touched"));
            return ExitCode.NOT_MINE.code();
        }
        if (exception instanceof StoreException store) {
            err.println(Plain.text("error: " + store.getMessage()));
            return code(store).code();
        }
        err.println(Plain.text("error: this is a bug in Ashlar: " + exception));
        if (Arrays.asList(arguments).contains("--debug")) {
            exception.printStackTrace(err);
        } else {
            err.println("  help: --debug shows where");
        }
        return ExitCode.BUG.code();
    }

    private static ExitCode code(StoreException store) {
        return switch (store.kind()) {
            case FORBIDDEN -> ExitCode.NOT_ALLOWED;
            case UNFIT -> ExitCode.INVALID;
            case DAMAGED, FOREIGN, NEWER, OTHER_WRITER, DISK -> ExitCode.NOT_MINE;
        };
    }
}
