package dev.ashlar.providers.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;

/// A small record on disk: lines `key=value`. Replaced as a whole; a reader sees the old or the
/// new.
final class KeyValueFile {
    private KeyValueFile() {}

    /// Empty when there is no such file.
    static SequencedMap<String, String> read(Path file) throws LabFault {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            return new LinkedHashMap<>();
        } catch (IOException e) {
            throw LabFault.site("state", "cannot read " + file + ": " + e.getMessage());
        }
    }

    static SequencedMap<String, String> parse(String text) {
        SequencedMap<String, String> entries = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                entries.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return entries;
    }

    static void write(Path file, SequencedMap<String, String> entries) throws LabFault {
        StringBuilder text = new StringBuilder();
        entries.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        replace(file, text.toString());
    }

    /// Writes beside it, forces to disk, renames.
    static void replace(Path file, String text) throws LabFault {
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw LabFault.site("state", "cannot write " + file + ": " + e.getMessage());
        }
    }
}
