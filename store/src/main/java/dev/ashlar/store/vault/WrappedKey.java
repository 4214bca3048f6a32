package dev.ashlar.store.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The key of a vault's body, sealed for one lock.
sealed interface WrappedKey {
    Lock lock();

    /// @param sealed the key in a file of age
    record ForIdentity(Recipient recipient, byte[] sealed) implements WrappedKey {
        @Override
        public Lock lock() {
            return new Lock.Identity(recipient);
        }

        static ForIdentity of(AesKey key, Recipient recipient) {
            byte[] plain = key.bytes();
            try {
                return new ForIdentity(recipient, Age.seal(plain, List.of(recipient)));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }

        Optional<AesKey> unwrap(Identity identity) {
            return Age.open(sealed, identity)
                    .filter(plain -> plain.length == AesKey.BYTES)
                    .map(AesKey::new);
        }
    }

    /// Sealed with a key made of a passphrase by PBKDF2 with HMAC-SHA-512 (RFC 8018, 5.2).
    ///
    /// @param iterations of PBKDF2
    /// @param sealed the key, by AES-256 in GCM under that nonce
    record ForPassphrase(int iterations, byte[] salt, byte[] nonce, byte[] sealed)
            implements WrappedKey {
        static final int ITERATIONS = 600_000;
        static final int ITERATIONS_MIN = 100_000;

        /// Beyond that somebody only wants to keep us busy.
        static final int ITERATIONS_MAX = 10_000_000;

        static final int SALT_BYTES = 16;

        @Override
        public Lock lock() {
            return new Lock.Passphrase(iterations);
        }

        /// @param lineage of the state whose vault it is
        static ForPassphrase of(AesKey key, char[] passphrase, int iterations, String lineage) {
            byte[] salt = AesKey.randomBytes(SALT_BYTES);
            byte[] nonce = AesKey.randomBytes(AesKey.NONCE_BYTES);
            AesKey wrapping = stretched(passphrase, salt, iterations);
            byte[] plain = key.bytes();
            try {
                return new ForPassphrase(
                        iterations, salt, nonce, wrapping.seal(nonce, bound(lineage), plain));
            } finally {
                Arrays.fill(plain, (byte) 0);
                wrapping.wipe();
            }
        }

        Optional<AesKey> unwrap(char[] passphrase, String lineage) {
            AesKey wrapping = stretched(passphrase, salt, iterations);
            try {
                return wrapping.open(nonce, bound(lineage), sealed)
                        .filter(plain -> plain.length == AesKey.BYTES)
                        .map(AesKey::new);
            } finally {
                wrapping.wipe();
            }
        }

        private static byte[] bound(String lineage) {
            return ("ashlar-vault 1 passphrase " + lineage).getBytes(StandardCharsets.US_ASCII);
        }

        private static AesKey stretched(char[] passphrase, byte[] salt, int iterations) {
            PBEKeySpec spec =
                    new PBEKeySpec(passphrase, salt, iterations, AesKey.BYTES * Byte.SIZE);
            try {
                return new AesKey(
                        SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                                .generateSecret(spec)
                                .getEncoded());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every Java has PBKDF2 with SHA-512", e);
            } finally {
                spec.clearPassword();
            }
        }
    }
}
