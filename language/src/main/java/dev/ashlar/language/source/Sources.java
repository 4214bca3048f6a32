package dev.ashlar.language.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The files of one load: each is read once and remembered under the name shown to people. Confined
/// to one thread.
public final class Sources {
    /// Largest file that is read; bigger ones do not belong into a pack.
    public static final long SIZE_MAX_BYTES = 64L << 20;

    private final SortedMap<String, byte[]> files = new TreeMap<>();

    /// The bytes of a file; empty when it can't be read or is too large.
    ///
    /// @param name as shown to people; what the digest knows it by
    public Optional<byte[]> read(Path path, String name) {
        byte[] known = files.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            if (!Files.isRegularFile(path) || Files.size(path) > SIZE_MAX_BYTES) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            files.put(name, bytes);
            return Optional.of(bytes);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Has a file read as if this were in it.
    public void take(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Each file's text by its shown name, for excerpts.
    public Map<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((name, bytes) -> texts.put(name, text(bytes)));
        return Collections.unmodifiableMap(texts);
    }

    /// Decodes leniently and without a byte order mark.
    public static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /// SHA-256 (hex) over every file read, with its name, and over what was given beside them.
    public String digest(Map<String, String> given) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> update(digest, name, bytes));
            given.forEach((name, value) ->
                    update(digest, "--" + name, value.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException("every Java has SHA-256", failure);
        }
    }

    /// Lengths before contents: no two lists of files give one stream of bytes.
    private static void update(MessageDigest digest, String name, byte[] bytes) {
        byte[] named = name.getBytes(StandardCharsets.UTF_8);
        digest.update((named.length + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(named);
        digest.update(bytes);
    }
}
