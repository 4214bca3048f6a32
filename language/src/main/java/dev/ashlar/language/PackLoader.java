package dev.ashlar.language;

import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.pack.PackReader;
import dev.ashlar.language.pack.PackReader.Opened;
import dev.ashlar.language.pack.PackTypes;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.source.Library;
import dev.ashlar.language.source.Sources;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Finds and reads the packs a cluster lists, in the versions that its groups use.
record PackLoader(Library library, Sources sources, Diagnostics diagnostics) {

    Packs load(Section cluster) {
        PackReader reader = new PackReader(sources, diagnostics);
        VersionChoice.Chosen chosen = new VersionChoice(library, reader, diagnostics).of(cluster);
        List<Opened> opened = chosen.inUse().values().stream().flatMap(Collection::stream).toList();
        refuseTwins(opened);
        Map<Opened, Pack> read = new LinkedHashMap<>();
        opened.forEach(pack -> read.put(pack, read(pack, opened, reader)));
        SequencedMap<String, List<Pack>> inUse = new LinkedHashMap<>();
        chosen.inUse()
                .forEach((name, versions) ->
                        inUse.put(name, versions.stream().map(one -> of(read, one)).toList()));
        Map<String, Map<String, Pack>> pinned = new LinkedHashMap<>();
        chosen.pinned()
                .forEach((group, packs) -> {
                    Map<String, Pack> own = new LinkedHashMap<>();
                    packs.forEach((name, one) -> own.put(name, of(read, one)));
                    pinned.put(group, own);
                });
        return new Packs(inUse, pinned);
    }

    private static Pack of(Map<Opened, Pack> read, Opened opened) {
        return Objects.requireNonNull(read.get(opened));
    }

    /// A version of a pack knows what it declares itself and what other packs do, not what other
    /// versions of it do: it has to be right without them.
    private static Pack read(Opened pack, List<Opened> all, PackReader reader) {
        List<Opened> seen =
                Stream.concat(
                                Stream.of(pack),
                                all.stream().filter(one -> !one.name().equals(pack.name())))
                        .toList();
        Map<String, Interface> interfaces = new LinkedHashMap<>();
        seen.forEach(one -> one.interfaces().forEach(interfaces::putIfAbsent));
        return reader.read(
                pack, interfaces, PackTypes.of(seen.stream().map(Opened::types).toList()));
    }

    /// The types of two packs would have the same names.
    private void refuseTwins(List<Opened> opened) {
        Map<String, Opened> seen = new LinkedHashMap<>();
        for (Opened pack : opened) {
            Opened twin =
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
}
