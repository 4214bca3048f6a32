package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import java.util.List;
import java.util.Optional;

/// A one-time token that was given out for the machine of a node: the first machine that shows a
/// host key which the token has certified is the node.
///
/// @param given how it was given
/// @param ended the word on the node's machine that ended it: by it, or by a person meanwhile
public record Invitation(Judged given, Optional<Judged> ended) {

    /// The word that a token was given out for the machine of a node.
    ///
    /// @param token its public half
    public static Judged word(
            String node, HostKey token, String reason, String who, long atMs, long untilMs) {
        return new Judged(
                node,
                Verdict.INVITED,
                List.of(token),
                reason,
                who,
                atMs,
                Optional.of(untilMs),
                Optional.empty());
    }

    /// The word that a machine has come by it, where that counts ([Verdicts#admits]).
    ///
    /// @param key that of the machine
    /// @param who asked it
    public Judged proven(HostKey key, String reason, String who, long atMs) {
        return new Judged(
                given.node(),
                Verdict.APPROVED,
                List.of(key),
                reason,
                who,
                atMs,
                Optional.empty(),
                Optional.of(token()));
    }

    /// Whose certificate the machine is to show.
    public HostKey token() {
        return given.keys().getFirst();
    }

    public long untilMs() {
        return given.untilMs().orElse(given.atMs());
    }

    /// True while nothing has ended it but, perhaps, its time.
    public boolean isPending() {
        return ended.isEmpty();
    }

    /// True while a machine can still come by it.
    public boolean isOpen(long nowMs) {
        return isPending() && nowMs < untilMs();
    }
}
