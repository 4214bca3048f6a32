package dev.ashlar.nodes.execute;

import dev.ashlar.model.text.Plain;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.resource.ResourceRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Failures with stable kinds out of what nodes say.
final class Failures {
    private static final int LINES = 10;

    /// Trying again may help; whether it is tried is the step's `retries` to say.
    private static final Set<String> PASSING =
            Set.of("download", "content", "exit-code", "service-failed");

    private static final Set<String> OF_NODE =
            Set.of("disk-full", "read-only", "no-systemd", "no-package-manager");
    private static final Set<String> OF_SITE = Set.of("download");
    private static final Set<String> OF_ACCESS = Set.of("signature");

    /// How the kind ends with which a package manager is waited for in vain, such as `apt-lock`.
    private static final String LOCK = "-lock";

    private static final String LOCK_HINT =
            "Something else installs packages there, often unattended upgrades: wait for it or end it. A longer `timeout` of the step waits longer, two minutes at most.";

    private Failures() {}

    static Failure timeout(Duration after) {
        return Failure.passing(
                "timeout",
                Fault.USER,
                "did not end within " + after.toSeconds() + " s and was ended");
    }

    static Failure refused(String why) {
        return ShellChannel.diskTrouble(why)
                .orElseGet(() -> Failure.passing("node-state", Fault.NODE, Plain.line(why)));
    }

    static Failure lost(String node) {
        return Failure.passing(
                "line-lost", Fault.NODE, "the line to " + node + " was lost in the middle");
    }

    static Failure exit(String command, int code, String log) {
        return Failure.passing("exit-code", Fault.USER, command + " ended with exit code " + code)
                .withCommand(command, code, lastLines(log));
    }

    static Failure script(String file, int code, String log) {
        Failure failure = exit(file, code, log);
        return failure.withMessage(failure.message() + whereEnded(code));
    }

    /// Where in it a person's script ended, as far as its exit code tells: what a signal ended may
    /// be the script itself.
    private static String whereEnded(int code) {
        return code > 0 && code < 128 ? ", at a command that failed or an `exit`" : "";
    }

    /// The script removed the folder on the node in which its outcome would have been.
    static Failure gone(String folder) {
        return Failure.lasting(
                        "folder-removed",
                        Fault.USER,
                        "removed the folder it works in, and its outcome with it: "
                                + Plain.line(folder))
                .withHint("What a script may write to is the file that `$ASHLAR_OUTPUT` names.");
    }

    static Failure left(String processes, String log) {
        String named =
                String.join(
                        ", ",
                        processes
                                .strip()
                                .lines()
                                .map(l -> l.replaceFirst("^[0-9]+ ", ""))
                                .distinct()
                                .toList());
        return new Failure(
                "left-processes",
                Fault.USER,
                true,
                "left processes running, which were ended: " + Plain.line(named),
                Optional.empty(),
                Optional.empty(),
                lastLines(log),
                Optional.of("What is to keep running is a unit: use a `service` resource."));
    }

    /// @param log what its whole program printed, a person's command among it
    static Failure of(String title, ResourceRecord record, String log) {
        String kind = record.field("kind");
        boolean locked = kind.endsWith(LOCK);
        Fault fault =
                locked || OF_NODE.contains(kind)
                        ? Fault.NODE
                        : OF_SITE.contains(kind)
                                ? Fault.SITE
                                : OF_ACCESS.contains(kind) ? Fault.ACCESS : Fault.USER;
        String code = record.field("code");
        boolean isOfPerson = !record.field("person").isEmpty();
        String where = isOfPerson && !code.isEmpty() ? whereEnded(Integer.parseInt(code)) : "";
        return new Failure(
                kind,
                fault,
                !locked && !PASSING.contains(kind),
                title + ": " + Plain.line(record.field("message")) + where,
                record.field("command").isEmpty()
                        ? Optional.empty()
                        : Optional.of(Plain.line(record.field("command"))),
                code.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(code)),
                lastLines(isOfPerson ? log : record.field("said")),
                locked ? Optional.of(LOCK_HINT) : Optional.empty());
    }

    /// The last lines of a log without escape sequences and other control characters.
    static List<String> lastLines(String log) {
        List<String> lines = log.lines().map(Plain::line).filter(l -> !l.isBlank()).toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
    }
}
