package dev.ashlar.app.cluster;

import dev.ashlar.engine.past.InForce;
import dev.ashlar.engine.past.Past;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Which cluster a command is about.
///
/// @param given folder or file, if named
/// @param from where relative paths and the search begin
/// @param resets paths of overrides on record that are to count no more, or [#EVERYTHING]
public record ClusterRequest(
        Optional<Path> given,
        Path from,
        Optional<String> site,
        SequencedMap<String, String> sets,
        Set<String> resets) {
    /// Stands for all overrides on record; no path reads like it.
    public static final String EVERYTHING = "all";

    static final String FILE = "cluster.yaml";

    public ClusterRequest {
        sets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sets));
        resets = Set.copyOf(resets);
    }

    /// The same, with these overrides on record counting no more.
    public ClusterRequest resetting(Collection<String> paths) {
        return new ClusterRequest(given, from, site, sets, Set.copyOf(paths));
    }

    /// The overrides on record that this leaves as they are.
    public SequencedMap<String, String> leaves(Past past) {
        SequencedMap<String, String> left = new LinkedHashMap<>();
        InForce.of(past.runs()).values().stream()
                .filter(one -> !sets.containsKey(one.path()))
                .filter(one -> !resets.contains(one.path()) && !resets.contains(EVERYTHING))
                .forEach(one -> left.put(one.path(), one.value()));
        return left;
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
