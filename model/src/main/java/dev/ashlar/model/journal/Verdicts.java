package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.model.node.HostKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What people have made of the machines that stand for nodes, oldest first. A machine is known by
/// its host keys. Immutable.
public record Verdicts(List<Judged> all) {
    public static final Verdicts NONE = new Verdicts(List.of());

    public Verdicts {
        all = List.copyOf(all);
    }

    /// With one more.
    public Verdicts with(Judged last) {
        List<Judged> more = new ArrayList<>(all);
        more.add(last);
        return new Verdicts(more);
    }

    /// The last word on who stands for a node. An invitation is none.
    public Optional<Judged> on(String node) {
        return words(all.reversed()).filter(one -> one.node().equals(node)).findFirst();
    }

    /// The last invitation of a node, and what has become of it.
    public Optional<Invitation> invitation(String node) {
        for (int at = all.size() - 1; at >= 0; at--) {
            Judged one = all.get(at);
            if (one.verdict() == Verdict.INVITED && one.node().equals(node)) {
                Optional<Judged> ended =
                        words(all.subList(at, all.size()))
                                .filter(word -> word.node().equals(node))
                                .findFirst();
                return Optional.of(new Invitation(one, ended));
            }
        }
        return Optional.empty();
    }

    /// Whether a word would count where it came next: one by a token does while that is the last
    /// that was given for the node, nothing has been said of the node since, its time is not over,
    /// and the machine is not revoked; any other does. Whoever puts a word on record asks this
    /// while nobody else can.
    public boolean admits(Judged word) {
        if (word.token().isEmpty()) {
            return true;
        }
        Optional<HostKey> open =
                invitation(word.node())
                        .filter(one -> one.isOpen(word.atMs()))
                        .map(Invitation::token);
        return open.equals(word.token()) && bar(word.node(), word.keys()).isEmpty();
    }

    private static Stream<Judged> words(List<Judged> some) {
        return some.stream().filter(one -> one.verdict() != Verdict.INVITED);
    }

    /// The keys that a node's machine was approved by, where that is the last word.
    public List<HostKey> approved(String node) {
        return on(node).filter(one -> one.verdict() == Verdict.APPROVED)
                .map(Judged::keys)
                .orElse(List.of());
    }

    /// Why a machine is not to be trusted: one of its keys was revoked, for whatever node, and has
    /// not been approved since.
    public Optional<Judged> revocation(Collection<HostKey> keys) {
        return keys.stream().flatMap(key -> revocation(key).stream()).findFirst();
    }

    /// Why a machine cannot come by a token, whatever key it shows: one of its keys was revoked, or
    /// the node was when no key of its machine was known, so that this may be the one.
    public Optional<Judged> bar(String node, Collection<HostKey> keys) {
        return revocation(keys)
                .or(() ->
                        on(node).filter(word -> word.verdict() == Verdict.REVOKED)
                                .filter(word -> word.keys().isEmpty()));
    }

    private Optional<Judged> revocation(HostKey key) {
        return words(all.reversed())
                .filter(one -> one.keys().contains(key))
                .findFirst()
                .filter(one -> one.verdict() == Verdict.REVOKED);
    }
}
