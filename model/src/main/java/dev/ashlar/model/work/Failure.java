package dev.ashlar.model.work;

import dev.ashlar.model.identity.InstanceKey;
import java.util.List;
import java.util.Optional;

/// Why something failed, as a value.
///
/// @param kind what happened, a stable word: `exit-code`, `timeout`, `host-key`, `unreachable`,
///   `output-missing` …
/// @param fault whose fault it is
/// @param lasting false when trying again may help
/// @param message one sentence, naming what was found
/// @param command what was being run, if anything
/// @param exitCode of the command
/// @param lastOutput the last lines it printed, at most 10, without control characters
/// @param hint what a person can do
public record Failure(
        String kind,
        Fault fault,
        boolean lasting,
        String message,
        Optional<String> command,
        Optional<Integer> exitCode,
        List<String> lastOutput,
        Optional<String> hint) {

    private static final String STOPPED = "stopped";
    private static final String UNFIT = "unfit-node";
    private static final String REVOKED = "certificate-revoked";

    /// Whose fault a failure is: decides the exit code and whom the message addresses.
    public enum Fault {
        /// What the person wrote: a script, a value.
        USER,
        /// The machine or the way to it.
        NODE,
        /// The place: its provider, mirror, proxy.
        SITE,
        /// Who may do what, and who is who: a host key that is not the pinned one, a refused login,
        /// missing rights.
        ACCESS,
        /// The state that acts: another has acted on the node since, or it is another cluster's.
        STATE,
        /// Ashlar itself.
        BUG
    }

    public Failure {
        lastOutput = List.copyOf(lastOutput);
    }

    /// A failure that trying again will not mend.
    public static Failure lasting(String kind, Fault fault, String message) {
        return new Failure(
                kind,
                fault,
                true,
                message,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// A failure that may pass.
    public static Failure passing(String kind, Fault fault, String message) {
        return new Failure(
                kind,
                fault,
                false,
                message,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /// Work was stopped because a person wanted that.
    public static Failure stop() {
        return passing(STOPPED, Fault.USER, "stopped on request");
    }

    /// True of [#stop].
    public boolean isStop() {
        return kind.equals(STOPPED);
    }

    /// There is no value because of what the node is, as it said when it was asked for its facts.
    public static Failure unfit(String message) {
        return lasting(UNFIT, Fault.USER, message)
                .withHint(
                        "Have a node in its place that fits; where this one has been changed since,"
                                + " `ashlar up --verify` asks it again");
    }

    /// The certificate that an instance had was revoked, and nobody has ordered another.
    public static Failure barred(InstanceKey instance) {
        return lasting(
                        REVOKED,
                        Fault.ACCESS,
                        "the certificate of %s was revoked".formatted(instance))
                .withHint(
                        "`ashlar pki renew %s` has another made, with another key; or take the node out of the files"
                                .formatted(instance));
    }

    /// True of [#unfit] and of what is [#barred]: no other node has to wait for it to be mended.
    public boolean isUnfit() {
        return kind.equals(UNFIT) || kind.equals(REVOKED);
    }

    /// In one line: the message, and the last thing that was printed where that says why.
    public String told() {
        return lastOutput.isEmpty() ? message : message + ": " + lastOutput.getLast();
    }

    public Failure withMessage(String words) {
        return new Failure(kind, fault, lasting, words, command, exitCode, lastOutput, hint);
    }

    public Failure withHint(String words) {
        return new Failure(
                kind, fault, lasting, message, command, exitCode, lastOutput, Optional.of(words));
    }

    public Failure withCommand(String words, int code, List<String> lines) {
        return new Failure(
                kind, fault, lasting, message, Optional.of(words), Optional.of(code), lines, hint);
    }
}
