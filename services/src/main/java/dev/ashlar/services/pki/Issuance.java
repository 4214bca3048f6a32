package dev.ashlar.services.pki;

import dev.ashlar.model.journal.AuthorityStanding;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.model.work.Work;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// Decides whether a certificate that is in place still does, and issues another where it does not.
final class Issuance {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final AuthorityStore authorities;
    private final InstantSource clock;

    Issuance(AuthorityStore authorities, InstantSource clock) {
        this.authorities = authorities;
        this.clock = clock;
    }

    /// A certificate, whom to believe, and what of that not.
    ///
    /// @param above what is shown with the certificate: those of the authority, where it is not its
    ///   own root
    record Issued(
            X509Certificate certificate,
            List<X509Certificate> above,
            String authority,
            String revoked) {

        /// As it is shown.
        String text() {
            return Pem.of(certificate) + Pem.of(above);
        }

        SequencedMap<String, Value> outputs(
                String certificatePath, String key, String bundle, String list) {
            SequencedMap<String, Value> outputs = new LinkedHashMap<>();
            outputs.put("certificate", Value.text(certificatePath));
            outputs.put("key", Value.text(key));
            outputs.put("authority", Value.text(bundle));
            outputs.put("revocation_list", Value.text(list));
            outputs.put("serial", Value.text(Pem.serial(certificate)));
            outputs.put("not_after", Value.text(certificate.getNotAfter().toInstant().toString()));
            return outputs;
        }
    }

    /// Makes the authority where there is none.
    ///
    /// @throws IOException when it cannot be made or read, or is not signed yet
    void require(CertificateSpec spec) throws IOException {
        authorities.authority(spec.authority());
    }

    /// True when a key of another kind is asked for, or a certificate for this one was revoked.
    boolean wantsAnotherKey(CertificateSpec spec, PublicKey key) throws IOException {
        return !Keys.isOf(spec.algorithm(), key) || isRevoked(key);
    }

    private boolean isRevoked(PublicKey key) throws IOException {
        return authorities.isRevokedKey(Sha256.hex(key.getEncoded()));
    }

    /// Why nothing is issued for a key. One that was there before us is taken as it is, unless a
    /// certificate for it was revoked.
    Optional<Failure> objection(Work.Call call, CertificateSpec spec, PublicKey key)
            throws IOException {
        Instant end = authorities.authority(spec.authority()).chain().until();
        if (!clock.instant().isBefore(end)) {
            return Optional.of(ended(spec.authority(), end));
        }
        return isRevoked(key)
                ? Optional.of(
                        Failure.lasting(
                                        "key-revoked",
                                        Fault.ACCESS,
                                        "a certificate for the key of %s was revoked, and the key is not ours to be replaced"
                                                .formatted(call.key()))
                                .withHint("put another key in its place, or take it away"))
                : Optional.empty();
    }

    private static Failure ended(String authority, Instant end) {
        return Failure.lasting(
                        "authority-ended",
                        Fault.SITE,
                        "authority %s has ended at %s, and what it issues ends with it"
                                .formatted(authority, end))
                .withHint(
                        "`ashlar pki rotate %s` replaces it; where it stands by a root that is kept elsewhere, `ashlar pki request %s` comes first"
                                .formatted(authority, authority));
    }

    /// The certificate for a key: the one in place while it does, else a new one. It is entered
    /// with the authority before this returns.
    ///
    /// @param call asks for it
    /// @throws IOException when the authority cannot be made or read
    Issued certificate(
            Work.Call call, CertificateSpec spec, PublicKey key, Optional<X509Certificate> inPlace)
            throws IOException {
        Authority authority = authorities.authority(spec.authority());
        AuthorityStanding standing = authorities.standing(spec.authority());
        Instant now = clock.instant();
        X509Certificate certificate =
                inPlace.filter(c -> !standing.isSuperseded(Pem.serial(c)))
                        .filter(c -> stillDoes(c, spec, key, authority, now))
                        .orElseGet(() ->
                                authority.issue(key, spec, now.truncatedTo(ChronoUnit.SECONDS)));
        authorities.enter(entry(call, spec, authority, certificate));
        return new Issued(
                certificate,
                authority.chain().between(),
                bundle(spec.authority()),
                authorities.revoked(spec.authority()));
    }

    /// All whom to believe: more than one while an authority is being replaced, and where it is not
    /// its own root, as not everybody shows what lies between.
    private String bundle(String name) throws IOException {
        SequencedSet<X509Certificate> bundle = new LinkedHashSet<>();
        for (Authority one : authorities.believed(name)) {
            bundle.addAll(one.chain().certificates());
        }
        return Pem.of(bundle);
    }

    private static CertificateEntry entry(
            Work.Call call,
            CertificateSpec spec,
            Authority authority,
            X509Certificate certificate) {
        return new CertificateEntry(
                spec.authority(),
                authority.number(),
                Pem.serial(certificate),
                call.key().toString(),
                call.node(),
                spec.commonName(),
                spec.names(),
                spec.usage().word(),
                Sha256.hex(certificate.getPublicKey().getEncoded()),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    private static boolean stillDoes(
            X509Certificate certificate,
            CertificateSpec spec,
            PublicKey key,
            Authority authority,
            Instant now) {
        try {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            return certificate.getPublicKey().equals(key)
                    && authority.issued(certificate)
                    && !now.isBefore(from)
                    && !CertificateEntry.isDue(from, until, now)
                    && names(certificate).equals(Set.copyOf(spec.names()))
                    && Set.copyOf(spec.usage().oids())
                            .equals(
                                    Set.copyOf(
                                            Optional.ofNullable(certificate.getExtendedKeyUsage())
                                                    .orElse(List.of())))
                    && certificate
                            .getSubjectX500Principal()
                            .equals(Names.subject(spec.commonName()));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /// What the certificate names, in canonical form.
    private static Set<String> names(X509Certificate certificate)
            throws CertificateParsingException {
        Set<String> names = new HashSet<>();
        var alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives == null) {
            return names;
        }
        for (List<?> alternative : alternatives) {
            int kind = (Integer) alternative.get(0);
            String text = String.valueOf(alternative.get(1));
            names.add(
                    kind == DNS || kind == ADDRESS
                            ? Names.canonical(text).orElse(text)
                            : "other " + text);
        }
        return names;
    }
}
