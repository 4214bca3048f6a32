package dev.ashlar.store.vault;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.StoreException.Kind;
import dev.ashlar.store.folder.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A file with secret keys as `age-keygen` writes it: a key a line, and comments after `#`. It
/// opens what is sealed for its [recipients][#recipients], with Ashlar or with age. Immutable.
public final class KeyFile {
    private static final int BYTES_MAX = 1024 * 1024;

    private final Path path;
    private final List<Identity> identities;

    private KeyFile(Path path, List<Identity> identities) {
        this.path = path;
        this.identities = List.copyOf(identities);
    }

    /// Makes one with a new key, for its owner's eyes alone, and the folder for it. It is on the
    /// disk, whole, when this returns; after a crash before it is there whole or not at all.
    ///
    /// @throws StoreException when a file is there, which is left as it is, or the disk refuses
    public static KeyFile make(Path path) {
        Identity identity = Identity.random();
        String text =
                "# created: %s\n# public key: %s\n%s\n"
                        .formatted(
                                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                                identity.recipient(),
                                identity.text());
        try {
            Path parent = path.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(
                        parent,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            writeWhole(path, text.getBytes(StandardCharsets.US_ASCII));
            PrivateFile.forceName(path);
        } catch (FileAlreadyExistsException _) {
            throw new StoreException(
                    Kind.FOREIGN,
                    path
                            + " is there already, and may be the only key to something. It was left as it is");
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be written", e);
        }
        return new KeyFile(path, List.of(identity));
    }

    /// Nothing that is there is replaced, and half of one is never there.
    private static void writeWhole(Path path, byte[] bytes) throws IOException {
        Path fresh = PrivateFile.beside(path);
        try {
            PrivateFile.writeNew(fresh, bytes);
            Files.createLink(path, fresh);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// @throws StoreException when it cannot be read or holds anything but keys of that form
    public static KeyFile read(Path path) {
        List<Identity> identities = new ArrayList<>();
        int number = 0;
        for (String line : text(path).lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Optional<Identity> identity = Identity.of(line);
            if (identity.isEmpty()) {
                throw new StoreException(Kind.FOREIGN, objection(path, line, number));
            }
            identities.add(identity.get());
        }
        if (identities.isEmpty()) {
            throw new StoreException(Kind.FOREIGN, path + " holds no secret key of age");
        }
        return new KeyFile(path, identities);
    }

    private static String text(Path path) {
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(BYTES_MAX + 1);
            if (bytes.length > BYTES_MAX) {
                throw new StoreException(
                        Kind.FOREIGN, path + " is no key file: it is larger than 1 MiB");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new StoreException(Kind.FOREIGN, path + " is not there", e);
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be read", e);
        }
    }

    /// Without the line: it may well be a secret.
    private static String objection(Path path, String line, int number) {
        if (line.startsWith("age-encryption.org/") || line.startsWith("-----BEGIN AGE ENCRYPTED")) {
            return path + " is encrypted itself. Decrypt it first: `age -d`";
        }
        if (line.startsWith("AGE-PLUGIN-")) {
            return path
                    + " holds a key of a plugin of age in line "
                    + number
                    + ": only "
                    + Identity.BEGIN
                    + "1… is known";
        }
        return path + " holds no secret key of age (" + Identity.BEGIN + "1…) in line " + number;
    }

    public Path path() {
        return path;
    }

    /// The public halves of its keys, in order.
    public List<Recipient> recipients() {
        return identities.stream().map(Identity::recipient).toList();
    }

    List<Identity> identities() {
        return identities;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
