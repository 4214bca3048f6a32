package dev.ashlar.store.copy;

import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.PrivateFile;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.vault.VaultFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
                    contents.put(path, Files.readAllBytes(file));
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
            contents.put(RecoveryKey.NAME, Files.readAllBytes(key));
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
            return all.filter(Files::isRegularFile).sorted().toList();
        }
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
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!PATH.matcher(entry.getName()).matches()) {
                throw new StoreException(
                        StoreException.Kind.DAMAGED,
                        "the copy holds \"" + entry.getName() + "\", which no state has");
            }
            contents.put(entry.getName(), zip.readAllBytes());
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
