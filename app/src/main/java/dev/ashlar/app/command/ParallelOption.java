package dev.ashlar.app.command;

import dev.ashlar.engine.run.Settings;
import picocli.CommandLine.Option;

/// How much is carried out at once.
final class ParallelOption {
    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How much is carried out at once (default: ${DEFAULT-VALUE}).",
            defaultValue = "" + Settings.DEFAULT_PARALLEL)
    private int parallel = Settings.DEFAULT_PARALLEL;

    /// Stops with exit code 3 where it is none.
    int value() {
        requirePositive(parallel);
        return parallel;
    }

    /// As it may be typed; empty where it is as if nothing were said.
    String words() {
        return parallel == Settings.DEFAULT_PARALLEL ? "" : "--parallel " + parallel;
    }

    static void requirePositive(int parallel) {
        if (parallel < 1) {
            throw new CommandStop(ExitCode.INVALID, "error: --parallel wants a number from 1");
        }
    }
}
