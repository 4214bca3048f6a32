package dev.ashlar.services.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Certificates and keys as text. The same certificate always gives the same text.
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";
    private static final String REQUEST = "CERTIFICATE REQUEST";
    private static final String LIST = "X509 CRL";

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that cannot be encoded", e);
        }
    }

    static String of(Collection<X509Certificate> certificates) {
        return certificates.stream().map(Pem::of).collect(Collectors.joining());
    }

    static String of(X509CRL list) {
        try {
            return block(LIST, list.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a list that cannot be encoded", e);
        }
    }

    static String ofRequest(byte[] der) {
        return block(REQUEST, der);
    }

    static byte[] request(String pem) throws CertificateException {
        return content(REQUEST, pem);
    }

    static String of(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    static X509Certificate certificate(String pem) throws CertificateException {
        return certificate(content(CERTIFICATE, pem));
    }

    /// All in a text, in its order.
    static List<X509Certificate> certificates(String pem) throws CertificateException {
        List<X509Certificate> all = new ArrayList<>();
        for (byte[] der : contents(CERTIFICATE, pem)) {
            all.add(certificate(der));
        }
        return all;
    }

    /// All lists of what is revoked, in the text's order.
    static List<X509CRL> lists(String pem) throws GeneralSecurityException {
        List<X509CRL> all = new ArrayList<>();
        for (byte[] der : contents(LIST, pem)) {
            all.add(
                    (X509CRL)
                            CertificateFactory.getInstance("X.509")
                                    .generateCRL(new ByteArrayInputStream(der)));
        }
        return all;
    }

    static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    static PrivateKey privateKey(String pem) throws GeneralSecurityException {
        return Keys.decodePrivate(content(PRIVATE_KEY, pem));
    }

    /// As it is told everywhere: in hexadecimal.
    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    /// SHA-256 of the whole certificate, as openssl prints it.
    static String fingerprint(X509Certificate certificate) throws GeneralSecurityException {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private static String block(String label, byte[] content) {
        String lines =
                Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, lines, label);
    }

    private static byte[] content(String label, String pem) throws CertificateException {
        List<byte[]> all = contents(label, pem);
        if (all.isEmpty()) {
            throw new CertificateException("no PEM block " + label);
        }
        return all.getFirst();
    }

    /// What stands between the blocks is for people.
    private static List<byte[]> contents(String label, String pem) throws CertificateException {
        String begin = "-----BEGIN %s-----".formatted(label);
        String end = "-----END %s-----".formatted(label);
        List<byte[]> all = new ArrayList<>();
        int from = pem.indexOf(begin);
        while (from >= 0) {
            int to = pem.indexOf(end, from);
            if (to < 0) {
                throw new CertificateException("a PEM block %s without its end".formatted(label));
            }
            try {
                all.add(Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to)));
            } catch (IllegalArgumentException e) {
                throw new CertificateException("not base64", e);
            }
            from = pem.indexOf(begin, to);
        }
        return all;
    }
}
