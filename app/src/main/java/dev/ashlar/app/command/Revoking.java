package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.cluster.PkiRecord.Certificate;
import dev.ashlar.app.cluster.PkiRecord.Use;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.text.Plain;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Puts certificates on the lists of what is revoked: on record at once, with everybody by the next
/// `up`.
record Revoking(Terminal terminal, Cluster cluster, String reason) {

    /// Those of these that are not on a list yet are from now on.
    void revoke(Acting acting, List<Certificate> chosen) {
        SortedMap<String, SortedMap<String, String>> byAuthority = new TreeMap<>();
        for (Certificate one : chosen) {
            if (one.use() != Use.REVOKED) {
                byAuthority
                        .computeIfAbsent(one.entry().authority(), _ -> new TreeMap<>())
                        .put(one.entry().serial(), one.entry().instance());
            }
        }
        byAuthority.forEach((name, certificates) -> {
            AuthorityOrdered order =
                    new AuthorityOrdered(
                            name,
                            Order.REVOKE,
                            certificates,
                            Plain.line(reason),
                            Operator.name(),
                            Instant.now().toEpochMilli());
            acting.journal().append(List.of(order));
            acting.past().apply(order);
            certificates.forEach((serial, instance) ->
                    terminal.say("%s of %s is revoked (%s)".formatted(serial, instance, name)));
        });
        if (byAuthority.isEmpty()) {
            terminal.say("They are revoked already");
        } else {
            terminal.say("  help: `ashlar up` brings the list to everybody, one after the other");
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
