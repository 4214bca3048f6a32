package dev.ashlar.store.vault;

import com.exceptionfactory.jagged.bech32.Bech32;
import com.exceptionfactory.jagged.bech32.Bech32Address;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.KeyAgreement;

/// A secret key of X25519 (RFC 7748), as age writes it (age-encryption.org/v1, "X25519 identity").
final class Identity {
    /// Of every one, in its one spelling.
    static final String BEGIN = "AGE-SECRET-KEY-";

    private static final int BYTES = 32;
    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private final String text;
    private final Recipient recipient;

    private Identity(String text, Recipient recipient) {
        this.text = text;
        this.recipient = recipient;
    }

    static Identity random() {
        byte[] secret = AesKey.randomBytes(BYTES);
        try {
            return new Identity(written(secret), recipient(secret));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// Empty when it is none.
    static Optional<Identity> of(String text) {
        if (!text.startsWith(BEGIN + "1")) {
            return Optional.empty();
        }
        try {
            Bech32Address address = Bech32.getDecoder().decode(text);
            byte[] secret = address.getData();
            return secret.length == BYTES && written(secret).equals(text)
                    ? Optional.of(new Identity(text, recipient(secret)))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String written(byte[] secret) {
        return Bech32.getEncoder()
                .encode(BEGIN.toLowerCase(Locale.ROOT), secret)
                .toString()
                .toUpperCase(Locale.ROOT);
    }

    private static Recipient recipient(byte[] secret) {
        try {
            KeyFactory keys = KeyFactory.getInstance("X25519");
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(
                    keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, secret)));
            agreement.doPhase(
                    keys.generatePublic(
                            new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)),
                    true);
            return new Recipient(
                    Bech32.getEncoder()
                            .encode(Recipient.PREFIX, agreement.generateSecret())
                            .toString());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has X25519", e);
        }
    }

    /// What is kept in a key file.
    String text() {
        return text;
    }

    Recipient recipient() {
        return recipient;
    }

    @Override
    public String toString() {
        return "(secret key of " + recipient + ")";
    }
}
