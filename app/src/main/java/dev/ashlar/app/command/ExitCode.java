package dev.ashlar.app.command;

import dev.ashlar.model.work.Failure;
import java.util.Collection;

/// The exit codes: a contract for scripts, stable once released. Where several apply the first of
/// 130, 70, 7, 6, 5, 3, 1, 4 wins.
public enum ExitCode {
    /// Done; nothing to do is done too.
    DONE(0, "done, also when there was nothing to do"),
    FAILED(
            1,
            "the run ended with failed instances, a suite of a pack found something, a simulation did not come to its end or a fault never struck in a campaign, or a command on a node ended with another code than 0"),
    CHANGES(2, "changes exist (only plan --detailed-exitcode, pack docs --check)"),
    INVALID(3, "invalid input; diagnostics were printed"),
    NODE_OR_SITE(4, "every failure is a node's or a site's fault"),
    WAITING(
            5,
            "waits for a person: approval is needed, the word which goal counts, or another cluster does not give out what this one reads"),
    NOT_ALLOWED(
            6,
            "not allowed or not trusted: a host key, a login, sudo, a signature, another user's state, a lab without root"),
    NOT_MINE(
            7,
            "this state may not act: another process holds it or has amended the run, nodes answer to another or have moved on since, it is damaged, another cluster's or a later version's, its disk refuses, or a saved plan is stale"),
    BUG(70, "a bug in Ashlar"),
    INTERRUPTED(130, "interrupted; the same command resumes");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    /// The code for a run that gave way to another process's: whatever failed in it is for that one
    /// to mend, but for a bug.
    public static ExitCode ofAmended(Collection<Failure> failures) {
        return of(failures) == BUG ? BUG : NOT_MINE;
    }

    /// The code for what failed in a run.
    public static ExitCode of(Collection<Failure> failures) {
        if (failures.stream().anyMatch(f -> f.fault() == Failure.Fault.BUG)) {
            return BUG;
        }
        if (failures.stream().anyMatch(f -> f.fault() == Failure.Fault.STATE)) {
            return NOT_MINE;
        }
        if (failures.stream().anyMatch(f -> f.fault() == Failure.Fault.ACCESS)) {
            return NOT_ALLOWED;
        }
        boolean elsewhere =
                !failures.isEmpty()
                        && failures.stream()
                                .allMatch(f ->
                                        f.fault() == Failure.Fault.NODE
                                                || f.fault() == Failure.Fault.SITE);
        return elsewhere ? NODE_OR_SITE : FAILED;
    }
}
