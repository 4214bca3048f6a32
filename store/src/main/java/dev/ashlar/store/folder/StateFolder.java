package dev.ashlar.store.folder;

import dev.ashlar.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

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

    /// A state with a given identity, empty, that nobody finds until it is [published][#publish].
    ///
    /// @param clusterFolder where `cluster.yaml` lies
    /// @throws StoreException when it cannot be made
    public static StateFolder makeAside(Path clusterFolder, String lineage) {
        try {
            return new StateFolder(
                    fresh(clusterFolder, UUID.fromString(lineage).toString()), lineage);
        } catch (IOException e) {
            throw StoreException.refused(clusterFolder.resolve(NAME), "cannot be made", e);
        }
    }

    /// Puts a state that was made aside in its place, whole.
    ///
    /// @throws StoreException when one is there
    public StateFolder publish(Path clusterFolder) {
        Path place = clusterFolder.resolve(NAME);
        try {
            Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
            return open(clusterFolder);
        } catch (IOException e) {
            if (Files.exists(place)) {
                throw new StoreException(
                        StoreException.Kind.FOREIGN,
                        place + " is there already. Nothing was changed. Move it away first");
            }
            throw StoreException.refused(place, "cannot be made", e);
        }
    }

    /// Removes a state that was made aside.
    public void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw StoreException.refused(path, "cannot be removed", e);
        }
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

    /// The secrets of the cluster, sealed.
    public Path vault() {
        return path.resolve("vault.json");
    }

    /// What is known since an `up` that left nothing to do. The state is whole without it.
    public Path settled() {
        return path.resolve("settled.json");
    }

    Path lockFile() {
        return path.resolve("lock");
    }

    Path holderFile() {
        return path.resolve("holder");
    }

    private static void make(Path parent, Path path) throws IOException {
        Path fresh = fresh(parent, UUID.randomUUID().toString());
        try {
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

    private static Path fresh(Path parent, String lineage) throws IOException {
        var ownerOnly =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path fresh = Files.createTempDirectory(parent, NAME + ".new-", ownerOnly);
        ignore(fresh);
        writeLineage(fresh, lineage);
        return fresh;
    }

    private static String readLineage(Path path) throws IOException {
        Path file = path.resolve(LINEAGE);
        if (!Files.exists(file)) {
            if (Files.exists(path.resolve("state.db"))) {
                throw StoreException.damaged(file, "it is missing beside state.db");
            }
            writeLineage(path, UUID.randomUUID().toString());
        }
        // Authorities are only made by who acts, and has the record open before.
        if (Files.exists(path.resolve("pki")) && !Files.exists(path.resolve("state.db"))) {
            throw StoreException.damaged(
                    path.resolve("state.db"), "it is missing beside the authorities");
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
    private static void writeLineage(Path folder, String lineage) throws IOException {
        Path fresh = Files.createTempFile(folder, LINEAGE, ".new");
        try {
            Files.writeString(fresh, lineage + "\n");
            Files.createLink(folder.resolve(LINEAGE), fresh);
        } catch (FileAlreadyExistsException e) {
            // Another process made it first; its identity stands.
        } finally {
            Files.delete(fresh);
        }
    }
}
