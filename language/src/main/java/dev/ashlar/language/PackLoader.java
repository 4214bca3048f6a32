package dev.ashlar.language;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.pack.PackTypes;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds and reads the packs a cluster lists.
record PackLoader(Library library, Sources sources, Diagnostics diagnostics) {

    Map<String, Pack> load(List<YamlNode> listed) {
        PackReader reader = new PackReader(sources, diagnostics);
        List<PackReader.Opened> opened = new ArrayList<>();
        for (YamlNode node : listed) {
            open(node, reader).ifPresent(opened::add);
        }
        Map<String, Interface> interfaces = new LinkedHashMap<>();
        opened.forEach(pack -> pack.interfaces().forEach(interfaces::putIfAbsent));
        refuseTwins(opened);
        PackTypes types = PackTypes.of(opened.stream().map(PackReader.Opened::types).toList());
        Map<String, Pack> packs = new LinkedHashMap<>();
        for (PackReader.Opened pack : opened) {
            packs.computeIfAbsent(pack.name(), _ -> reader.read(pack, interfaces, types));
        }
        return packs;
    }

    /// The types of two packs would have the same names.
    private void refuseTwins(List<PackReader.Opened> opened) {
        Map<String, PackReader.Opened> seen = new LinkedHashMap<>();
        for (PackReader.Opened pack : opened) {
            PackReader.Opened twin =
                    pack.types().isEmpty()
                            ? null
                            : seen.putIfAbsent(Expression.identifier(pack.name()), pack);
            if (twin != null && !twin.name().equals(pack.name())) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0110,
                                        pack.span(),
                                        "pack \"%s\" reads like \"%s\" in the names of its types"
                                                .formatted(pack.name(), twin.name()))
                                .withNote(twin.span(), "the other one"));
            }
        }
    }

    private Optional<PackReader.Opened> open(YamlNode node, PackReader reader) {
        return switch (node) {
            case YamlNode.Scalar name -> find(name, reader);
            case YamlNode.Mapping mapping -> {
                Section pin = Section.read(Forms.PACK_PIN, mapping, mapping.span(), diagnostics);
                Optional<PackReader.Opened> opened =
                        pin.scalar("pack").flatMap(name -> find(name, reader));
                opened.ifPresent(pack -> checkVersion(pin, pack));
                yield opened;
            }
            case YamlNode.Sequence _ -> Optional.empty();
        };
    }

    private void checkVersion(Section pin, PackReader.Opened pack) {
        pin.scalar("version")
                .ifPresent(wanted -> {
                    Optional<VersionRange> range = VersionRange.parse(wanted.text());
                    if (range.isEmpty()) {
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0408,
                                                wanted.span(),
                                                "\""
                                                        + wanted.text()
                                                        + "\" is not a range of versions")
                                        .withHelp("write it like \">=1.2 <2\""));
                    } else if (!range.get().admits(pack.version())) {
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0408,
                                                wanted.span(),
                                                "pack \""
                                                        + pack.name()
                                                        + "\" has version "
                                                        + pack.version())
                                        .withNote(pack.span(), "its version"));
                    }
                });
    }

    private Optional<PackReader.Opened> find(YamlNode.Scalar name, PackReader reader) {
        Optional<Path> folder = library.pack(name.text());
        if (folder.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0105,
                                    name.span(),
                                    "unknown pack \"" + name.text() + "\""),
                            name.text(),
                            library.packs()));
        }
        return folder.map(f -> reader.open(name.text(), f));
    }
}
