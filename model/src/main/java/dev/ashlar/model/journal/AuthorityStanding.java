package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.AuthorityOrdered;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the orders for one authority have come to. Immutable.
///
/// @param superseded serials of certificates in whose place another is wanted
/// @param renewed instances from which another certificate was wanted, each with when that was
///   ordered last
public record AuthorityStanding(Set<String> superseded, Map<String, Long> renewed) {
    static final AuthorityStanding NEW = new AuthorityStanding(Set.of(), Map.of());

    public AuthorityStanding {
        superseded = Collections.unmodifiableSet(new HashSet<>(superseded));
        renewed = Collections.unmodifiableMap(new HashMap<>(renewed));
    }

    AuthorityStanding with(AuthorityOrdered one) {
        return switch (one.order()) {
            case RENEW -> renewing(one);
        };
    }

    private AuthorityStanding renewing(AuthorityOrdered one) {
        Set<String> superseded = new HashSet<>(this.superseded);
        superseded.addAll(one.certificates().keySet());
        Map<String, Long> renewed = new HashMap<>(this.renewed);
        one.certificates().values().forEach(instance -> renewed.put(instance, one.atMs()));
        return new AuthorityStanding(superseded, renewed);
    }

    /// True of a certificate that does not do any more, whatever it says.
    public boolean isSuperseded(String serial) {
        return superseded.contains(serial);
    }

    Optional<String> wantedOf(String instance) {
        return Optional.ofNullable(renewed.get(instance))
                .map(atMs -> "another certificate, asked for at " + Instant.ofEpochMilli(atMs));
    }
}
