package dev.ashlar.services.pki;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// Files on the controller that are never open to others, not even for a moment, and never half
/// written.
final class PrivateFiles {
    static final String KEY = "rw-------";
    static final String PUBLIC = "rw-r--r--";

    private PrivateFiles() {}

    /// Makes a folder (and those above it) that only its owner can enter; leaves one that is there.
    static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(folder, permissions("rwx------"));
    }

    static Path makeFolderBeside(Path folder) throws IOException {
        Path fresh =
                folder.resolveSibling("." + folder.getFileName() + ".new-" + UUID.randomUUID());
        return Files.createDirectory(fresh, permissions("rwx------"));
    }

    /// Writes a file that is not there yet, with its permissions from the start, down to the disk.
    static void writeNew(Path file, String text, String permissions) throws IOException {
        write(
                file,
                text,
                permissions,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /// Adds to a file, which is made with its permissions where there is none, down to the disk.
    static void append(Path file, String text, String permissions) throws IOException {
        write(
                file,
                text,
                permissions,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.APPEND));
    }

    private static void write(
            Path file, String text, String permissions, Set<StandardOpenOption> options)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, options, permissions(permissions))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /// Replaces a file in one piece.
    ///
    /// @return false when it already was so
    static boolean replace(Path file, String text, String permissions) throws IOException {
        Set<PosixFilePermission> wanted = PosixFilePermissions.fromString(permissions);
        if (Files.isRegularFile(file)
                && Files.readString(file).equals(text)
                && Files.getPosixFilePermissions(file).equals(wanted)) {
            return false;
        }
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new-" + UUID.randomUUID());
        writeNew(fresh, text, permissions);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /// Puts a folder in its place in one step; where another was faster, that one stays.
    static void publish(Path fresh, Path folder) throws IOException {
        sync(fresh);
        try {
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            sync(folder.toAbsolutePath().resolveSibling(""));
        } catch (FileSystemException e) {
            delete(fresh);
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    /// Puts a folder in its place in one step; it stays where it is when that cannot be done.
    static void move(Path from, Path folder) throws IOException {
        sync(from);
        Files.move(from, folder, StandardCopyOption.ATOMIC_MOVE);
        sync(folder.toAbsolutePath().resolveSibling(""));
    }

    /// Removes a folder so that it is there whole or not at all.
    static void deleteWhole(Path folder) throws IOException {
        Path gone = folder.resolveSibling("." + folder.getFileName() + ".old-" + UUID.randomUUID());
        Files.move(folder, gone, StandardCopyOption.ATOMIC_MOVE);
        delete(gone);
    }

    static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException _) {
            // Somebody else's is in it.
        }
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
