package dev.ashlar.language;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.pack.PackReader.Opened;
import dev.ashlar.language.pack.PackVersions;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.pack.Version;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Chooses versions: of each pack that a cluster lists the newest that will do, and where a group
/// says other ones, the newest of these for its uses. What cannot be had is reported, and what
/// stands in for it spares further reports of the same mistake. Confined to one thread.
final class VersionChoice {
    private final Library library;
    private final PackReader reader;
    private final Diagnostics diagnostics;
    private final SequencedMap<String, YamlNode.Scalar> listed = new LinkedHashMap<>();
    private final SequencedMap<String, PackVersions> found = new LinkedHashMap<>();
    private final Map<String, Opened> ofCluster = new LinkedHashMap<>();

    VersionChoice(Library library, PackReader reader, Diagnostics diagnostics) {
        this.library = library;
        this.reader = reader;
        this.diagnostics = diagnostics;
    }

    /// @param inUse by pack: the versions that uses take, the cluster's own choice first; that
    ///   alone of a pack that nobody uses
    /// @param pinned what groups have chosen for themselves, by group and pack
    record Chosen(
            SequencedMap<String, List<Opened>> inUse, Map<String, Map<String, Opened>> pinned) {}

    Chosen of(Section cluster) {
        cluster.elements("packs").forEach(this::list);
        List<GroupPacks> groups =
                cluster.names("groups").stream()
                        .flatMap(group -> GroupPacks.of(group).stream())
                        .toList();
        Map<String, Map<String, Opened>> pinned = new LinkedHashMap<>();
        groups.forEach(group -> pinned.put(group.name(), pinned(group)));
        SequencedMap<String, List<Opened>> inUse = new LinkedHashMap<>();
        ofCluster.forEach((name, own) -> {
            List<Map<String, Opened>> users =
                    groups.stream()
                            .filter(group -> group.used().contains(name))
                            .map(group -> pinned.getOrDefault(group.name(), Map.of()))
                            .toList();
            Set<Opened> versions = new LinkedHashSet<>();
            if (users.isEmpty() || users.stream().anyMatch(user -> !user.containsKey(name))) {
                versions.add(own);
            }
            users.forEach(user -> Optional.ofNullable(user.get(name)).ifPresent(versions::add));
            inUse.put(name, List.copyOf(versions));
        });
        groups.forEach(group -> refuseDiffering(group, inUse, pinned));
        return new Chosen(inUse, pinned);
    }

    // ---- as the cluster lists them

    private void list(YamlNode node) {
        switch (node) {
            case YamlNode.Scalar name -> list(name, Optional.empty());
            case YamlNode.Mapping mapping -> {
                Section pin = Section.read(Forms.PACK_PIN, mapping, mapping.span(), diagnostics);
                pin.scalar("pack").ifPresent(name -> list(name, pin.scalar("version")));
            }
            case YamlNode.Sequence _ -> {}
        }
    }

    private void list(YamlNode.Scalar name, Optional<YamlNode.Scalar> range) {
        YamlNode.Scalar twin = listed.putIfAbsent(name.text(), name);
        if (twin != null) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0110,
                                    name.span(),
                                    "pack \"" + name.text() + "\" is listed already")
                            .withNote(twin.span(), "first here")
                            .withHelp(
                                    "a group that is to have another version says so itself:"
                                            + " packs: { %s: \"…\" }".formatted(name.text())));
            return;
        }
        PackVersions versions = PackVersions.find(name.text(), library, reader);
        if (versions.all().isEmpty()) {
            diagnostics.add(unknown(name));
            return;
        }
        found.put(name.text(), versions);
        Optional<Opened> chosen =
                range.isPresent()
                        ? admitted(versions, range.get())
                        : newest(versions, name.span(), _ -> true);
        ofCluster.put(name.text(), chosen.orElseGet(() -> versions.newest(_ -> true).getFirst()));
    }

    private Diagnostic unknown(YamlNode.Scalar name) {
        Diagnostic unknown =
                Diagnostic.of(Code.ASH0105, name.span(), "unknown pack \"" + name.text() + "\"");
        String pack = Library.packOf(name.text());
        return pack.equals(name.text()) || library.pack(pack).isEmpty()
                ? Hints.spelled(unknown, name.text(), library.packs())
                : unknown.withHelp(
                        "say which version apart: { pack: %s, version: \"…\" }".formatted(pack));
    }

    // ---- as groups have them

    private Map<String, Opened> pinned(GroupPacks group) {
        Map<String, Opened> pinned = new LinkedHashMap<>();
        group.names().forEach((pack, name) -> refuseIdle(group, name));
        group.ranges()
                .forEach((pack, range) ->
                        Optional.ofNullable(found.get(pack))
                                .filter(_ -> group.used().contains(pack))
                                .flatMap(versions -> admitted(versions, range))
                                .ifPresent(chosen -> pinned.put(pack, chosen)));
        return pinned;
    }

    private void refuseIdle(GroupPacks group, YamlNode.Scalar name) {
        if (!listed.containsKey(name.text())) {
            diagnostics.add(Packs.unlisted(name.text(), name.span(), listed.keySet()));
        } else if (!group.used().contains(name.text())) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0404,
                                    name.span(),
                                    "group \"%s\" uses nothing of pack \"%s\""
                                            .formatted(group.name(), name.text()))
                            .withHelp("take it out: no use would be of that version"));
        }
    }

    // ---- the newest that will do

    private Optional<Opened> admitted(PackVersions versions, YamlNode.Scalar wanted) {
        Optional<VersionRange> range = VersionRange.parse(wanted.text());
        if (range.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0408,
                                    wanted.span(),
                                    "\"" + wanted.text() + "\" is not a range of versions")
                            .withHelp("write it like \">=1.2 <2\""));
            return Optional.empty();
        }
        Optional<Opened> newest = newest(versions, wanted.span(), range.get()::admits);
        if (newest.isEmpty()) {
            diagnostics.add(unmet(versions, wanted.span()));
        }
        return newest;
    }

    private Optional<Opened> newest(
            PackVersions versions, Span wanted, Predicate<Version> admitted) {
        List<Opened> newest = versions.newest(admitted);
        if (newest.size() > 1) {
            Diagnostic twice =
                    Diagnostic.of(
                                    Code.ASH0110,
                                    wanted,
                                    "pack \"%s\" is there more than once in version %s"
                                            .formatted(
                                                    versions.name(), newest.getFirst().version()))
                            .withHelp("take all but one away, or say a newer version in one");
            for (Opened one : newest) {
                twice = twice.withNote(one.span(), "version " + one.version());
            }
            diagnostics.add(twice);
        }
        return newest.stream().findFirst();
    }

    private static Diagnostic unmet(PackVersions versions, Span wanted) {
        List<Opened> all = versions.all();
        Diagnostic unmet =
                Diagnostic.of(
                        Code.ASH0408,
                        wanted,
                        "pack \"%s\" has version%s %s"
                                .formatted(
                                        versions.name(),
                                        all.size() == 1 ? "" : "s",
                                        all.stream()
                                                .map(Opened::version)
                                                .collect(Collectors.joining(" and "))));
        for (Opened one : all) {
            unmet =
                    unmet.withNote(
                            one.span(),
                            all.size() == 1 ? "its version" : "version " + one.version());
        }
        return unmet;
    }

    // ---- two of them in one cluster

    /// What two versions declare under one name is one thing to those who talk to both.
    private void refuseDiffering(
            GroupPacks group,
            SequencedMap<String, List<Opened>> inUse,
            Map<String, Map<String, Opened>> pinned) {
        pinned.getOrDefault(group.name(), Map.of())
                .forEach((pack, own) -> {
                    Opened first = inUse.getOrDefault(pack, List.of(own)).getFirst();
                    YamlNode.Scalar range = group.ranges().get(pack);
                    if (range != null) {
                        new Declared(first, own, range.span())
                                .differing()
                                .forEach(diagnostics::add);
                    }
                });
    }

    /// @param own the version that a group takes
    /// @param range where it says so
    private record Declared(Opened first, Opened own, Span range) {
        List<Diagnostic> differing() {
            List<Diagnostic> differing = new ArrayList<>();
            first.interfaces()
                    .forEach((name, there) ->
                            Optional.ofNullable(own.interfaces().get(name))
                                    .filter(here -> !here.values().equals(there.values()))
                                    .map(here ->
                                            problem("interface", name, there.span(), here.span()))
                                    .ifPresent(differing::add));
            first.types()
                    .forEach((name, there) ->
                            Optional.ofNullable(own.types().get(name))
                                    .filter(here -> !here.equals(there))
                                    .map(_ ->
                                            problem(
                                                    "type",
                                                    name,
                                                    place(first, name),
                                                    place(own, name)))
                                    .ifPresent(differing::add));
            return differing;
        }

        private static Span place(Opened pack, String type) {
            return pack.places().getOrDefault(type, pack.span());
        }

        private Diagnostic problem(String kind, String name, Span there, Span here) {
            return Diagnostic.of(
                            Code.ASH0403,
                            range,
                            "versions %s and %s of pack \"%s\" are both in use, and differ in %s \"%s\""
                                    .formatted(
                                            first.version(), own.version(), own.name(), kind, name))
                    .withNote(there, "of version " + first.version())
                    .withNote(here, "of version " + own.version())
                    .withHelp("let all groups take one version, or declare it alike in both");
        }
    }
}
