package dev.ashlar.services.pki;

import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/// Key pairs, and the public keys that signing requests bring.
final class Keys {
    private static final int MAX_REQUEST_BYTES = 16 << 10;
    private static final int MIN_RSA_BITS = 2_048;
    private static final int RSA_BITS = 3_072;

    private Keys() {}

    /// A request was refused; the message says why.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        RefusedException(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// A key pair on the curve P-256.
    static KeyPair generate() {
        return generate(CertificateSpec.Algorithm.EC);
    }

    /// A key pair on the curve P-256, or of RSA with 3072 bits.
    static KeyPair generate(CertificateSpec.Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.name());
            switch (algorithm) {
                case EC -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case RSA -> generator.initialize(RSA_BITS);
            }
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every Java has P-256 and RSA", e);
        }
    }

    /// True of a key of that kind.
    static boolean isOf(CertificateSpec.Algorithm algorithm, Key key) {
        return key.getAlgorithm().equals(algorithm.name());
    }

    /// True where a key is the private half of another.
    static boolean isPair(PrivateKey key, PublicKey publicKey) {
        try {
            byte[] probe = {1, 2, 3};
            Signature signature =
                    Signature.getInstance(
                            isOf(CertificateSpec.Algorithm.RSA, key)
                                    ? "SHA256withRSA"
                                    : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// A public key in a few words, such as `EC 256`.
    static String algorithm(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec -> "EC " + ec.getParams().getOrder().bitLength();
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            default -> key.getAlgorithm();
        };
    }

    static PrivateKey decodePrivate(byte[] pkcs8) throws GeneralSecurityException {
        try {
            boolean isRsa =
                    PrivateKeyInfo.getInstance(pkcs8)
                            .getPrivateKeyAlgorithm()
                            .getAlgorithm()
                            .equals(PKCSObjectIdentifiers.rsaEncryption);
            return KeyFactory.getInstance(isRsa ? "RSA" : "EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("no private key", e);
        }
    }

    /// What a signing request brought.
    ///
    /// @param sha256 of the public key as the request holds it
    record Requested(PublicKey key, String sha256) {}

    /// The public key of a signing request that proves, by its signature, that the sender has the
    /// private one. Whatever else the request says is not looked at.
    ///
    /// @param request DER in base64
    static Requested requested(String request) throws RefusedException {
        if (request.length() > MAX_REQUEST_BYTES) {
            throw new RefusedException("the signing request is too large");
        }
        try {
            byte[] der = Base64.getDecoder().decode(request);
            var csr = new JcaPKCS10CertificationRequest(der);
            PublicKey key = csr.getPublicKey();
            if (!csr.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
                throw new RefusedException("the signing request's signature is wrong");
            }
            boolean strong =
                    switch (key) {
                        case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= 256;
                        case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= MIN_RSA_BITS;
                        default -> false;
                    };
            if (!strong) {
                throw new RefusedException(
                        "the key is neither on a curve of 256 bits or more nor RSA with 2048");
            }
            return new Requested(key, Sha256.hex(csr.getSubjectPublicKeyInfo().getEncoded()));
        } catch (IOException
                | GeneralSecurityException
                | OperatorCreationException
                | PKCSException
                | IllegalArgumentException e) {
            throw new RefusedException("the signing request cannot be read");
        }
    }
}
