package dev.ashlar.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The completion script for fish, from the same description of the command line that the parser
/// works by.
final class FishCompletion {
    private static final String HEAD =
            """
            # Completion of ashlar for fish: `ashlar completion fish | source`

            # True when the words typed so far that are no options begin with these.
            function __ashlar_in
                set -l words (__ashlar_words)
                test (count $words) -ge (count $argv)
                and test "$words[1..$(count $argv)]" = "$argv"
            end

            # True when they are these and no more.
            function __ashlar_at
                test "$(__ashlar_words)" = "$argv"
            end

            function __ashlar_words
                set -l words (commandline -opc)
                set -e words[1]
                string match -v -- '-*' $words
            end

            complete -c ashlar -f
            """;

    private final StringBuilder script = new StringBuilder(HEAD);

    private FishCompletion() {}

    static String of(CommandSpec root) {
        FishCompletion completion = new FishCompletion();
        completion.options(root, "__ashlar_at");
        completion.verbs(root, List.of(""));
        return completion.script.toString();
    }

    /// The verbs below a command, and what each of them takes.
    ///
    /// @param paths the words that lead to the command, one text for each of its names
    private void verbs(CommandSpec command, List<String> paths) {
        for (CommandLine verb : new LinkedHashSet<>(command.subcommands().values())) {
            CommandSpec spec = verb.getCommandSpec();
            String about = " -d " + quoted(first(spec.usageMessage().description()));
            List<String> below = new ArrayList<>();
            for (String path : paths) {
                for (String name : spec.names()) {
                    line("__ashlar_at" + path, "-a " + quoted(name) + about);
                    below.add(path + " " + name);
                }
            }
            for (String path : below) {
                options(spec, "__ashlar_in" + path);
                positionals(spec, "__ashlar_in" + path);
            }
            verbs(spec, below);
        }
    }

    private void options(CommandSpec command, String where) {
        for (OptionSpec option : command.options()) {
            StringBuilder words = new StringBuilder();
            for (String name : option.names()) {
                words.append(name.startsWith("--") ? "-l " : "-s ");
                words.append(name.replaceFirst("^--?", "")).append(' ');
            }
            if (option.arity().min() > 0) {
                words.append(value(option)).append(' ');
            }
            line(where, words + "-d " + quoted(first(option.description())));
        }
    }

    private void positionals(CommandSpec command, String where) {
        for (PositionalParamSpec positional : command.positionalParameters()) {
            if (isPath(positional)) {
                line(where, "-F");
            } else if (!candidates(positional).isEmpty()) {
                line(where, "-a " + quoted(candidates(positional)));
            }
        }
    }

    /// What may follow an option: a file, one of some words, or what only the person knows.
    private static String value(OptionSpec option) {
        if (isPath(option)) {
            return "-r -F";
        }
        String words = candidates(option);
        return words.isEmpty() ? "-x" : "-x -a " + quoted(words);
    }

    private static boolean isPath(ArgSpec argument) {
        return argument.typeInfo().getType() == Path.class
                || argument.typeInfo().getAuxiliaryTypes()[0] == Path.class;
    }

    private static String candidates(ArgSpec argument) {
        Iterable<String> given = argument.completionCandidates();
        return given == null ? "" : String.join(" ", given);
    }

    private void line(String where, String words) {
        script.append("complete -c ashlar -n ").append(quoted(where));
        script.append(' ').append(words).append('\n');
    }

    private static String first(String[] lines) {
        return lines.length == 0 ? "" : lines[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
