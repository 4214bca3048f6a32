package dev.ashlar.language;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// What to load.
///
/// @param clusterFile the cluster's file
/// @param site replaces the site that the file names
/// @param sets overrides by path, such as `groups.store.count` to `4`
/// @param home where the packs and sites that come with Ashlar are
public record LoadRequest(
        Path clusterFile, Optional<String> site, SequencedMap<String, String> sets, Path home) {
    public LoadRequest {
        sets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sets));
    }
}
