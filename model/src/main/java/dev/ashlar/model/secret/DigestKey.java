package dev.ashlar.model.secret;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes digests of secrets that tell nobody else anything, however few secrets are possible: with
/// HMAC-SHA-256 (RFC 2104) under a key that never leaves the vault. Immutable.
public final class DigestKey {
    public static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    /// @throws IllegalArgumentException for a key of another length
    public DigestKey(byte[] key) {
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a digest key of " + key.length + " bytes");
        }
        this.key = key.clone();
    }

    /// Whoever keeps the vault writes it there, sealed, and nowhere else.
    public byte[] bytes() {
        return key.clone();
    }

    public byte[] digest(byte[] of) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(of);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DigestKey digestKey && Arrays.equals(key, digestKey.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
