package dev.ashlar.store.vault;

import dev.ashlar.model.secret.Vault;
import dev.ashlar.model.text.Sha256;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The vault of a state: its secrets in one file, sealed with AES-256 in GCM (NIST SP 800-38D)
/// under a random key, which is sealed in turn for each lock. How long what is in it is can be
/// seen.
///
/// Whoever may write the file and sees for which recipients it is sealed can seal another for them,
/// or put an older one back: age does not say who wrote something. So the caller keeps the epoch
/// and the [digest][Sealed#digest] of what was written on record, and compares. Without such a
/// comparison what a passphrase opens was written by somebody who knew it, or what it wraps.
///
/// Immutable. Two processes do not lose each other's changes if they write one after another: a
/// caller holds the state's lock.
public final class VaultFile {
    /// Of the file.
    static final int BYTES_MAX = 16 * 1024 * 1024;

    private final Path path;
    private final String lineage;
    private final int iterations;

    private VaultFile(StateFolder state, int iterations) {
        this.path = state.vault();
        this.lineage = state.lineage();
        this.iterations = iterations;
    }

    public static VaultFile of(StateFolder state) {
        return new VaultFile(state, WrappedKey.ForPassphrase.ITERATIONS);
    }

    /// One whose new passphrases are stretched less, for tests.
    static VaultFile quick(StateFolder state) {
        return new VaultFile(state, WrappedKey.ForPassphrase.ITERATIONS_MIN);
    }

    public Path path() {
        return path;
    }

    /// True when there is anything in its place.
    public boolean exists() {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /// The vault as it is, still locked. Changes nothing.
    ///
    /// @return empty when there is none
    /// @throws StoreException when it is damaged, another state's, a later version's, no file, or
    ///   cannot be read
    public Optional<Sealed> read() {
        return bytes().map(this::sealed);
    }

    /// The whole file, for a copy of the state.
    ///
    /// @return empty when there is none
    /// @throws StoreException as [#read] does: a copy of what is damaged must not take the place of
    ///   one that is not
    public Optional<byte[]> copy() {
        Optional<byte[]> bytes = bytes();
        bytes.ifPresent(this::sealed);
        return bytes;
    }

    private Sealed sealed(byte[] bytes) {
        Envelope envelope = EnvelopeReader.read(path, bytes, lineage);
        for (Lock lock : envelope.locks().stream().map(WrappedKey::lock).toList()) {
            if (lock instanceof Lock.Passphrase(int count)
                    && (count < WrappedKey.ForPassphrase.ITERATIONS_MIN
                            || count > WrappedKey.ForPassphrase.ITERATIONS_MAX)) {
                throw StoreException.damaged(
                        path,
                        String.format(
                                Locale.ROOT,
                                "it says that a passphrase is stretched %,d times, and that is never less than %,d or more than %,d",
                                count,
                                WrappedKey.ForPassphrase.ITERATIONS_MIN,
                                WrappedKey.ForPassphrase.ITERATIONS_MAX));
            }
        }
        return new Sealed(envelope, Sha256.hex(bytes));
    }

    /// Opens a vault that was [read][#read]. A wrong passphrase cannot be told from a lock that was
    /// changed on purpose, nor a key that nothing was locked for from one whose lock was taken off
    /// or put on for another; all else that was changed is found.
    ///
    /// @throws StoreException when it was changed since it was written
    public Opening open(Sealed sealed, Unlocker unlocker) {
        return switch (unlocker) {
            case Unlocker.Keys(List<KeyFile> files) ->
                    openWith(
                            sealed,
                            files.stream().flatMap(file -> file.identities().stream()).toList());
            case Unlocker.Passphrase(char[] characters) -> openWith(sealed, characters);
        };
    }

    private Opening openWith(Sealed sealed, List<Identity> identities) {
        for (WrappedKey lock : sealed.envelope().locks()) {
            if (lock instanceof WrappedKey.ForIdentity own) {
                for (Identity identity : identities) {
                    if (identity.recipient().equals(own.recipient())) {
                        AesKey key =
                                own.unwrap(identity)
                                        .orElseThrow(() ->
                                                StoreException.damaged(
                                                        path,
                                                        "the lock for "
                                                                + own.recipient()
                                                                + " was changed"));
                        return opened(sealed, key);
                    }
                }
            }
        }
        return new Opening.Locked(Opening.Why.OTHER_KEYS, sealed.locks());
    }

    private Opening openWith(Sealed sealed, char[] passphrase) {
        Opening.Why why = Opening.Why.NO_PASSPHRASE;
        for (WrappedKey lock : sealed.envelope().locks()) {
            if (lock instanceof WrappedKey.ForPassphrase own) {
                Optional<AesKey> key = own.unwrap(passphrase, lineage);
                if (key.isPresent()) {
                    return opened(sealed, key.get());
                }
                why = Opening.Why.WRONG_PASSPHRASE;
            }
        }
        return new Opening.Locked(why, sealed.locks());
    }

    private Opened opened(Sealed sealed, AesKey key) {
        Envelope envelope = sealed.envelope();
        byte[] body =
                key.open(envelope.nonce(), envelope.bound(), envelope.body())
                        .orElseThrow(() ->
                                StoreException.damaged(path, "it was changed after it was sealed"));
        try {
            Vault vault =
                    Body.read(body, envelope.epoch())
                            .orElseThrow(() ->
                                    StoreException.damaged(
                                            path, "what is sealed in it is no vault's"));
            return new Opened(sealed, vault, key);
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /// Makes a state's first vault. It is on the disk, whole, when this returns, and not there at
    /// all after a crash before.
    ///
    /// @param locks at least one
    /// @throws StoreException when one is there or something does not fit in; then nothing was
    ///   changed. Or when the disk refuses; then it is there whole or not at all
    public Opened create(Vault vault, List<NewLock> locks) {
        AesKey key = AesKey.random();
        return write(vault, key, wrapped(key, locks), Optional.empty());
    }

    /// Writes what is in a vault now, with the same locks, as its next epoch; nothing has to be
    /// unlocked for that. It is on the disk, whole, when this returns; after a crash before, the
    /// old one is.
    ///
    /// @param from what the new one was made from
    /// @throws StoreException when the file is no longer that one or something does not fit in;
    ///   then nothing was changed. Or when the disk refuses; then it is the old one or the new one,
    ///   whole
    public Opened write(Opened from, Vault vault) {
        checkFollows(from, vault);
        List<WrappedKey> locks = from.sealed().envelope().locks();
        return write(vault, from.key(), locks, Optional.of(from.sealed().digest()));
    }

    /// Writes it with other locks, under a new key: who could open it before, and cannot now, reads
    /// nothing of what is written from now on. What was in it before he may know.
    ///
    /// @param locks all that it has then, at least one
    /// @throws StoreException as [#write(Opened, Vault)] does
    public Opened write(Opened from, Vault vault, List<NewLock> locks) {
        checkFollows(from, vault);
        AesKey key = AesKey.random();
        return write(vault, key, wrapped(key, locks), Optional.of(from.sealed().digest()));
    }

    private static void checkFollows(Opened from, Vault vault) {
        if (vault.epoch() != from.vault().epoch() || !vault.key().equals(from.vault().key())) {
            throw new IllegalArgumentException("that was not made from this vault");
        }
    }

    private List<WrappedKey> wrapped(AesKey key, List<NewLock> locks) {
        if (locks.isEmpty() || locks.size() > Envelope.LOCKS_MAX) {
            throw Fitness.unfit(
                    "a vault has 1 to %d locks, not %d"
                            .formatted(Envelope.LOCKS_MAX, locks.size()));
        }
        return locks.stream().distinct().map(lock -> wrapped(key, lock)).toList();
    }

    private WrappedKey wrapped(AesKey key, NewLock lock) {
        return switch (lock) {
            case NewLock.Identity(Recipient recipient) -> WrappedKey.ForIdentity.of(key, recipient);
            case NewLock.Passphrase(char[] characters) -> {
                if (characters.length == 0) {
                    throw Fitness.unfit("an empty passphrase locks nothing");
                }
                yield WrappedKey.ForPassphrase.of(key, characters, iterations, lineage);
            }
        };
    }

    private Opened write(Vault vault, AesKey key, List<WrappedKey> locks, Optional<String> before) {
        Fitness.check(vault);
        Vault next = new Vault(vault.epoch() + 1, vault.key(), vault.secrets(), vault.gone());
        byte[] bytes = envelope(next, key, locks).bytes();
        if (bytes.length > BYTES_MAX) {
            throw Fitness.unfit("all secrets together are too long for a vault of 16 MiB");
        }
        // Nothing takes the place of what can be read that could not be read itself.
        Sealed sealed = sealed(bytes);
        if (!bytes().map(Sha256::hex).equals(before)) {
            throw new StoreException(
                    Kind.OTHER_WRITER,
                    path
                            + (before.isEmpty()
                                    ? " is there already"
                                    : " was changed since it was read")
                            + ". It was left as it is. Start again");
        }
        try {
            PrivateFile.write(path, bytes);
            PrivateFile.forceName(path);
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be written", e);
        }
        return new Opened(sealed, next, key);
    }

    private Envelope envelope(Vault vault, AesKey key, List<WrappedKey> locks) {
        byte[] nonce = AesKey.randomBytes(AesKey.NONCE_BYTES);
        // What is bound to the body is all but the body.
        byte[] bound = new Envelope(lineage, vault.epoch(), locks, nonce, new byte[0]).bound();
        byte[] plain = Body.write(vault);
        try {
            return new Envelope(
                    lineage, vault.epoch(), locks, nonce, key.seal(nonce, bound, plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private Optional<byte[]> bytes() {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                // Behind a link there would be two of it as soon as it is written.
                throw new StoreException(
                        Kind.FOREIGN,
                        "%s is %s, where a file should be. Nothing was changed. Move it away"
                                .formatted(
                                        path,
                                        attributes.isSymbolicLink()
                                                ? "a link"
                                                : attributes.isDirectory()
                                                        ? "a folder"
                                                        : "no file"));
            }
            try (InputStream stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes =
                        attributes.size() > BYTES_MAX
                                ? new byte[0]
                                : stream.readNBytes(BYTES_MAX + 1);
                if (attributes.size() > BYTES_MAX || bytes.length > BYTES_MAX) {
                    throw StoreException.damaged(path, "it is larger than 16 MiB, as no vault is");
                }
                return Optional.of(bytes);
            }
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be read", e);
        }
    }
}
