package dev.ashlar.language.source;

import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlReader;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The disk as one load sees it. Each file is read once and remembered under the name shown to
/// people; whatever is looked at is remembered as found. Confined to one thread.
public final class Sources {
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private final Set<Find> finds = new LinkedHashSet<>();
    private long total;

    /// The bytes of a file; empty when it can't be read or is too large, of which [#refusal(Path,
    /// Limit)] tells.
    ///
    /// @param name as shown to people; what the digest knows it by
    public Optional<byte[]> read(Path path, String name, Limit limit) {
        byte[] known = files.get(name);
        if (known != null) {
            return Optional.of(known).filter(bytes -> bytes.length <= limit.bytes());
        }
        Path absolute = path.toAbsolutePath();
        Optional<byte[]> bytes = Find.bytes(absolute, most(limit));
        finds.add(Find.ofBytes(absolute, bytes));
        bytes.ifPresent(read -> {
            files.put(name, read);
            total += read.length;
        });
        return bytes;
    }

    /// The tree of a file of YAML; what is wrong with it is reported.
    public YamlFile yaml(Path path, String name, Diagnostics diagnostics) {
        Optional<byte[]> bytes = read(path, name, Limit.TEXT);
        if (bytes.isPresent()) {
            return new YamlReader(diagnostics).read(name, bytes.get());
        }
        diagnostics.add(refusal(path, Limit.TEXT).diagnostic(Span.wholeFile(name), "this file"));
        return new YamlFile(name, "", Optional.empty());
    }

    /// Why a file has not been read.
    public Refusal refusal(Path path, Limit limit) {
        return most(limit) < limit.bytes()
                ? Refusal.of(path, most(limit), Limit.TOTAL)
                : Refusal.of(path, limit.bytes(), limit);
    }

    private int most(Limit limit) {
        return (int) Math.min(limit.bytes(), Limit.TOTAL.bytes() - total);
    }

    boolean isFile(Path path) {
        Path absolute = path.toAbsolutePath();
        boolean isFile = Files.isRegularFile(absolute);
        finds.add(Find.ofFile(absolute, isFile));
        return isFile;
    }

    /// The names in a folder, sorted; none when it can't be read.
    public List<String> names(Path folder) {
        Path absolute = folder.toAbsolutePath();
        List<String> names = Find.names(absolute);
        finds.add(Find.ofNames(absolute, names));
        return names;
    }

    /// False for a file that a link leads to from inside the folder to the outside.
    public boolean isInside(Path folder, Path file) {
        Optional<Path> real = real(file);
        Optional<Path> outer = real(folder);
        return real.isEmpty()
                ? !Files.exists(file) // Who reads it next says so.
                : outer.filter(real.get()::startsWith).isPresent();
    }

    private Optional<Path> real(Path path) {
        Path absolute = path.toAbsolutePath();
        Optional<Path> real = Find.real(absolute);
        finds.add(Find.ofReal(absolute, real));
        return real;
    }

    /// All that has been looked at until now, oldest first.
    public List<Find> finds() {
        return List.copyOf(finds);
    }

    /// Has a file read as if this were in it.
    public void take(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /// Each file's text by its shown name, for excerpts; what is no text of a file that can be
    /// pointed into is left out.
    public Map<String, String> texts() {
        SortedMap<String, String> texts = new TreeMap<>();
        files.forEach((name, bytes) -> {
            if (bytes.length <= Limit.TEXT.bytes()) {
                texts.put(name, text(bytes));
            }
        });
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
