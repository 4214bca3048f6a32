package dev.ashlar.services.pki;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A certificate that an authority has issued, as its ledger has it.
///
/// @param authority the authority's name
/// @param generation of the authority's certificates the one that issued it, from 1
/// @param serial in hexadecimal, as openssl prints it in lower case
/// @param instance the step that asked for it, such as `kv.certificate@store-1`
/// @param node where its key is; empty for the controller
/// @param subject its common name
/// @param names DNS names and addresses
/// @param usage `server`, `client` or `peer`
/// @param keySha256 of its public key
public record CertificateEntry(
        String authority,
        int generation,
        String serial,
        String instance,
        Optional<String> node,
        String subject,
        List<String> names,
        String usage,
        String keySha256,
        Instant from,
        Instant until) {
    /// This part of its life is kept in reserve: in it another is made.
    private static final int RESERVE = 3;

    public CertificateEntry {
        names = List.copyOf(names);
    }

    /// True when it is time for another.
    public boolean isDue(Instant now) {
        return isDue(from, until, now);
    }

    /// True of what holds from one time until another when a third of that or less is left.
    static boolean isDue(Instant from, Instant until, Instant now) {
        Duration life = Duration.between(from, until);
        return Duration.between(now, until).multipliedBy(RESERVE).compareTo(life) <= 0;
    }

    /// True when nobody takes it any more, whatever is on a list.
    public boolean isOver(Instant now) {
        return now.isAfter(until);
    }
}
