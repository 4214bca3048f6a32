package dev.ashlar.app.starter;

import dev.ashlar.language.name.NameKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The files of a new pack, and of a cluster that uses it: few, right, and fit to be brought up as
/// they are. Each says what it is for.
///
/// @param name the pack's
public record Starter(String name) {
    /// Where a cluster's file is, in the folder that it is made in.
    public static final Path CLUSTER = Path.of("cluster.yaml");

    private static final String TEST = "two.yaml";

    /// The new pack has a user of its name on its nodes, and Linux bounds these.
    private static final int LENGTH_MAX = 31;

    private static final List<String> OF_PACK =
            List.of(
                    "pack.yaml",
                    "server.yaml",
                    "server.conf.peb",
                    "server.service.peb",
                    "health.sh");

    /// Why it cannot be a pack's name; empty where it can.
    public Optional<String> violation() {
        return NameKind.LABEL.allows(name) && name.length() <= LENGTH_MAX
                ? Optional.empty()
                : Optional.of(NameKind.LABEL.rule() + "; at most " + LENGTH_MAX);
    }

    /// The folder of the pack, in the folder that it is made in.
    public Path folder() {
        return Path.of("packs", name);
    }

    /// The pack's files with their content, in the order in which they are read.
    public SequencedMap<Path, String> pack() {
        SequencedMap<Path, String> files = new LinkedHashMap<>();
        OF_PACK.forEach(file -> files.put(folder().resolve(file), text(file)));
        files.put(folder().resolve("test").resolve(TEST), text(TEST));
        return files;
    }

    /// The content of a cluster's file.
    public String cluster() {
        return text(CLUSTER.toString());
    }

    private String text(String file) {
        try (InputStream in = Starter.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no " + file + " is packed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@NAME@", name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
