package dev.ashlar.store.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// A file that nobody but its owner can read, not even for a moment, and that is there whole or not
/// at all.
public final class PrivateFile {
    private PrivateFile() {}

    /// In the place of what was there.
    public static void write(Path file, byte[] bytes) throws IOException {
        Path fresh = beside(file);
        try {
            writeNew(fresh, bytes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// Where nothing was. After a crash in between it may be there in part.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when there is one, which stays as it is
    public static void writeNew(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = create(file)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    /// Returns when the name of a file that was written is on the disk too: until then a crash of
    /// the machine may bring back what was there before.
    public static void forceName(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /// A name beside a file that nothing has.
    public static Path beside(Path file) {
        return file.toAbsolutePath()
                .resolveSibling("." + file.getFileName() + ".new-" + UUID.randomUUID());
    }

    /// A new file, to be written.
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
