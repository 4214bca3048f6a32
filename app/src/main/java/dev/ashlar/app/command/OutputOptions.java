package dev.ashlar.app.command;

import dev.ashlar.app.document.Documents;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.shell.Observer;
import java.time.Clock;
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

    @Option(names = "--no-color", description = "No colour; NO_COLOR says the same.")
    private boolean noColour;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say only what went wrong.")
    private boolean quiet;

    @Option(names = "--debug", description = "Show the stack of a bug.")
    private boolean debug;

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

    boolean debug() {
        return debug;
    }

    Terminal terminal() {
        return Terminal.ofProcess(noColour, quiet);
    }
}
