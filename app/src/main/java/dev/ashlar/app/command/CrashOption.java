package dev.ashlar.app.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/// After which record the controller of a simulation dies.
final class CrashOption {
    private static final String EACH = "each";

    @Option(
            names = "--crash-after",
            paramLabel = "N|each",
            description =
                    "The controller dies when so many records have become durable, and the same command goes on; `each` plays that for one record after the other.")
    private Optional<String> given = Optional.empty();

    /// True where one record after the other is meant.
    boolean isEach() {
        return given.filter(EACH::equals).isPresent();
    }

    /// A record that is named; empty where none is, and where each is meant. Stops with exit code 3
    /// where it is neither a number from 1 nor `each`.
    Optional<Integer> record() {
        return given.filter(text -> !text.equals(EACH)).map(CrashOption::number);
    }

    private static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --crash-after wants a number from 1 or `each`, found \"" + text + "\"");
        }
        return Integer.parseInt(text);
    }

    /// As it may be typed; empty where none is named.
    static String words(Optional<Integer> record) {
        return record.map(number -> "--crash-after " + number).orElse("");
    }
}
