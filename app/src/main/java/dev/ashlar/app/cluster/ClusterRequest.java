package dev.ashlar.app.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Which cluster a command is about.
///
/// @param given folder or file, if named
/// @param from where relative paths and the search begin
public record ClusterRequest(
        Optional<Path> given, Path from, Optional<String> site, SequencedMap<String, String> sets) {
    private static final String FILE = "cluster.yaml";

    public ClusterRequest {
        sets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sets));
    }

    /// The cluster's file: the one named, or `cluster.yaml` in this folder or the nearest above it.
    /// Empty when there is none.
    public Optional<Path> file() {
        if (given.isPresent()) {
            Path path = from.resolve(given.get());
            Path file = Files.isDirectory(path) ? path.resolve(FILE) : path;
            return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
        }
        Path folder = from.toAbsolutePath().normalize();
        while (folder != null) {
            Path file = folder.resolve(FILE);
            if (Files.isRegularFile(file)) {
                return Optional.of(file);
            }
            folder = folder.getParent();
        }
        return Optional.empty();
    }

    /// What was asked for, for messages.
    public String asked() {
        return given.map(Path::toString).orElse(FILE);
    }
}
