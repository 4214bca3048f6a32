package dev.ashlar.language;

import dev.ashlar.language.cluster.Neighbours;
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
/// @param recorded overrides from earlier; of one that leads nowhere any more nothing is reported
/// @param text what to take for what is in the cluster's file, where it is not what is in it
/// @param neighbours how other clusters are looked at
/// @param home where the packs and sites that come with Ashlar are
public record LoadRequest(
        Path clusterFile,
        Optional<String> site,
        SequencedMap<String, String> sets,
        SequencedMap<String, String> recorded,
        Optional<String> text,
        Neighbours neighbours,
        Path home) {
    public LoadRequest {
        sets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(sets));
        recorded = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(recorded));
    }

    /// The file as it is, nothing on record, and no look at other clusters.
    public LoadRequest(
            Path clusterFile, Optional<String> site, SequencedMap<String, String> sets, Path home) {
        this(
                clusterFile,
                site,
                sets,
                new LinkedHashMap<>(),
                Optional.empty(),
                Neighbours.UNSEEN,
                home);
    }
}
