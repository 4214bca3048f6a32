package dev.ashlar.app.document;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/// A file that takes a document whole or not at all: who reads it finds the old one or the new one.
public final class DocumentFile {
    /// As any program's new file: what the process's mask leaves of it.
    private static final FileAttribute<Set<PosixFilePermission>> ORDINARY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));

    private final Path target;

    private DocumentFile(Path target) {
        this.target = target;
    }

    /// The file at a path, which can be written.
    ///
    /// @throws IOException when it cannot be
    public static DocumentFile at(Path path) throws IOException {
        // What a link points to is replaced, not the link.
        Path target = Files.isRegularFile(path) ? path.toRealPath() : path.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new FileSystemException(path.toString(), null, "it is a folder");
        }
        DocumentFile file = new DocumentFile(target);
        if (!file.isReplaced()) {
            if (!Files.isWritable(target)) {
                throw new FileSystemException(path.toString(), null, "it cannot be written to");
            }
        } else {
            Files.delete(file.beside());
        }
        return file;
    }

    /// A file that is there and can be replaced by one of its owner, its group and its rights.
    ///
    /// @throws IOException when it cannot be, or is not to be written to
    public static DocumentFile toReplace(Path path) throws IOException {
        DocumentFile file = at(path);
        // Who may do everything can write to what nobody is to write to.
        boolean readOnly =
                Collections.disjoint(
                        Files.getPosixFilePermissions(file.target),
                        PosixFilePermissions.fromString("-w--w--w-"));
        if (readOnly || !Files.isWritable(file.target)) {
            throw new FileSystemException(path.toString(), null, "it is read-only");
        }
        Path fresh = file.beside();
        try {
            file.likeTarget(fresh);
        } finally {
            Files.delete(fresh);
        }
        return file;
    }

    /// A device or a pipe has no old content to be kept whole: it is written to.
    private boolean isReplaced() {
        return !Files.exists(target) || Files.isRegularFile(target);
    }

    /// Where there is an old file nobody may read the new one before it has the old one's rights.
    private Path beside() throws IOException {
        Path folder = folder();
        return Files.exists(target)
                ? Files.createTempFile(folder, ".ashlar-", ".json")
                : Files.createTempFile(folder, ".ashlar-", ".json", ORDINARY);
    }

    private Path folder() throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileSystemException(String.valueOf(folder), null, "there is no such folder");
        }
        return folder;
    }

    @Override
    public String toString() {
        return target.toString();
    }

    /// Makes the document, and a line's end, all that the file holds. Who could read and write the
    /// old one, and nobody else, can read and write the new one.
    public void write(String document) throws IOException {
        byte[] bytes = (document + "\n").getBytes(StandardCharsets.UTF_8);
        if (!isReplaced()) {
            Files.write(target, bytes);
            return;
        }
        Path fresh = beside();
        try {
            Files.write(fresh, bytes);
            if (Files.exists(target)) {
                Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(target));
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// Makes the text all that the file holds, and durable: a power cut finds the old one or the
    /// new one. Its rights and owners stay.
    public void writeDurably(String text) throws IOException {
        Path fresh = beside();
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                likeTarget(fresh);
                channel.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            try (FileChannel folder = FileChannel.open(folder(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void likeTarget(Path fresh) throws IOException {
        PosixFileAttributes old = Files.readAttributes(target, PosixFileAttributes.class);
        PosixFileAttributeView view =
                Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        try {
            if (!view.readAttributes().owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
            if (!view.readAttributes().group().equals(old.group())) {
                view.setGroup(old.group());
            }
        } catch (FileSystemException e) {
            throw new FileSystemException(
                    target.toString(),
                    null,
                    "it belongs to %s:%s, to whom you cannot give a file"
                            .formatted(old.owner().getName(), old.group().getName()));
        }
        view.setPermissions(old.permissions());
    }
}
