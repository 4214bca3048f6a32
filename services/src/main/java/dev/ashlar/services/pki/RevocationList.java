package dev.ashlar.services.pki;

import dev.ashlar.model.journal.AuthorityStanding;
import dev.ashlar.model.journal.AuthorityStanding.Revocation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What of an authority is revoked, signed (RFC 5280, version 2): in the file `revoked.pem`, one
/// list for each of its certificates that anybody believes, all with the same on them, then what
/// those above it have revoked. Its number is that of the edition, so that every node gets the same
/// one.
final class RevocationList {
    private static final String FILE = "revoked.pem";

    /// As long as certificates hold by default; `pki renew --due` makes another in its last third.
    private static final Duration LIFETIME = Duration.ofDays(365);

    private RevocationList() {}

    /// The list of an edition: the one on disk, or one made now.
    ///
    /// @param signers whose lists there are to be, the one that issues first
    static String of(Path folder, AuthorityStanding standing, List<Authority> signers, Instant now)
            throws IOException {
        Path file = folder.resolve(FILE);
        BigInteger number = BigInteger.valueOf(standing.edition() + 1L);
        if (Files.exists(file)) {
            String text = Files.readString(file);
            if (first(text).flatMap(RevocationList::number).filter(number::equals).isPresent()) {
                return text;
            }
        }
        StringBuilder text = new StringBuilder();
        SequencedSet<X509CRL> above = new LinkedHashSet<>();
        for (Authority signer : signers) {
            text.append(signed(standing.revoked(), number, signer, now));
            above.addAll(signer.chain().lists());
        }
        above.forEach(list -> text.append(Pem.of(list)));
        PrivateFiles.replace(file, text.toString(), PrivateFiles.PUBLIC);
        return text.toString();
    }

    /// The first list below an authority's folder, where it has any.
    static Optional<X509CRL> in(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        return Files.exists(file) ? first(Files.readString(file)) : Optional.empty();
    }

    private static Optional<X509CRL> first(String text) {
        try {
            Collection<?> all =
                    CertificateFactory.getInstance("X.509")
                            .generateCRLs(
                                    new ByteArrayInputStream(
                                            text.getBytes(StandardCharsets.US_ASCII)));
            return all.stream().map(X509CRL.class::cast).findFirst();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigInteger> number(X509CRL list) {
        byte[] extension = list.getExtensionValue(Extension.cRLNumber.getId());
        return Optional.ofNullable(extension)
                .map(bytes ->
                        ASN1Integer.getInstance(ASN1OctetString.getInstance(bytes).getOctets())
                                .getValue());
    }

    private static String signed(
            Map<String, Revocation> revoked, BigInteger number, Authority signer, Instant now)
            throws IOException {
        try {
            JcaX509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(
                            signer.certificate().getSubjectX500Principal(),
                            Date.from(now.minus(Authority.BACKDATED)));
            builder.setNextUpdate(Date.from(now.plus(LIFETIME)));
            // A reason is for people, in the record: unspecified is left out (RFC 5280, 5.3.1).
            revoked.forEach((serial, one) ->
                    builder.addCRLEntry(
                            new BigInteger(serial, 16),
                            Date.from(Instant.ofEpochMilli(one.atMs())),
                            0));
            builder.addExtension(Extension.authorityKeyIdentifier, false, signer.identifier());
            builder.addExtension(Extension.cRLNumber, false, new CRLNumber(number));
            var made =
                    builder.build(
                            new JcaContentSignerBuilder(Authority.SIGNATURE).build(signer.key()));
            return Pem.of(new JcaX509CRLConverter().getCRL(made));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot sign a list of what is revoked", e);
        }
    }
}
