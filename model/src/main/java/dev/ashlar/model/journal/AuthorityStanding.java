package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import dev.ashlar.model.text.Words;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/// What the orders for one authority have come to. Immutable.
///
/// @param edition how often what everybody is given of the authority has become another
/// @param told what made it the present edition
/// @param revoked what is on the list, by serial, in the order in which it came there
/// @param superseded serials of certificates in whose place another is wanted
/// @param renewed instances from which another certificate was wanted, each with when that was
///   ordered last
/// @param generations which of its own certificates there are
/// @param barred instances a certificate of which was revoked, of which no other has been ordered
///   since, and that were not taken back
public record AuthorityStanding(
        int edition,
        String told,
        SequencedMap<String, Revocation> revoked,
        Set<String> superseded,
        Map<String, Long> renewed,
        Set<String> barred,
        Generations generations) {
    private static final int MOST_NAMED = 3;

    static final AuthorityStanding NEW =
            new AuthorityStanding(
                    0, "", new LinkedHashMap<>(), Set.of(), Map.of(), Set.of(), Generations.FIRST);

    public AuthorityStanding {
        revoked = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(revoked));
        superseded = Collections.unmodifiableSet(new LinkedHashSet<>(superseded));
        renewed = Collections.unmodifiableMap(new LinkedHashMap<>(renewed));
        barred = Collections.unmodifiableSet(new LinkedHashSet<>(barred));
    }

    /// Which of an authority's own certificates are believed, by their numbers, and which issues.
    public record Generations(int oldest, int issuing, int newest) {
        static final Generations FIRST = new Generations(1, 1, 1);

        /// True while more than one is believed.
        public boolean isOverlapping() {
            return oldest < newest;
        }

        /// True while the one that goes still issues.
        public boolean isIssuingOld() {
            return issuing < newest;
        }

        private Generations beside() {
            return new Generations(oldest, issuing, newest + 1);
        }

        private Generations handedOver() {
            return new Generations(oldest, newest, newest);
        }

        private Generations retired() {
            return new Generations(newest, newest, newest);
        }
    }

    /// A certificate that nobody is to take any more.
    public record Revocation(String instance, String reason, long atMs) {}

    /// @param isFreed true of an instance that was taken back since
    AuthorityStanding with(AuthorityOrdered one, Predicate<String> isFreed) {
        return switch (one.order()) {
            case RENEW -> renewing(one);
            case REVOKE -> revoking(one, isFreed);
            case LIST -> next("its list of what is revoked is made anew");
            case BESIDE ->
                    with(generations.beside())
                            .next("another certificate of its own is believed beside it");
            case HAND_OVER -> with(generations.handedOver()).next("the other one issues");
            case RETIRE -> with(generations.retired()).next("the one before is not believed");
        };
    }

    private AuthorityStanding with(Generations next) {
        return new AuthorityStanding(edition, told, revoked, superseded, renewed, barred, next);
    }

    private AuthorityStanding next(String why) {
        return new AuthorityStanding(
                edition + 1, why, revoked, superseded, renewed, barred, generations);
    }

    private AuthorityStanding renewing(AuthorityOrdered one) {
        Set<String> superseded = new LinkedHashSet<>(this.superseded);
        superseded.addAll(one.certificates().keySet());
        Map<String, Long> renewed = new LinkedHashMap<>(this.renewed);
        Set<String> barred = new LinkedHashSet<>(this.barred);
        one.certificates()
                .values()
                .forEach(instance -> {
                    renewed.put(instance, one.atMs());
                    barred.remove(instance);
                });
        return new AuthorityStanding(
                edition, told, revoked, superseded, renewed, barred, generations);
    }

    private AuthorityStanding revoking(AuthorityOrdered one, Predicate<String> isFreed) {
        SequencedMap<String, Revocation> revoked = new LinkedHashMap<>(this.revoked);
        Set<String> barred = new LinkedHashSet<>(this.barred);
        one.certificates()
                .forEach((serial, instance) -> {
                    revoked.putIfAbsent(serial, new Revocation(instance, one.reason(), one.atMs()));
                    barred.add(instance);
                });
        barred.removeIf(isFreed);
        String whose =
                Words.some(
                        List.copyOf(new LinkedHashSet<>(one.certificates().values())), MOST_NAMED);
        return new AuthorityStanding(
                        edition, told, revoked, superseded, renewed, barred, generations)
                .next("revoked of " + whose);
    }

    /// True of a certificate that does not do any more, whatever it says.
    public boolean isSuperseded(String serial) {
        return superseded.contains(serial) || revoked.containsKey(serial);
    }

    /// True of an instance that gets no other certificate: one of its own was revoked, and no other
    /// has been ordered since. Whether the last one is on record does not matter: a crash after it
    /// was issued lifts no bar.
    public boolean isBarred(String instance) {
        return barred.contains(instance);
    }

    Optional<String> wantedOf(String instance) {
        Optional<String> renewal =
                Optional.ofNullable(renewed.get(instance))
                        .map(atMs ->
                                "another certificate, asked for at " + Instant.ofEpochMilli(atMs));
        Optional<String> shared =
                Optional.of(told)
                        .filter(_ -> edition > 0)
                        .map(why -> "edition " + edition + ", " + why);
        return shared.map(words -> renewal.map(own -> own + "; " + words).orElse(words))
                .or(() -> renewal);
    }
}
