package dev.ashlar.language.pack;

import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads a pack: `pack.yaml` and one component per other YAML file of its folder. Interfaces of
/// several packs may be known before any component is read, so reading has two phases. Confined to
/// one thread.
public final class PackReader {
    private static final String OWN = "pack.yaml";

    private final Sources sources;
    private final Diagnostics diagnostics;

    public PackReader(Sources sources, Diagnostics diagnostics) {
        this.sources = sources;
        this.diagnostics = diagnostics;
    }

    /// A pack's own file as read; its components are not yet.
    ///
    /// @param places where it declares its types, by name
    public record Opened(
            String name,
            String version,
            String doc,
            Path folder,
            SequencedMap<String, Interface> interfaces,
            SequencedMap<String, Type.Struct> types,
            Map<String, Span> places,
            Span span) {}

    /// Reads `pack.yaml`.
    ///
    /// @param name the pack as asked for; its folder has this name, or `NAME@VERSION`
    public Opened open(String name, Path folder) {
        String shown = shown(folder) + "/" + OWN;
        SequencedMap<String, Interface> interfaces = new LinkedHashMap<>();
        YamlFile file = own(folder, shown);
        if (!(file.root().orElse(null) instanceof YamlNode.Mapping root)) {
            notMapping(file);
            return new Opened(
                    name,
                    "",
                    "",
                    folder,
                    interfaces,
                    new LinkedHashMap<>(),
                    Map.of(),
                    file.start());
        }
        Section section = Section.read(Forms.PACK, root, file.start(), diagnostics);
        section.scalar("pack")
                .filter(written -> !written.text().equals(name))
                .ifPresent(written ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0104,
                                                written.span(),
                                                "pack \""
                                                        + written.text()
                                                        + "\" is not named like its folder")
                                        .withHelp("name it " + name)));
        refuseOtherVersion(section, folder);
        Structures structures = Structures.ofPack(section.names("types"), name, diagnostics);
        for (YamlNode.Entry entry : section.names("interfaces")) {
            interfaces.put(entry.name(), signature(entry, structures.reader()));
        }
        return new Opened(
                name,
                section.text("version", ""),
                section.text("doc", ""),
                folder,
                interfaces,
                structures.types(),
                section.names("types").stream()
                        .collect(
                                Collectors.toMap(
                                        YamlNode.Entry::name, entry -> entry.key().span())),
                section.at("version"));
    }

    /// A folder called `NAME@VERSION` holds that version, or one that begins so.
    private void refuseOtherVersion(Section pack, Path folder) {
        String called = String.valueOf(folder.getFileName());
        Optional<String> version = Library.versionOf(called);
        pack.scalar("version")
                .filter(written -> !new Version(written.text()).isOneOf(version))
                .ifPresent(written ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0104,
                                                written.span(),
                                                "version %s is not that of its folder \"%s\""
                                                        .formatted(written.text(), called))
                                        .withHelp(
                                                "call the folder %s@%s"
                                                        .formatted(
                                                                Library.packOf(called),
                                                                written.text()))));
    }

    private static Interface signature(YamlNode.Entry entry, TypeReader types) {
        SequencedMap<String, Type> values = new LinkedHashMap<>();
        if (entry.value() instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry value : mapping.entries()) {
                if (value.value() instanceof YamlNode.Scalar scalar) {
                    types.read(scalar).ifPresent(type -> values.put(value.name(), type));
                }
            }
        }
        return new Interface(entry.name(), values, entry.key().span());
    }

    /// Reads the components.
    ///
    /// @param interfaces of all packs that take part
    /// @param types of all packs that take part
    public Pack read(Opened opened, Map<String, Interface> interfaces, PackTypes types) {
        SequencedMap<String, Component> components = new LinkedHashMap<>();
        Set<String> unreadable = new HashSet<>();
        PackFolder folder = new PackFolder(opened.folder(), shown(opened.folder()), sources);
        for (String name : sources.names(opened.folder())) {
            if (name.endsWith(".yaml") && !name.equals(OWN)) {
                String stem = name.substring(0, name.length() - ".yaml".length());
                if (!sources.isInside(opened.folder(), opened.folder().resolve(name))) {
                    unreadable.add(stem);
                    diagnostics.add(leadsOut(name, opened.span()));
                    continue;
                }
                YamlFile file = file(opened.folder().resolve(name), folder.shownName(name));
                if (file.root().orElse(null) instanceof YamlNode.Mapping root) {
                    components.put(
                            stem, component(opened, stem, folder, interfaces, types, file, root));
                } else {
                    unreadable.add(stem);
                    notMapping(file);
                }
            }
        }
        return new Pack(
                opened.name(),
                opened.version(),
                opened.doc(),
                opened.interfaces(),
                opened.types(),
                components,
                unreadable,
                opened.span());
    }

    private Component component(
            Opened pack,
            String name,
            PackFolder folder,
            Map<String, Interface> interfaces,
            PackTypes types,
            YamlFile file,
            YamlNode.Mapping root) {
        Diagnostics own = new Diagnostics();
        ComponentReader reader =
                new ComponentReader(pack, folder, new InterfaceCheck(interfaces), types, own);
        ComponentReader.Reading reading = reader.read(name, root, file.start());
        new Refinement(reading.signature(), file.name(), file.text()).pass(own, diagnostics);
        return reading.component();
    }

    private YamlFile own(Path folder, String shown) {
        Path path = folder.resolve(OWN);
        if (sources.isInside(folder, path)) {
            return file(path, shown);
        }
        diagnostics.add(leadsOut(OWN, Span.wholeFile(shown)));
        return new YamlFile(shown, "", Optional.empty());
    }

    private static Diagnostic leadsOut(String name, Span at) {
        return Diagnostic.of(
                        Code.ASH0303, at, "\"" + name + "\" is a link that leads out of the pack")
                .withHelp(PackFolder.NO_LINK);
    }

    private YamlFile file(Path path, String shown) {
        return sources.yaml(path, shown, diagnostics);
    }

    private void notMapping(YamlFile file) {
        file.root()
                .ifPresent(root ->
                        diagnostics.add(
                                Diagnostic.of(
                                        Code.ASH0103,
                                        root.span(),
                                        "file must be a mapping, not " + root.described())));
    }

    private static String shown(Path folder) {
        return "packs/" + folder.getFileName();
    }
}
