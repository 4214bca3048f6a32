package dev.ashlar.store.folder;

import dev.ashlar.model.text.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The texts that were last written into files on nodes, each once, by its digest: a change of one
/// is shown to people as what it does to the text. The record goes without them: what could not be
/// kept, or was damaged, is not there, and no run goes by it. Each is there whole or not at all;
/// safe for use by several threads.
///
/// @param folder where they lie, made when the first is kept
public record WrittenTexts(Path folder) {
    /// What is longer is not kept.
    public static final int BYTES_MAX = 65_536;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// Those of a state.
    public static WrittenTexts of(StateFolder state) {
        return new WrittenTexts(state.path().resolve("texts"));
    }

    /// Keeps what was written, where it is a text that is not too long, also in the place of one
    /// that was damaged. A disk that refuses costs only that it is not there later.
    public void keep(byte[] written) {
        if (written.length > BYTES_MAX || text(written).isEmpty()) {
            return;
        }
        String digest = Sha256.hex(written);
        if (find(digest).isPresent()) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Path fresh = Files.createTempFile(folder, "new-", "");
            Files.write(fresh, written);
            Files.move(fresh, folder.resolve(digest), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException _) {
            // As if it had been too long.
        }
    }

    /// The text of that digest, if it was kept.
    public Optional<String> find(String digest) {
        Path file = folder.resolve(digest);
        if (!DIGEST.matcher(digest).matches() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            byte[] kept = Files.readAllBytes(file);
            return Sha256.hex(kept).equals(digest) ? text(kept) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Forgets all others.
    ///
    /// @param digests of what is still somewhere
    public void retain(Set<String> digests) {
        try (Stream<Path> all = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            List<Path> others =
                    all.filter(file -> !digests.contains(file.getFileName().toString())).toList();
            for (Path file : others) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // Another run tries again.
        }
    }

    /// Bytes as a text, where they are one.
    public static Optional<String> text(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
