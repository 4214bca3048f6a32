package dev.ashlar.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// State on disk cannot be used. The message is for people: it names the file, what is wrong with
/// it, and the ways out. Thrown, not returned, because nothing can go on without its journal.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What is wrong.
    public enum Kind {
        /// Bits differ from what was written, or records are missing.
        DAMAGED,
        /// The file is not Ashlar's, or belongs to another cluster's state.
        FOREIGN,
        /// A later version of Ashlar wrote it.
        NEWER,
        /// Another process wrote to the journal while this one held it, or to the vault since this
        /// one read it.
        OTHER_WRITER,
        /// The disk refused: full, read-only, an error.
        DISK,
        /// It is another user's: this one may not read or change it.
        FORBIDDEN,
        /// What was given to be kept is not of a kind that can be: too long, no text, no recipient.
        UNFIT
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// Damage of a file, with its ways out.
    public static StoreException damaged(Path file, String what) {
        return new StoreException(Kind.DAMAGED, file + " is damaged: " + what + ". " + WAYS_OUT);
    }

    /// A file that could not be used: for want of rights or room, or because of the disk.
    ///
    /// @param what what it cannot be: `cannot be read`
    public static StoreException refused(Path file, String what, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new StoreException(
                    Kind.FORBIDDEN,
                    file + " " + what + ": it is another user's. Run this as that user",
                    e);
        }
        return isFull(file)
                ? full(file, e)
                : new StoreException(Kind.DISK, file + " " + what + ": " + reason(e), e);
    }

    /// Some exceptions of files say nothing but the file's name.
    private static String reason(IOException e) {
        boolean isBare = e instanceof FileSystemException bare && bare.getReason() == null;
        String message = e.getMessage();
        return isBare || message == null ? e.getClass().getSimpleName() : message;
    }

    /// The disk has no room for more of a file.
    public static StoreException full(Path file, Exception cause) {
        return new StoreException(
                Kind.DISK,
                "the disk under %s is full. Make room and start again: what was done so far is on record"
                        .formatted(file),
                cause);
    }

    /// True when the disk under a file that need not be there has no room to speak of: not every
    /// error of a full disk says so.
    public static boolean isFull(Path file) {
        Path there = file.toAbsolutePath();
        try {
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return Files.getFileStore(there).getUsableSpace() < NO_ROOM_BYTES;
        } catch (IOException _) {
            return false;
        }
    }

    /// The least that the journal grows by.
    private static final long NO_ROOM_BYTES = 64 * 1024;

    private static final String WAYS_OUT =
            "Nothing was changed. Move the folder aside, and put a backup of it back (`ashlar state restore"
                    + " FILE`) or make it again of what the nodes carry (`ashlar adopt`)";
}
