package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Orders;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.AuthorityStanding;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.CertificateEntry;
import dev.ashlar.services.pki.Intermediates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The authorities of a cluster and the certificates that they have issued, as its state has them.
/// Nobody is asked, and no key is read.
///
/// @param orders what has been ordered of the authorities
/// @param certificates that somebody still could use, by authority, oldest first
/// @param asked authorities whose next certificate another one is to sign, each with the root by
///   which it will stand, where that certificate has been accepted
public record PkiRecord(
        List<AuthorityFacts> authorities,
        List<Certificate> certificates,
        Authorities orders,
        SortedMap<String, Optional<String>> asked) {
    /// The output of a step by which its certificate is known.
    private static final String SERIAL = "serial";

    public PkiRecord {
        authorities = List.copyOf(authorities);
        certificates = List.copyOf(certificates);
        asked = Collections.unmodifiableSortedMap(new TreeMap<>(asked));
    }

    /// A certificate that has not ended.
    ///
    /// @param isStanding it is what its step has made last
    /// @param isOwed its step has not brought about what was ordered last
    public record Certificate(CertificateEntry entry, Use use, boolean isStanding, boolean isOwed) {

        /// True of what its step has made last, revoked or not.
        public boolean isInUse() {
            return isStanding;
        }
    }

    /// What has become of a certificate.
    public enum Use {
        /// It is what its step has made last.
        CURRENT,
        /// Another one has come in its place, or its step has been taken back, or was cut short.
        SUPERSEDED,
        /// It is on the list of what is revoked.
        REVOKED
    }

    /// @throws IOException when the authorities cannot be read
    public static PkiRecord of(Cluster cluster, Instant now) throws IOException {
        if (cluster.state().isEmpty()) {
            return new PkiRecord(List.of(), List.of(), Authorities.NONE, new TreeMap<>());
        }
        Path pki = cluster.state().get().pki();
        PkiRecord record = of(AuthorityFacts.in(pki), cluster.past(), now);
        return new PkiRecord(
                record.authorities(),
                record.certificates(),
                record.orders(),
                new Intermediates(pki, cluster.composition().name(), record.orders()).asked());
    }

    static PkiRecord of(List<AuthorityFacts> authorities, Past past, Instant now) {
        Set<String> current = serials(past);
        List<Certificate> certificates = new ArrayList<>();
        for (AuthorityFacts authority : authorities) {
            for (CertificateEntry entry : authority.issued()) {
                if (!entry.isOver(now) || current.contains(entry.serial())) {
                    certificates.add(
                            new Certificate(
                                    entry,
                                    use(entry, current, past),
                                    current.contains(entry.serial()),
                                    isOwed(entry, past)));
                }
            }
        }
        return new PkiRecord(authorities, certificates, past.authorities(), new TreeMap<>());
    }

    private static boolean isOwed(CertificateEntry entry, Past past) {
        return InstanceKey.parse(entry.instance())
                .filter(key -> Orders.isOwed(past, entry.authority(), key))
                .isPresent();
    }

    private static Use use(CertificateEntry entry, Set<String> current, Past past) {
        if (past.authorities().of(entry.authority()).revoked().containsKey(entry.serial())) {
            return Use.REVOKED;
        }
        return current.contains(entry.serial()) ? Use.CURRENT : Use.SUPERSEDED;
    }

    /// The serials of what steps have made last.
    private static Set<String> serials(Past past) {
        return past.standing().values().stream()
                .flatMap(success -> Optional.ofNullable(success.outputs().get(SERIAL)).stream())
                .map(Value::data)
                .filter(Data.Text.class::isInstance)
                .map(data -> ((Data.Text) data).text())
                .collect(Collectors.toSet());
    }

    /// True of one whose instance gets no other.
    public boolean isBarred(Certificate one) {
        return orders.of(one.entry().authority()).isBarred(one.entry().instance());
    }

    public Optional<AuthorityFacts> authority(String name) {
        return authorities.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /// Those that steps have made last.
    public List<Certificate> inUse() {
        return certificates.stream().filter(Certificate::isInUse).toList();
    }

    /// What is done with one of an authority's own certificates: `issues`, `believed` or `retired`.
    public String state(String authority, int generation) {
        AuthorityStanding.Generations numbers = orders.of(authority).generations();
        if (generation == numbers.issuing()) {
            return "issues";
        }
        return generation >= numbers.oldest() && generation <= numbers.newest()
                ? "believed"
                : "retired";
    }

    /// Those whose key is on a node, in use or not.
    public List<Certificate> at(String node) {
        return certificates.stream()
                .filter(one -> one.entry().node().filter(node::equals).isPresent())
                .toList();
    }

    /// The instances that have a certificate and do not stand by what was ordered.
    public List<InstanceKey> owed() {
        return inUse().stream()
                .filter(Certificate::isOwed)
                .flatMap(one -> InstanceKey.parse(one.entry().instance()).stream())
                .toList();
    }

    /// The instances that have a certificate of an authority.
    public List<InstanceKey> holders(String authority) {
        return inUse().stream()
                .filter(one -> one.entry().authority().equals(authority))
                .flatMap(one -> InstanceKey.parse(one.entry().instance()).stream())
                .toList();
    }

    /// These as orders name them: by authority, each serial with its instance.
    public static SortedMap<String, SortedMap<String, String>> byAuthority(
            List<Certificate> certificates) {
        SortedMap<String, SortedMap<String, String>> all = new TreeMap<>();
        for (Certificate one : certificates) {
            all.computeIfAbsent(one.entry().authority(), _ -> new TreeMap<>())
                    .put(one.entry().serial(), one.entry().instance());
        }
        return all;
    }

    /// What is of one authority.
    public PkiRecord of(String authority) {
        return new PkiRecord(
                authority(authority).stream().toList(),
                certificates.stream()
                        .filter(one -> one.entry().authority().equals(authority))
                        .toList(),
                orders,
                asked.containsKey(authority)
                        ? new TreeMap<>(asked.subMap(authority, authority + "\0"))
                        : new TreeMap<>());
    }
}
