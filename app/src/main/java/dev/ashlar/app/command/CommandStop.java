package dev.ashlar.app.command;

import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.List;

/// Ends a command early with an exit code and what to say. The root command turns it into output;
/// nothing else catches it but who has more to say of it.
final class CommandStop extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final transient List<String> lines;

    CommandStop(ExitCode code, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.code = code;
        this.lines = List.copyOf(lines);
    }

    CommandStop(ExitCode code, String line) {
        this(code, List.of(line));
    }

    /// What has failed, and what helps.
    static CommandStop of(Failure failure) {
        List<String> lines = new ArrayList<>(List.of("error: " + failure.message()));
        failure.hint().ifPresent(hint -> lines.add("  help: " + hint));
        return new CommandStop(ExitCode.of(List.of(failure)), lines);
    }

    ExitCode code() {
        return code;
    }

    List<String> lines() {
        return lines;
    }
}
