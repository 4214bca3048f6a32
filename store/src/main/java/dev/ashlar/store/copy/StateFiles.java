package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.BoundedFile;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.vault.VaultFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// What a state has beside its journal: the authorities with their keys, what people need to use
/// the cluster, and its vault, which is sealed itself.
///
/// @param contents by path below the state's folder
record StateFiles(SequencedMap<String, byte[]> contents) {
    private static final List<String> FOLDERS = List.of("pki", "access");

    private static final String VAULT = "vault.json";

    /// The most of a copy: what is in one may be anybody's.
    private static final int COUNT_MAX = 10_000;

    private static final long TOTAL_MAX_BYTES = 64L << 20;

    /// Names as this program gives them; nothing that leads elsewhere.
    private static final Pattern PATH =
            Pattern.compile(
                    "(pki|access)(/[A-Za-z0-9_][A-Za-z0-9._-]*){1,4}|recovery\\.key|vault\\.json");

    StateFiles {
        contents = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(contents));
    }

    /// @throws StoreException when its vault is damaged or not its own
    static StateFiles of(StateFolder state) throws IOException {
        SequencedMap<String, byte[]> contents = new LinkedHashMap<>();
        for (String folder : FOLDERS) {
            for (Path file : files(state.path().resolve(folder))) {
                String path = state.path().relativize(file).toString();
                if (PATH.matcher(path).matches()) {
                    contents.put(path, own(file));
                }
            }
        }
        VaultFile.of(state).copy().ifPresent(bytes -> contents.put(VAULT, bytes));
        return new StateFiles(contents);
    }

    /// With the key that seals what nodes carry, for a copy that is not sealed with it.
    static StateFiles withKey(StateFolder state) throws IOException {
        SequencedMap<String, byte[]> contents = new LinkedHashMap<>(of(state).contents);
        Path key = RecoveryKey.file(state);
        if (Files.exists(key)) {
            contents.put(RecoveryKey.NAME, own(key));
        }
        return new StateFiles(contents);
    }

    boolean hasAuthorities() {
        return contents.keySet().stream().anyMatch(path -> path.startsWith("pki/"));
    }

    boolean hasVault() {
        return contents.containsKey(VAULT);
    }

    /// The vault alone.
    StateFiles vault() {
        SequencedMap<String, byte[]> vault = new LinkedHashMap<>(contents);
        vault.keySet().retainAll(List.of(VAULT));
        return new StateFiles(vault);
    }

    /// All but the vault.
    StateFiles withoutVault() {
        SequencedMap<String, byte[]> others = new LinkedHashMap<>(contents);
        others.remove(VAULT);
        return new StateFiles(others);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        }
    }

    /// What a link leads to is not the state's, whoever has put it there.
    private static byte[] own(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException(
                    StoreException.Kind.FOREIGN,
                    file + " is no file of a state, but a link or a pipe. Move it away");
        }
        return BoundedFile.bytes(file, BoundedFile.TEXT_MAX_BYTES);
    }

    /// The same text for the same files.
    byte[] zipped() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    static StateFiles unzipped(byte[] bytes) throws IOException {
        try (InputStream stream = new ByteArrayInputStream(bytes);
                ZipInputStream zip = new ZipInputStream(stream)) {
            return rest(zip);
        }
    }

    /// What is left in an archive.
    ///
    /// @throws StoreException where that has a file that no state has
    static StateFiles rest(ZipInputStream zip) throws IOException {
        SequencedMap<String, byte[]> contents = new LinkedHashMap<>();
        long total = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!PATH.matcher(entry.getName()).matches()) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED,
                        "the copy holds \"" + entry.getName() + "\", which no state has");
            }
            byte[] bytes = zip.readNBytes(BoundedFile.TEXT_MAX_BYTES + 1);
            total += bytes.length;
            boolean isMore = bytes.length > BoundedFile.TEXT_MAX_BYTES || total > TOTAL_MAX_BYTES;
            if (isMore || contents.size() == COUNT_MAX || contents.containsKey(entry.getName())) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED,
                        "the copy holds \"%s\", which is there twice or is more than a state has: %d files of %d MiB, and %d MiB together"
                                .formatted(
                                        entry.getName(),
                                        COUNT_MAX,
                                        BoundedFile.TEXT_MAX_BYTES >> 20,
                                        TOTAL_MAX_BYTES >> 20));
            }
            contents.put(entry.getName(), bytes);
        }
        return new StateFiles(contents);
    }

    /// For the owner's eyes alone.
    void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(
                        parent,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            PrivateFile.write(path, file.getValue());
        }
    }
}
