package dev.ashlar.language;

import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.pack.PackTypes;
import dev.ashlar.language.pack.PackVersions;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pack that is read without a cluster, for what is told of it. Other packs that are found lend
/// it their interfaces and types; what is wrong with them is not told.
///
/// @param pack there exactly when no diagnostic is an error
/// @param diagnostics sorted by place
/// @param sources the text of each file that was read, by the name that spans use
public record LonePack(
        Optional<Pack> pack, List<Diagnostic> diagnostics, Map<String, String> sources) {
    public LonePack {
        diagnostics = List.copyOf(diagnostics);
        sources = Map.copyOf(sources);
    }

    /// Where the newest version of a pack lies, or the newest of those that are meant by
    /// `NAME@VERSION`: that version, and all that begin so.
    public static Optional<PackReader.Opened> find(String wanted, Library library) {
        Optional<String> version = Library.versionOf(wanted);
        return versions(Library.packOf(wanted), library)
                .newest(one -> one.isOneOf(version))
                .stream()
                .findFirst();
    }

    /// All that are found of a pack, whatever is wrong with them.
    public static PackVersions versions(String name, Library library) {
        return PackVersions.find(name, library, new PackReader(new Sources(), new Diagnostics()));
    }

    /// @param folder the pack's, called `NAME` or `NAME@VERSION`
    public static LonePack read(String name, Path folder, Library library) {
        Sources sources = new Sources();
        Diagnostics diagnostics = new Diagnostics();
        PackReader reader = new PackReader(sources, diagnostics);
        PackReader.Opened own = reader.open(name, folder);
        PackReader stranger = new PackReader(sources, new Diagnostics());
        List<PackReader.Opened> all = new ArrayList<>(List.of(own));
        for (String other : library.packs()) {
            if (!other.equals(name)) {
                PackVersions.find(other, library, stranger).newest(_ -> true).stream()
                        .findFirst()
                        .ifPresent(all::add);
            }
        }
        Map<String, Interface> interfaces = new LinkedHashMap<>();
        all.forEach(pack -> pack.interfaces().forEach(interfaces::putIfAbsent));
        PackTypes types = PackTypes.of(all.stream().map(PackReader.Opened::types).toList());
        Pack pack = reader.read(own, interfaces, types);
        return new LonePack(
                diagnostics.hasErrors() ? Optional.empty() : Optional.of(pack),
                diagnostics.sorted(),
                sources.texts());
    }
}
