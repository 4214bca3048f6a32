package dev.ashlar.store.folder;

import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

/// The folder that holds a cluster's state, `.ashlar` beside its file. Its lineage is an identity
/// made with the folder and kept for ever: state of another lineage is another cluster's.
/// Immutable; making it is safe from several processes at once.
///
/// @param path the folder itself
/// @param lineage 36 characters, unique for ever
public record StateFolder(Path path, String lineage) {
    private static final String NAME = ".ashlar";
    private static final String LINEAGE = "lineage";
    private static final String IGNORE = ".gitignore";

    /// The state of a cluster, made when it is not there. Whole or not at all after a crash.
    ///
    /// @param clusterFolder where `cluster.yaml` lies
    /// @throws StoreException when it cannot be made, or is there without its lineage
    public static StateFolder open(Path clusterFolder) {
        Path path = clusterFolder.resolve(NAME);
        try {
            if (!Files.isDirectory(path)) {
                make(clusterFolder, path);
            }
            return new StateFolder(path, readLineage(path));
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be made or read", e);
        }
    }

    /// The state of a cluster if it has any; makes nothing.
    public static Optional<StateFolder> find(Path clusterFolder) {
        return Files.isDirectory(clusterFolder.resolve(NAME))
                ? Optional.of(open(clusterFolder))
                : Optional.empty();
    }

    /// The journal's database.
    public Path database() {
        return path.resolve("state.db");
    }

    /// The authorities, a folder each.
    public Path pki() {
        return path.resolve("pki");
    }

    /// What people need to use the cluster: client certificates and keys.
    public Path access() {
        return path.resolve("access");
    }

    Path lockFile() {
        return path.resolve("lock");
    }

    Path holderFile() {
        return path.resolve("holder");
    }

    private static void make(Path parent, Path path) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path fresh = Files.createTempDirectory(parent, NAME + ".new-", ownerOnly);
        try {
            ignore(fresh);
            writeLineage(fresh);
            // A folder replaces another only when that is empty, so of two makers one wins.
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(fresh.resolve(LINEAGE));
            Files.deleteIfExists(fresh.resolve(IGNORE));
            Files.deleteIfExists(fresh);
            if (!Files.isDirectory(path)) {
                throw e;
            }
        }
    }

    private static String readLineage(Path path) throws IOException {
        Path file = path.resolve(LINEAGE);
        if (!Files.exists(file)) {
            if (Files.exists(path.resolve("state.db"))) {
                throw StoreException.damaged(file, "it is missing beside state.db");
            }
            writeLineage(path);
        }
        // The authorities are only made by runs, and these are on record first.
        if (Files.exists(path.resolve("pki")) && !Files.exists(path.resolve("state.db"))) {
            throw StoreException.damaged(
                    path.resolve("state.db"), "it is missing beside what runs have left");
        }
        String text = Files.readString(file).strip();
        try {
            return UUID.fromString(text).toString();
        } catch (IllegalArgumentException e) {
            throw StoreException.damaged(file, "it holds no identity");
        }
    }

    /// State is no part of anybody's repository: it holds keys.
    private static void ignore(Path folder) throws IOException {
        Files.writeString(folder.resolve(IGNORE), "*\n");
    }

    /// Written aside and linked: a reader sees all of it or nothing, and a second writer loses.
    private static void writeLineage(Path folder) throws IOException {
        Path fresh = Files.createTempFile(folder, LINEAGE, ".new");
        try {
            Files.writeString(fresh, UUID.randomUUID() + "\n");
            Files.createLink(folder.resolve(LINEAGE), fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process made it first; its identity stands.
        } finally {
            Files.delete(fresh);
        }
    }
}
