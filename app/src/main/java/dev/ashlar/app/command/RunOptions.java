package dev.ashlar.app.command;

import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.engine.run.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/// How a run is carried out.
final class RunOptions {
    /// Leaves the word after a bare `--yes` to be the cluster: only `--yes=CLUSTER` names one.
    static final class OnlyAttached implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments,
                CommandSpec command,
                ArgSpec option,
                Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push("yes");
            }
            return false;
        }
    }

    @Option(
            names = "--yes",
            arity = "0..1",
            fallbackValue = "yes",
            preprocessor = OnlyAttached.class,
            paramLabel = "CLUSTER",
            description = "Do not ask.")
    private String yes = "";

    @Option(names = "--no-input", description = "Never ask: stop with exit code 5 instead.")
    private boolean noInput;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            description = "auto (default), tree, plain or none.")
    private String progress = System.getenv().getOrDefault("ASHLAR_PROGRESS", "auto");

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How much is carried out at once (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + Settings.DEFAULT_PARALLEL)
    private int parallel = Settings.DEFAULT_PARALLEL;

    boolean saysYes(String cluster) {
        return yes.equals("yes") || yes.equals(cluster);
    }

    boolean mayAsk() {
        return !noInput && !"0".equals(System.getenv("ASHLAR_INPUT"));
    }

    int parallel() {
        if (parallel < 1) {
            throw new CommandStop(ExitCode.INVALID, "error: --parallel wants a number from 1");
        }
        return parallel;
    }

    ProgressMode mode() {
        try {
            return ProgressMode.valueOf(progress.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --progress wants auto, tree, plain or none, found \""
                            + progress
                            + "\"");
        }
    }
}
