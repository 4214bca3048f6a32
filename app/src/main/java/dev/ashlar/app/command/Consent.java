package dev.ashlar.app.command;

import dev.ashlar.app.terminal.Terminal;
import java.util.List;
import java.util.Optional;

/// Whether a change may go on: the site says `approve: auto`, `--yes` was given, or a person says
/// yes.
final class Consent {
    private Consent() {}

    /// Stops with exit code 3 when a yes was given for another cluster, whatever the site says.
    static void refuseAnother(RunOptions options, String cluster) {
        Optional<String> another = options.saysYesToAnother(cluster);
        if (another.isPresent()) {
            throw new CommandStop(
                    ExitCode.INVALID,
                    "error: --yes=" + another.get() + " was given, and this is cluster " + cluster);
        }
    }

    /// Returns when it may; stops with exit code 5 when nobody can say so or a person says no.
    ///
    /// @param asking the sites where a person is asked first
    static void seek(
            Terminal terminal,
            RunOptions options,
            String cluster,
            List<String> asking,
            List<String> details) {
        if (asking.isEmpty() || options.saysYes(cluster)) {
            return;
        }
        if (!terminal.isInteractive() || !options.mayAsk()) {
            throw new CommandStop(
                    ExitCode.WAITING,
                    List.of(
                            "waits for approval: " + told(asking) + " anything",
                            "  help: --yes goes on without asking"));
        }
        while (true) {
            String answer = terminal.ask("Go on? [yes / no / details]").orElse("no");
            switch (answer) {
                case "yes", "y" -> {
                    return;
                }
                case "details", "d" -> details.forEach(terminal::warn);
                default -> throw new CommandStop(ExitCode.WAITING, "nothing was changed");
            }
        }
    }

    /// Returns where a person says yes; stops with exit code 5 otherwise.
    ///
    /// @param consequence of a yes, in words that follow a name
    static void ask(Terminal terminal, String question, String consequence) {
        if (!terminal.isInteractive()) {
            throw new CommandStop(
                    ExitCode.WAITING,
                    List.of(
                            "waits for approval: " + consequence,
                            "  help: --yes goes on without asking"));
        }
        if (!saysYes(terminal, question)) {
            throw new CommandStop(ExitCode.WAITING, "nothing was changed");
        }
    }

    static boolean saysYes(Terminal terminal, String question) {
        return terminal.ask(question + " [yes / no]")
                .filter(List.of("yes", "y")::contains)
                .isPresent();
    }

    private static String told(List<String> asking) {
        return asking.size() == 1
                ? "site " + asking.getFirst() + " asks before it changes"
                : "sites " + String.join(", ", asking) + " ask before they change";
    }
}
