package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.PkiRecord.Certificate;
import dev.ashlar.app.cluster.PkiRecord.Use;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.text.Words;
import dev.ashlar.services.pki.CertificateEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Puts certificates on the lists of what is revoked: on record at once, with everybody by the next
/// `up`.
///
/// @param renews whether whoever loses one that way is to get another, with another key
record Revoking(Terminal terminal, Cluster cluster, String reason, boolean renews) {
    private static final int MOST_NAMED = 4;

    /// Those of these that are not on a list yet are from now on. Both that and what comes in their
    /// place are on record in one piece.
    void revoke(Acting acting, List<Certificate> chosen) {
        List<Certificate> fresh = chosen.stream().filter(one -> one.use() != Use.REVOKED).toList();
        Ordering ordering = new Ordering(reason, Instant.now());
        List<AuthorityOrdered> orders = new ArrayList<>(ordering.of(fresh, Order.REVOKE));
        if (renews) {
            orders.addAll(ordering.of(chosen, Order.RENEW));
        }
        acting.journal().append(List.copyOf(orders));
        orders.forEach(acting.past()::apply);
        fresh.stream()
                .map(Certificate::entry)
                .forEach(one ->
                        terminal.say(
                                "%s of %s is revoked (%s)"
                                        .formatted(one.serial(), one.instance(), one.authority())));
        if (fresh.isEmpty()) {
            terminal.say("They are revoked already");
        }
        tellWhatFollows(acting, chosen);
    }

    private void tellWhatFollows(Acting acting, List<Certificate> chosen) {
        List<String> barred =
                chosen.stream()
                        .map(Certificate::entry)
                        .filter(one ->
                                acting.past()
                                        .authorities()
                                        .of(one.authority())
                                        .isBarred(one.instance()))
                        .map(CertificateEntry::instance)
                        .distinct()
                        .toList();
        terminal.say(
                renews
                        ? "  help: `ashlar up` brings the list to everybody, and another certificate, with another key, to whose it was"
                        : "  help: `ashlar up` brings the list to everybody, one after the other");
        if (!barred.isEmpty()) {
            terminal.say(
                    "  help: no other is issued for %s before `ashlar pki renew` says so by name"
                            .formatted(Words.some(barred, MOST_NAMED)));
        }
    }

    /// All that a node has or had and that somebody still would take.
    ///
    /// @return false where another command acts, and nothing was revoked
    boolean ofNode(String node) {
        if (PkiCommand.record(cluster, Instant.now()).at(node).stream()
                .allMatch(one -> one.use() == Use.REVOKED)) {
            return true;
        }
        switch (Acting.take(cluster.folder())) {
            case Acting.Attempt.Held _ -> {
                terminal.warn("warning: its certificates are not revoked: another command acts");
                terminal.warn(
                        "  help: `ashlar pki revoke @" + node + "` does it once that has ended");
                return false;
            }
            case Acting.Attempt.Granted(Acting acting) -> {
                try (acting) {
                    revoke(acting, PkiCommand.record(cluster.with(acting), Instant.now()).at(node));
                }
                return true;
            }
        }
    }
}
