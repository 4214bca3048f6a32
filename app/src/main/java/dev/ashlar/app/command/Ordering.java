package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.app.cluster.PkiRecord.Certificate;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What whoever types a command orders of authorities, as it goes on record.
///
/// @param reason one line; may be empty
record Ordering(String reason, Instant at) {

    /// About all of an authority.
    AuthorityOrdered of(String authority, Order order) {
        return of(authority, order, new TreeMap<>());
    }

    /// About certificates: one for each authority.
    List<AuthorityOrdered> of(List<Certificate> certificates, Order order) {
        List<AuthorityOrdered> orders = new ArrayList<>();
        PkiRecord.byAuthority(certificates)
                .forEach((authority, named) -> orders.add(of(authority, order, named)));
        return orders;
    }

    private AuthorityOrdered of(
            String authority, Order order, SortedMap<String, String> certificates) {
        return new AuthorityOrdered(
                authority, order, certificates, reason, Operator.name(), at.toEpochMilli());
    }
}
