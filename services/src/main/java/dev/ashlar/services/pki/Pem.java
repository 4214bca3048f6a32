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
import java.util.Base64;
import java.util.HexFormat;

/// Certificates and keys as text. The same certificate always gives the same text.
final class Pem {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PRIVATE_KEY = "PRIVATE KEY";

    private Pem() {}

    static String of(X509Certificate certificate) {
        try {
            return block(CERTIFICATE, certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that cannot be encoded", e);
        }
    }

    static String of(X509CRL list) throws GeneralSecurityException {
        return block("X509 CRL", list.getEncoded());
    }

    static String of(PrivateKey key) {
        return block(PRIVATE_KEY, key.getEncoded());
    }

    static X509Certificate certificate(String pem) throws CertificateException {
        return certificate(content(CERTIFICATE, pem));
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
        String begin = "-----BEGIN %s-----".formatted(label);
        int from = pem.indexOf(begin);
        int to = pem.indexOf("-----END %s-----".formatted(label));
        if (from < 0 || to < from) {
            throw new CertificateException("no PEM block " + label);
        }
        try {
            return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("not base64", e);
        }
    }
}
