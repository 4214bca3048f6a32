package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Stream;

/// The packs of a cluster, each in the versions that are in use there.
///
/// @param inUse by name, at least one version of each
/// @param pinned by group and name: the version that the group takes
public record Packs(SequencedMap<String, List<Pack>> inUse, Map<String, Map<String, Pack>> pinned) {
    public static final Packs NONE = new Packs(new LinkedHashMap<>(), Map.of());

    public Packs {
        inUse = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inUse));
        pinned = Map.copyOf(pinned);
    }

    /// That a pack is named which the cluster does not list.
    public static Diagnostic unlisted(String pack, Span at, Collection<String> listed) {
        return Hints.spelled(
                Diagnostic.of(
                        Code.ASH0105, at, "pack \"" + pack + "\" is not in this cluster's packs"),
                pack,
                listed);
    }

    /// Every version of every pack.
    public List<Pack> all() {
        return inUse.values().stream().flatMap(Collection::stream).toList();
    }

    public SequencedSet<String> names() {
        return inUse.sequencedKeySet();
    }

    /// The pack of that name as the uses of a group take it; empty where the cluster has none.
    public Optional<Pack> of(String group, String name) {
        return Optional.ofNullable(pinned.getOrDefault(group, Map.of()).get(name))
                .or(() -> versions(name).stream().findFirst());
    }

    /// The pack of that name in all versions that are in use.
    public List<Pack> versions(String name) {
        return inUse.getOrDefault(name, List.of());
    }

    /// The component in each version in use that has it.
    public List<Pack.Component> components(String pack, String component) {
        return versions(pack).stream()
                .flatMap(version -> Stream.ofNullable(version.components().get(component)))
                .toList();
    }
}
