package dev.ashlar.language;

import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.ScalarKind;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// What a group has to do with packs, as written. Nothing is reported: the group is read, and its
/// uses with it, once the packs are known.
///
/// @param names the packs it says a range of versions for, as written
/// @param ranges by pack; without what is no text
/// @param used the packs of its uses
record GroupPacks(
        String name,
        SequencedMap<String, YamlNode.Scalar> names,
        SequencedMap<String, YamlNode.Scalar> ranges,
        Set<String> used) {

    static Optional<GroupPacks> of(YamlNode.Entry group) {
        return group.value() instanceof YamlNode.Mapping mapping
                ? Optional.of(
                        of(
                                group.name(),
                                Section.read(
                                        Forms.GROUP,
                                        mapping,
                                        group.key().span(),
                                        new Diagnostics())))
                : Optional.empty();
    }

    private static GroupPacks of(String name, Section group) {
        SequencedMap<String, YamlNode.Scalar> names = new LinkedHashMap<>();
        SequencedMap<String, YamlNode.Scalar> ranges = new LinkedHashMap<>();
        for (YamlNode.Entry pin : group.names("packs")) {
            names.put(pin.name(), pin.key());
            if (pin.value() instanceof YamlNode.Scalar range && range.kind() == ScalarKind.TEXT) {
                ranges.put(pin.name(), range);
            }
        }
        Set<String> used = new LinkedHashSet<>();
        group.names("uses").stream()
                .flatMap(use -> component(use.value()))
                .forEach(component -> used.add(component.split("/", 2)[0]));
        return new GroupPacks(name, names, ranges, used);
    }

    private static Stream<String> component(YamlNode use) {
        return switch (use) {
            case YamlNode.Scalar component -> Stream.of(component.text());
            case YamlNode.Mapping mapping ->
                    mapping.get("component").stream().flatMap(GroupPacks::text);
            case YamlNode.Sequence _ -> Stream.empty();
        };
    }

    private static Stream<String> text(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar ? Stream.of(scalar.text()) : Stream.empty();
    }
}
