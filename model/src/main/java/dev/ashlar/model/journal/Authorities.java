package dev.ashlar.model.journal;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has been ordered of a cluster's authorities, oldest first. Immutable.
public final class Authorities {
    public static final Authorities NONE = new Authorities(List.of());

    private final List<AuthorityOrdered> all;
    private final Map<String, AuthorityStanding> standings;

    public Authorities(List<AuthorityOrdered> all) {
        this.all = List.copyOf(all);
        Map<String, AuthorityStanding> standings = new LinkedHashMap<>();
        this.all.forEach(one ->
                standings.merge(
                        one.authority(),
                        AuthorityStanding.NEW.with(one),
                        (before, _) -> before.with(one)));
        this.standings = Collections.unmodifiableMap(standings);
    }

    /// With one more.
    public Authorities with(AuthorityOrdered last) {
        List<AuthorityOrdered> more = new ArrayList<>(all);
        more.add(last);
        return new Authorities(more);
    }

    public List<AuthorityOrdered> all() {
        return all;
    }

    /// What an authority has come to.
    public AuthorityStanding of(String authority) {
        return standings.getOrDefault(authority, AuthorityStanding.NEW);
    }

    /// What an instance has to bring about with an authority, beside what its step says: a text
    /// that is another one after each order that is about it; empty before the first.
    public Optional<String> wantedOf(String authority, InstanceKey instance) {
        return of(authority).wantedOf(instance.toString());
    }

    /// The authorities that are being replaced, by name.
    public List<String> overlapping() {
        return standings.entrySet().stream()
                .filter(one -> one.getValue().generations().isOverlapping())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// The last order.
    public Optional<AuthorityOrdered> last() {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }
}
