package dev.ashlar.store.folder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that may be anybody's: what is no file is not waited for, and what is too large is not
/// read.
public final class BoundedFile {
    /// The most of a text that a person or this program writes.
    public static final int TEXT_MAX_BYTES = 16 << 20;

    /// The most of a key, and of what is no larger.
    public static final int KEY_MAX_BYTES = 1 << 20;

    private BoundedFile() {}

    /// All of a file.
    ///
    /// @throws IOException when it is no file, or is larger, which its message tells
    public static byte[] bytes(Path file, int most) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new FileSystemException(file.toString(), null, "it is no file");
        }
        return given(file, most);
    }

    /// All of what a person has named, which may be a pipe.
    ///
    /// @throws IOException when it is larger, which its message tells
    public static byte[] given(Path file, int most) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(Files.size(file) > most ? 0 : most);
            if (stream.read() >= 0) {
                throw new FileSystemException(
                        file.toString(),
                        null,
                        "it has more than %d KiB, which is the most that is read"
                                .formatted(most >> 10));
            }
            return bytes;
        }
    }

    /// All of a file that is UTF-8.
    ///
    /// @throws IOException when it is no file, is larger, or is no text
    public static String text(Path file, int most) throws IOException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes(file, most)))
                .toString();
    }
}
