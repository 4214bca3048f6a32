package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.NodeRow;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.execution.Census;
import dev.ashlar.app.execution.Ruling;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.journal.Invitation;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.HostKeyScan;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A person judges the machine of a node: what is approved is what the machine shows, and no more
/// than the person has seen.
///
/// @param reason one line; may be empty
record Judging(Terminal terminal, Cluster cluster, Census census, NodeRow entry, String reason) {
    private static final String NOTHING = "nothing was changed";
    private static final String GONE_BY = "; the command that acts on the cluster goes by it";
    private static final String NOTED = "; the command that acts on the cluster has it on record";
    private static final String FINGERPRINT = "SHA256:[A-Za-z0-9+/]{43}";

    /// The keys that are to be approved; none where the machine is trusted by one it shows. Stops
    /// with exit code 4 where it cannot be asked, 5 where nobody says which key is its own, 6 where
    /// it shows another than was said.
    List<HostKey> toApprove(List<String> fingerprints) {
        refuseMalformed(fingerprints);
        List<HostKey> shown = shown();
        refuseMissing(fingerprints, shown);
        String node = entry.node();
        if (!entry.isRevoked() && entry.hostKeys().stream().anyMatch(shown::contains)) {
            terminal.say(node + " is trusted already: " + entry.by());
            return List.of();
        }
        if (!entry.isRevoked() && entry.vouched() && entry.hostKeys().isEmpty()) {
            terminal.say(node + " is " + entry.by() + ": no key of it is to be approved");
            return List.of();
        }
        if (!entry.isRevoked() && entry.vouched()) {
            throw stop(
                    ExitCode.NOT_ALLOWED,
                    shown,
                    "error: %s shows none of the host keys that it is %s with"
                            .formatted(node, entry.by()),
                    "  help: its site says which keys it has: where it was made anew, they are corrected there");
        }
        List<HostKey> meant =
                fingerprints.isEmpty()
                        ? shown
                        : shown.stream()
                                .filter(key -> fingerprints.contains(key.fingerprint()))
                                .toList();
        warnOfRevoked(meant);
        if (fingerprints.isEmpty()) {
            ask(shown);
        }
        return meant;
    }

    private static void refuseMalformed(List<String> fingerprints) {
        for (String fingerprint : fingerprints) {
            if (!fingerprint.matches(FINGERPRINT)) {
                throw new CommandStop(
                        ExitCode.INVALID,
                        List.of(
                                "error: --fingerprint wants SHA256: and 43 characters, found \"%s\""
                                        .formatted(fingerprint),
                                "  help: `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` prints it on the machine"));
            }
        }
    }

    /// What was revoked under another name comes back under this one.
    private void warnOfRevoked(List<HostKey> keys) {
        for (HostKey key : keys) {
            census.revocation(key)
                    .ifPresent(word ->
                            terminal.warn(
                                    "warning: %s was %s, as that of %s"
                                            .formatted(
                                                    key.fingerprint(), word.title(), word.node())));
        }
    }

    private List<HostKey> shown() {
        return switch (census.shown(entry)) {
            case HostKeyScan.Outcome.Shown(List<HostKey> keys) when !keys.isEmpty() -> keys;
            case HostKeyScan.Outcome.Shown _ ->
                    throw new CommandStop(
                            ExitCode.NODE_OR_SITE,
                            "error: "
                                    + entry.node()
                                    + " shows no host key of a kind that is known here");
            case HostKeyScan.Outcome.Unseen(Failure failure) -> throw CommandStop.of(failure);
        };
    }

    private void refuseMissing(List<String> fingerprints, List<HostKey> shown) {
        List<String> there = shown.stream().map(HostKey::fingerprint).toList();
        Optional<String> missing =
                fingerprints.stream().filter(wanted -> !there.contains(wanted)).findFirst();
        if (missing.isPresent()) {
            throw stop(
                    ExitCode.NOT_ALLOWED,
                    shown,
                    "error: %s does not show %s; nothing was approved"
                            .formatted(entry.node(), missing.get()),
                    "  help: something else may answer at its address, or the fingerprint is another machine's");
        }
    }

    private void ask(List<HostKey> shown) {
        if (!terminal.isInteractive()) {
            throw stop(
                    ExitCode.WAITING,
                    shown,
                    "waits for approval: nobody says which host key is that of " + entry.node(),
                    "  help: --fingerprint SHA256:... says it, as the machine's own console has it");
        }
        lines(shown).forEach(terminal::warn);
        if (!Consent.saysYes(terminal, "Does its own console show the same?")) {
            throw new CommandStop(ExitCode.WAITING, NOTHING);
        }
    }

    private List<String> lines(List<HostKey> shown) {
        List<String> lines = new ArrayList<>();
        lines.add(entry.node() + " shows");
        shown.forEach(key -> lines.add("  " + key.listed()));
        return lines;
    }

    private CommandStop stop(ExitCode code, List<HostKey> shown, String error, String help) {
        List<String> lines = new ArrayList<>(List.of(error));
        lines(shown).forEach(line -> lines.add("  " + line));
        lines.add(help);
        return new CommandStop(code, lines);
    }

    /// Stops with exit code 5 unless a person says yes.
    void askToRevoke() {
        Consent.ask(terminal, "Cut " + entry.node() + " off?", entry.node() + " would be cut off");
    }

    /// Durable when it returns; stops with exit code 7 where who acts on the cluster does not take
    /// it.
    void pass(Verdict verdict, List<HostKey> keys) throws InterruptedException {
        enter(new Judged(entry.node(), verdict, keys, reason, Operator.name(), now()), GONE_BY);
    }

    /// The same of a token that was made for the machine.
    void invite(HostKey token, long untilMs) throws InterruptedException {
        enter(Invitation.word(entry.node(), token, reason, Operator.name(), now(), untilMs), NOTED);
    }

    private static long now() {
        return Clock.systemUTC().millis();
    }

    /// @param byAnother what to tell where the command that acts has entered it
    private void enter(Judged judged, String byAnother) throws InterruptedException {
        String told =
                switch (Ruling.enter(cluster.folder(), judged)) {
                    case HERE -> "";
                    case BY_ANOTHER -> byAnother;
                    case OVERTAKEN ->
                            throw new IllegalStateException("only what a token proves can be late");
                    case NOT ->
                            throw new CommandStop(
                                    ExitCode.NOT_MINE,
                                    List.of(
                                            "error: the command that acts on this cluster does not listen; nothing is on record",
                                            "  help: one that waits for an answer, compares or adopts listens to nobody: end it, and say this again"));
                };
        terminal.say(entry.node() + " is " + judged.title() + told);
        judged.keys().forEach(key -> terminal.say("  " + key.listed()));
    }
}
