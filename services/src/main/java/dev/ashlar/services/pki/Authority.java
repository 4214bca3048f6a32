package dev.ashlar.services.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// One of a cluster's authorities: a certificate, by itself or by another authority that is kept
/// elsewhere, and its key, which may sign certificates of machines and people but no further
/// authority. Immutable.
final class Authority {
    private static final Duration LIFETIME = Duration.ofDays(3_652);

    /// Certificates hold from before now: clocks differ, and one that was set to the wrong season
    /// or time zone by one hour must not keep a member out.
    static final Duration BACKDATED = Duration.ofHours(2);

    /// How it signs: its key is on a curve.
    static final String SIGNATURE = "SHA256withECDSA";

    /// What an authority's own certificate has to say.
    static final BasicConstraints NO_FURTHER = new BasicConstraints(0);

    static final KeyUsage SIGNS = new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final int number;
    private final Chain chain;
    private final PrivateKey key;

    /// @param number which of the authority's certificates it is, from 1
    Authority(int number, Chain chain, PrivateKey key) {
        this.number = number;
        this.chain = chain;
        this.key = key;
    }

    int number() {
        return number;
    }

    Chain chain() {
        return chain;
    }

    X509Certificate certificate() {
        return chain.own();
    }

    PrivateKey key() {
        return key;
    }

    /// A new authority with a key of its own.
    static Authority make(String cluster, String name, int number, Instant now) {
        try {
            var keys = Keys.generate();
            X500Principal subject = Names.authority(cluster, name, number);
            var builder =
                    new JcaX509v3CertificateBuilder(
                            subject,
                            serial(),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(now.plus(LIFETIME)),
                            subject,
                            keys.getPublic());
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, NO_FURTHER);
            builder.addExtension(Extension.keyUsage, true, SIGNS);
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    extensions.createSubjectKeyIdentifier(keys.getPublic()));
            return new Authority(
                    number, Chain.of(sign(builder, keys.getPrivate())), keys.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make an authority", e);
        }
    }

    /// A certificate for a public key, saying exactly what was asked for. It ends with the
    /// authority, and what that stands by, at the latest.
    X509Certificate issue(PublicKey publicKey, CertificateSpec spec, Instant now) {
        Instant end = now.plus(Duration.ofDays(spec.days()));
        Instant last = chain.until();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            certificate(),
                            serial(),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(end.isAfter(last) ? last : end),
                            Names.subject(spec.commonName()),
                            publicKey);
            var extensions = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(uses(publicKey)));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            spec.usage().oids().stream()
                                    .map(oid ->
                                            KeyPurposeId.getInstance(
                                                    new org.bouncycastle.asn1.ASN1ObjectIdentifier(
                                                            oid)))
                                    .toArray(KeyPurposeId[]::new)));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            spec.names().stream().map(Names::general).toArray(GeneralName[]::new)));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    extensions.createSubjectKeyIdentifier(publicKey));
            builder.addExtension(Extension.authorityKeyIdentifier, false, identifier());
            return sign(builder, key);
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    /// What stands in all that it signs, so that its own certificate is found: whoever has signed
    /// that may have named its key as he pleases, and programs look for the same name.
    AuthorityKeyIdentifier identifier() throws GeneralSecurityException {
        byte[] said = certificate().getExtensionValue(Extension.subjectKeyIdentifier.getId());
        return said == null
                ? new JcaX509ExtensionUtils()
                        .createAuthorityKeyIdentifier(certificate().getPublicKey())
                : new AuthorityKeyIdentifier(
                        SubjectKeyIdentifier.getInstance(
                                        ASN1OctetString.getInstance(said).getOctets())
                                .getKeyIdentifier());
    }

    /// With RSA what a session is keyed with may be sent to it as well.
    private static int uses(PublicKey key) {
        return key instanceof RSAPublicKey
                ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                : KeyUsage.digitalSignature;
    }

    /// True when this authority's key signed the certificate.
    boolean issued(X509Certificate other) {
        return Chain.isSigned(other, certificate());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, CertificateException {
        var signer = new JcaContentSignerBuilder(SIGNATURE).build(key);
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }

    /// 127 random bits below one that is set, so that no serial is short.
    private static BigInteger serial() {
        return new BigInteger(127, RANDOM).setBit(127);
    }
}
