package dev.ashlar.model.journal;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.journal.JournalRecord.Order;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What has been ordered of a cluster's authorities, oldest first, and what became of it.
/// Immutable; equal to what the same records come to.
public final class Authorities {
    public static final Authorities NONE = new Authorities(List.of(), Map.of(), 0);

    private final List<AuthorityOrdered> all;
    private final Map<String, Integer> freed;
    private final int broughtAbout;
    private final Map<String, AuthorityStanding> standings;

    /// @param freed instances that were taken back while they were barred, each with how many
    ///   orders there were by then: what comes under that name later is another one
    /// @param broughtAbout how many of the orders, from the first, everything stands by
    public Authorities(List<AuthorityOrdered> all, Map<String, Integer> freed, int broughtAbout) {
        this.all = List.copyOf(all);
        this.broughtAbout = broughtAbout;
        this.freed = Collections.unmodifiableMap(new LinkedHashMap<>(freed));
        Map<String, AuthorityStanding> standings = new LinkedHashMap<>();
        for (int i = 0; i < this.all.size(); i++) {
            int before = i;
            AuthorityOrdered one = this.all.get(i);
            AuthorityStanding standing =
                    standings.getOrDefault(one.authority(), AuthorityStanding.NEW);
            standings.put(
                    one.authority(),
                    standing.with(one, key -> freed.getOrDefault(key, 0) > before));
        }
        this.standings = Collections.unmodifiableMap(standings);
    }

    /// With one more.
    public Authorities with(AuthorityOrdered last) {
        List<AuthorityOrdered> more = new ArrayList<>(all);
        more.add(last);
        return new Authorities(more, freed, broughtAbout);
    }

    /// After an instance was taken back.
    public Authorities takenBack(InstanceKey instance) {
        String key = instance.toString();
        if (standings.values().stream().noneMatch(one -> one.isBarred(key))) {
            return this;
        }
        Map<String, Integer> more = new LinkedHashMap<>(freed);
        more.put(key, all.size());
        return new Authorities(all, more, broughtAbout);
    }

    /// After a run. It began after the last order, for whoever orders has the right to act.
    ///
    /// @param whole what it was for, where it did everything there was to do
    public Authorities after(Optional<Purpose> whole) {
        return whole.filter(what -> what == Purpose.UP || what == Purpose.DOWN).isPresent()
                ? new Authorities(all, freed, all.size())
                : this;
    }

    /// Those that no such run has come after, by their place on record, whatever clocks said.
    public List<AuthorityOrdered> unfinished() {
        return all.subList(broughtAbout, all.size());
    }

    /// True where one of these is another in the place of what an instance has of an authority, and
    /// that was not revoked since.
    public boolean isBeingRenewed(String authority, InstanceKey instance) {
        return !isBarred(authority, instance)
                && unfinished().stream()
                        .filter(one -> one.order() == Order.RENEW)
                        .filter(one -> one.authority().equals(authority))
                        .anyMatch(one -> one.certificates().containsValue(instance.toString()));
    }

    public List<AuthorityOrdered> all() {
        return all;
    }

    /// What was taken back while it was barred, each with how many orders there were by then.
    public Map<String, Integer> freed() {
        return freed;
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

    /// True of an instance that gets nothing of an authority.
    public boolean isBarred(String authority, InstanceKey instance) {
        return of(authority).isBarred(instance.toString());
    }

    /// The authorities that are being replaced, by name.
    public List<String> overlapping() {
        return standings.entrySet().stream()
                .filter(one -> one.getValue().generations().isOverlapping())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Authorities those
                && all.equals(those.all)
                && freed.equals(those.freed)
                && broughtAbout == those.broughtAbout;
    }

    @Override
    public int hashCode() {
        return Objects.hash(all, freed, broughtAbout);
    }
}
