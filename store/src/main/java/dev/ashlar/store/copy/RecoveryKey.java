package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.BoundedFile;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals what nodes carry of a state's secrets, with AES-256 in GCM (NIST SP 800-38D). It lies in
/// the state's folder, and a copy of it wherever a person keeps one: without it what is sealed is
/// lost. Immutable.
public final class RecoveryKey {
    static final String NAME = "recovery.key";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private RecoveryKey(byte[] key) {
        this.key = key.clone();
    }

    /// The key of a state, made when it has none.
    ///
    /// @throws StoreException when it cannot be read or made
    public static RecoveryKey of(StateFolder state) {
        Path file = file(state);
        try {
            if (!Files.exists(file)) {
                byte[] fresh = new byte[KEY_BYTES];
                RANDOM.nextBytes(fresh);
                new RecoveryKey(fresh).write(file);
            }
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be made", e);
        }
        return read(file);
    }

    /// Where a state has its key, once it has one.
    public static Path file(StateFolder state) {
        return state.path().resolve(NAME);
    }

    /// The key in a file.
    ///
    /// @throws StoreException when it holds none or cannot be read
    public static RecoveryKey read(Path file) {
        try {
            byte[] found =
                    Base64.getDecoder()
                            .decode(BoundedFile.text(file, BoundedFile.KEY_MAX_BYTES).strip());
            if (found.length == KEY_BYTES) {
                return new RecoveryKey(found);
            }
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be read", e);
        } catch (IllegalArgumentException _) {
            // As said below.
        }
        throw new StoreException(StoreException.Kind.FOREIGN, file + " holds no recovery key");
    }

    /// Makes this the key of a state.
    public void giveTo(StateFolder state) {
        keep(file(state));
    }

    /// Writes a copy, for its owner's eyes alone.
    ///
    /// @return false when it was there already
    public boolean keep(Path file) {
        try {
            if (Files.exists(file)) {
                if (holds(file)) {
                    return false;
                }
                // It may be the only one that opens something.
                Files.move(
                        file,
                        file.resolveSibling(file.getFileName() + ".before-" + UUID.randomUUID()));
            }
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            write(file);
            return true;
        } catch (IOException e) {
            throw StoreException.refused(file, "cannot be written", e);
        }
    }

    private boolean holds(Path file) {
        try {
            return read(file).equals(this);
        } catch (StoreException _) {
            return false;
        }
    }

    private void write(Path file) throws IOException {
        PrivateFile.write(
                file,
                (Base64.getEncoder().encodeToString(key) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    byte[] seal(byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plain);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in GCM", e);
        }
    }

    /// Empty when it was sealed with another key, or has been changed.
    Optional<byte[]> open(byte[] sealed) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer.wrap(sealed).get(nonce);
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, nonce)
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /// Tells texts apart for those who have the key, and nothing to others; 64 hexadecimal digits.
    String digest(byte[] plain) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(plain));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecoveryKey that && MessageDigest.isEqual(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }
}
