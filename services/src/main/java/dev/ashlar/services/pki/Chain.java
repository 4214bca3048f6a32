package dev.ashlar.services.pki;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// An authority's own certificate and those by which it stands, each signed by the next, the last
/// by itself: one alone where the authority is its own root. Immutable.
///
/// @param certificates its own first
/// @param lists what is revoked of those above it, as they have signed it
record Chain(List<X509Certificate> certificates, List<X509CRL> lists) {
    Chain {
        certificates = List.copyOf(certificates);
        lists = List.copyOf(lists);
    }

    static Chain of(X509Certificate root) {
        return new Chain(List.of(root), List.of());
    }

    /// As [#text] has written it.
    ///
    /// @throws GeneralSecurityException when it is something else
    static Chain parse(String pem) throws GeneralSecurityException {
        List<X509Certificate> certificates = Pem.certificates(pem);
        if (certificates.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return new Chain(certificates, Pem.lists(pem));
    }

    /// What leads from a key's certificate to a root, of several certificates in any order: of
    /// several ways one that does, of several certificates of the key that which ends last. Empty
    /// where none is for the key; as far as they lead where the root is not among them.
    static Optional<Chain> from(PublicKey key, List<X509Certificate> some, List<X509CRL> lists) {
        return some.stream()
                .filter(one -> one.getPublicKey().equals(key))
                .sorted(Comparator.comparing(X509Certificate::getNotAfter).reversed())
                .map(own -> new Chain(way(own, some), lists))
                .reduce((best, next) -> best.isWhole() || !next.isWhole() ? best : next);
    }

    /// The shortest, each certificate being looked at once.
    private static List<X509Certificate> way(X509Certificate own, List<X509Certificate> some) {
        Map<X509Certificate, X509Certificate> below = new HashMap<>();
        Deque<X509Certificate> reached = new ArrayDeque<>(List.of(own));
        X509Certificate last = own;
        while (!reached.isEmpty()) {
            last = reached.removeFirst();
            if (isSigned(last, last)) {
                break;
            }
            for (X509Certificate above : some) {
                if (!above.equals(own) && !below.containsKey(above) && isSigned(last, above)) {
                    below.put(above, last);
                    reached.addLast(above);
                }
            }
        }
        List<X509Certificate> way = new ArrayList<>(List.of(last));
        while (below.containsKey(way.getLast())) {
            way.add(below.get(way.getLast()));
        }
        return way.reversed();
    }

    /// True where one certificate was signed with the key of another, and names it.
    static boolean isSigned(X509Certificate one, X509Certificate by) {
        try {
            if (!one.getIssuerX500Principal().equals(by.getSubjectX500Principal())) {
                return false;
            }
            one.verify(by.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    X509Certificate own() {
        return certificates.getFirst();
    }

    X509Certificate root() {
        return certificates.getLast();
    }

    /// True where whoever believes the one believes the other: a key above both, whatever
    /// certificate it has there.
    boolean isOfOneRoot(Chain other) {
        return !Collections.disjoint(above(), other.above());
    }

    private Set<PublicKey> above() {
        return certificates.stream()
                .skip(isAlone() ? 0 : 1)
                .map(X509Certificate::getPublicKey)
                .collect(Collectors.toSet());
    }

    /// True of an authority that is its own root.
    boolean isAlone() {
        return certificates.size() == 1;
    }

    /// True where the last is a root.
    boolean isWhole() {
        return isSigned(root(), root());
    }

    /// What whoever shows a certificate of it shows with that, as those who check it may know the
    /// root alone.
    List<X509Certificate> between() {
        return certificates.subList(0, certificates.size() - 1);
    }

    /// When the first of them ends, and all that stands by it.
    Instant until() {
        return certificates.stream()
                .map(one -> one.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// When the first of the lists is over, which some who check take for an end of all.
    Optional<Instant> listsUntil() {
        return lists.stream()
                .flatMap(list -> Optional.ofNullable(list.getNextUpdate()).stream())
                .map(java.util.Date::toInstant)
                .min(Comparator.naturalOrder());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(Pem.of(certificates));
        lists.forEach(one -> text.append(Pem.of(one)));
        return text.toString();
    }
}
