package dev.ashlar.app.command;

import dev.ashlar.app.execution.TimeLimit;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.grammar.Literals;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How long a command may take.
final class TimeOptions {
    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "End after this long (90s, 10m, 1h), as Ctrl-C twice does.")
    private Optional<String> timeout = Optional.empty();

    /// Time runs from now on. A command that has not begun a run ends at once when it is over.
    TimeLimit start(Terminal terminal) {
        return timeout.map(text ->
                        TimeLimit.start(duration("--timeout", text), () -> end(terminal, text)))
                .orElseGet(TimeLimit::none);
    }

    private static void end(Terminal terminal, String text) {
        terminal.warn("the time limit of " + text + " is over; the same command starts again");
        System.exit(ExitCode.INTERRUPTED.code());
    }

    /// Stops with exit code 3 where it is none.
    static Duration duration(String option, String text) {
        return Literals.duration(text)
                .filter(Duration::isPositive)
                .orElseThrow(() ->
                        new CommandStop(
                                ExitCode.INVALID,
                                "error: "
                                        + option
                                        + " wants a duration such as 30s, 10m or 1h, found \""
                                        + text
                                        + "\""));
    }
}
