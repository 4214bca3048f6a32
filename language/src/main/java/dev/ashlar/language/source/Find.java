package dev.ashlar.language.source;

import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One thing that a load has looked at on disk, and what it found. A load that would find all the
/// same again would come to the same. Immutable.
///
/// @param path absolute
/// @param found SHA-256 (hex) of the bytes, of the names, or of the real path, or `file`; empty
///   where nothing was there, or could not be read
public record Find(Kind kind, Path path, String found) {

    /// What was looked at.
    public enum Kind {
        /// The bytes of a file.
        BYTES,
        /// Whether it is a file.
        FILE,
        /// The names in a folder.
        NAMES,
        /// Where links lead to.
        REAL
    }

    /// The bytes of a file as they are now.
    public static Find now(Path path) {
        return ofBytes(path, bytes(path, Limit.SOURCE.bytes()));
    }

    static Find ofBytes(Path path, Optional<byte[]> bytes) {
        return new Find(Kind.BYTES, path, bytes.map(Sha256::hex).orElse(""));
    }

    static Find ofFile(Path path, boolean isFile) {
        return new Find(Kind.FILE, path, isFile ? "file" : "");
    }

    static Find ofNames(Path path, List<String> names) {
        return new Find(
                Kind.NAMES, path, names.isEmpty() ? "" : Sha256.hex(String.join("/", names)));
    }

    static Find ofReal(Path path, Optional<Path> real) {
        return new Find(Kind.REAL, path, real.map(p -> Sha256.hex(p.toString())).orElse(""));
    }

    /// True when the same is found there now.
    public boolean isStillSo() {
        Find now =
                switch (kind) {
                    case BYTES -> ofBytes(path, bytes(path, Limit.SOURCE.bytes()));
                    case FILE -> ofFile(path, Files.isRegularFile(path));
                    case NAMES -> ofNames(path, names(path));
                    case REAL -> ofReal(path, real(path));
                };
        return now.equals(this);
    }

    /// Empty when they can't be read, or are too many.
    static Optional<byte[]> bytes(Path path, int most) {
        // To open a pipe would wait for somebody to write.
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(Files.size(path) > most ? 0 : most);
            return stream.read() < 0 ? Optional.of(bytes) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Sorted; none when it is no folder or can't be read.
    static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    /// Empty when nothing is there, or cannot be looked at.
    static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
