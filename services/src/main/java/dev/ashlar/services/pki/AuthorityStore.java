package dev.ashlar.services.pki;

import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.AuthorityStanding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// A cluster's authorities on disk, `NAME/key.pem` and `NAME/certificate.pem`, later ones in
/// `NAME/2/`, and what each has issued, `NAME/issued`. An authority is made when it is first asked
/// for, whole or not at all; two processes that make it at once get the same one. Safe for use by
/// many threads.
public final class AuthorityStore {
    private final Path folder;
    private final String cluster;
    private final InstantSource clock;
    private final Supplier<Authorities> orders;
    private final Map<String, Authority> known = new HashMap<>();
    private final Map<String, Ledger> ledgers = new HashMap<>();
    private final Map<String, String> lists = new HashMap<>();
    private RevokedKeys revokedKeys = new RevokedKeys(Authorities.NONE, Set.of());

    /// @param folder where they lie; only its owner can enter it
    /// @param cluster the organisation in their names
    public AuthorityStore(Path folder, String cluster, InstantSource clock) {
        this(folder, cluster, clock, () -> Authorities.NONE);
    }

    /// @param folder where they lie; only its owner can enter it
    /// @param cluster the organisation in their names
    /// @param orders what has been ordered of them; the same while a run goes on
    public AuthorityStore(
            Path folder, String cluster, InstantSource clock, Supplier<Authorities> orders) {
        this.folder = folder;
        this.cluster = cluster;
        this.clock = clock;
        this.orders = orders;
    }

    /// What has been ordered of an authority.
    AuthorityStanding standing(String name) {
        return orders.get().of(name);
    }

    /// The certificate of an authority that issues, made when there is none.
    ///
    /// @throws IOException when it cannot be made, or what is there cannot be read
    synchronized Authority authority(String name) throws IOException {
        return generation(name, standing(name).generations().issuing());
    }

    /// Those of an authority's certificates that are believed, the one that issues first.
    synchronized List<Authority> believed(String name) throws IOException {
        AuthorityStanding.Generations numbers = standing(name).generations();
        List<Authority> believed = new ArrayList<>();
        believed.add(authority(name));
        for (int number = numbers.newest(); number >= numbers.oldest(); number--) {
            if (number != numbers.issuing()) {
                believed.add(generation(name, number));
            }
        }
        return believed;
    }

    /// The newest is made where there is none; an older one that is missing has been lost.
    private Authority generation(String name, int number) throws IOException {
        Authority held = known.get(name + "/" + number);
        if (held != null) {
            return held;
        }
        Path place = folder.resolve(name);
        if (!Generations.isThere(place, number)
                && number == standing(name).generations().newest()) {
            Generations.make(place, cluster, number, clock.instant());
        }
        Authority authority = Generations.read(place, number);
        known.put(name + "/" + number, authority);
        return authority;
    }

    /// True of a key that a revoked certificate is for, of whichever authority: it may be known to
    /// others.
    synchronized boolean isRevokedKey(String sha256) throws IOException {
        Authorities now = orders.get();
        if (!revokedKeys.ordered().equals(now)) {
            revokedKeys = new RevokedKeys(now, revokedKeys(now));
        }
        return revokedKeys.sha256().contains(sha256);
    }

    /// Found once for as long as the orders are the same: what they revoke was entered before.
    private record RevokedKeys(Authorities ordered, Set<String> sha256) {}

    private Set<String> revokedKeys(Authorities ordered) throws IOException {
        Set<String> keys = new HashSet<>();
        for (String name : AuthorityFacts.names(folder)) {
            Set<String> revoked = ordered.of(name).revoked().keySet();
            if (!revoked.isEmpty()) {
                Ledger.entries(folder.resolve(name), name).stream()
                        .filter(entry -> revoked.contains(entry.serial()))
                        .forEach(entry -> keys.add(entry.keySha256()));
            }
        }
        return keys;
    }

    /// What of an authority is revoked, as everybody is given it: the same text while its edition
    /// is.
    synchronized String revoked(String name) throws IOException {
        AuthorityStanding standing = standing(name);
        String edition = name + "/" + standing.edition();
        String held = lists.get(edition);
        if (held == null) {
            held =
                    RevocationList.of(
                            folder.resolve(name), standing, believed(name), clock.instant());
            lists.put(edition, held);
        }
        return held;
    }

    /// Puts down what is about to be given out, or is out already.
    ///
    /// @throws IOException when it is not on disk: then it must not be given to anybody
    synchronized void enter(CertificateEntry entry) throws IOException {
        ledgers.computeIfAbsent(entry.authority(), name -> new Ledger(folder.resolve(name), name))
                .enter(entry);
    }
}
