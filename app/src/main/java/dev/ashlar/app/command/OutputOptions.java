package dev.ashlar.app.command;

import dev.ashlar.app.document.DocumentFile;
import dev.ashlar.app.document.Documents;
import dev.ashlar.app.execution.TimeLimit;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.shell.Observer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/// How a command speaks: the same on every verb.
final class OutputOptions {
    /// What standard output carries.
    enum Format {
        human,
        json,
        ndjson
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "human (default), json, or ndjson: a run's events too.")
    private Format format = Format.human;

    @Option(names = "--json", description = "Short for --output json.")
    private boolean json;

    @Option(
            names = "--json-into",
            paramLabel = "FILE",
            description = "Write the JSON document to a file too.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--no-color", description = "No colour; NO_COLOR says the same.")
    private boolean noColour;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say only what went wrong.")
    private boolean quiet;

    @Option(
            names = "--progress",
            paramLabel = "MODE",
            description = "auto (default), tree, plain or none.")
    private String progress = System.getenv().getOrDefault("ASHLAR_PROGRESS", "auto");

    @Option(names = "--debug", description = "Show the stack of a bug.")
    private boolean debug;

    private TimeLimit limit = TimeLimit.none();
    private Optional<DocumentFile> target = Optional.empty();

    Format format() {
        return json ? Format.json : format;
    }

    /// What a run's changes are told to: standard output, a line each, where that was asked for.
    Observer events(Terminal terminal) {
        return format() == Format.ndjson
                ? tell -> terminal.data(Documents.event(tell, Clock.systemUTC().millis()))
                : _ -> {};
    }

    boolean isHuman() {
        return format() == Format.human;
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean debug() {
        return debug;
    }

    /// The process's streams; stops with exit code 3 when the document could not be written to the
    /// file that was asked for, so that nothing is begun whose result would be lost.
    Terminal terminal() {
        target = file.map(path -> FileTarget.at("--json-into", path));
        return Terminal.ofProcess(noColour, quiet, mode());
    }

    private ProgressMode mode() {
        try {
            return ProgressMode.valueOf(progress.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --progress, or ASHLAR_PROGRESS, wants auto, tree, plain or none, found \""
                            + progress
                            + "\"");
        }
    }

    boolean wantsDocument() {
        return !isHuman() || file.isPresent();
    }

    /// From now on the command has this limit, which never cuts a document in the middle.
    TimeLimit within(TimeLimit given) {
        limit = given;
        return given;
    }

    /// What was to be bounded has ended: what it came to is told whole.
    void settle() {
        limit.settle();
    }

    /// Hands the document to who asked for it: standard output, a file, both or neither.
    void document(Terminal terminal, Supplier<String> document) {
        handOver(terminal, document)
                .ifPresent(stop -> {
                    throw stop;
                });
    }

    /// The same where something has been done, whose exit code is given and stays, unless the file
    /// is all that went wrong.
    ///
    /// @return the command's exit code
    int document(Terminal terminal, int code, Supplier<String> document) {
        Optional<CommandStop> stop = handOver(terminal, document);
        stop.ifPresent(one -> one.lines().forEach(terminal::warn));
        return code == ExitCode.DONE.code()
                ? stop.map(one -> one.code().code()).orElse(code)
                : code;
    }

    private Optional<CommandStop> handOver(Terminal terminal, Supplier<String> document) {
        if (!wantsDocument()) {
            return Optional.empty();
        }
        String text = document.get();
        return limit.undivided(() -> {
            if (!isHuman()) {
                terminal.data(text);
            }
            return target.flatMap(to -> FileTarget.attempt(to, text));
        });
    }
}
