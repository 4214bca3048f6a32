package dev.ashlar.app.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;

/// What was typed without an option, told apart by `--`: what comes after it is somebody else's
/// command, whose words are data.
///
/// @param before the verb's own
/// @param command empty when there is none
record CommandWords(List<String> before, List<String> command) {
    private static final String DASHES = "--";

    /// What stands for bytes that are no text.
    private static final char UNREADABLE = '\ufffd';

    /// Of what may be a cluster or the word of a command: no word of those is refused for being no
    /// path where this process runs.
    static final class AnyPath implements ITypeConverter<Path> {
        @Override
        public Path convert(String word) {
            try {
                return Path.of(word);
            } catch (InvalidPathException _) {
                return Path.of("?");
            }
        }
    }

    CommandWords {
        before = List.copyOf(before);
        command = List.copyOf(command);
    }

    /// Stops with exit code 3 where a word of the command did not arrive as it was typed.
    ///
    /// @param positionals all of them, as the verb got them
    static CommandWords of(CommandSpec verb, List<?> positionals) {
        List<String> typed = verb.root().commandLine().getParseResult().originalArgs();
        int dashes = typed.indexOf(DASHES);
        List<String> command = dashes < 0 ? List.of() : typed.subList(dashes + 1, typed.size());
        if (command.stream().anyMatch(word -> word.indexOf(UNREADABLE) >= 0)) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: a word of the command is no text in the locale of this process",
                            "  help: LC_ALL=C.UTF-8 takes every character"));
        }
        return new CommandWords(
                positionals.stream()
                        .limit(positionals.size() - command.size())
                        .map(String::valueOf)
                        .toList(),
                command);
    }

    /// The cluster, at this place before the dashes. It is the last: what follows is refused with
    /// exit code 3, as a command for which the dashes were forgotten.
    Optional<Path> cluster(int place) {
        if (before.size() > place + 1) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    List.of(
                            "error: one word too many: \"" + before.get(place + 1) + "\"",
                            "  help: a command comes after --"));
        }
        return before.stream().skip(place).findFirst().map(Path::of);
    }
}
