package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The components of a cluster's packs.
record Catalogue(Packs packs, Diagnostics diagnostics) {

    /// A component as written.
    private record Reference(String pack, String component, Span span) {}

    /// The component that a use of a group names as `PACK/COMPONENT`; one that is not there is
    /// reported.
    Optional<Component> find(YamlNode.Scalar named, String group) {
        return reference(named)
                .flatMap(of ->
                        among(packs.of(group, of.pack()).stream().toList(), of).stream()
                                .findFirst());
    }

    /// The same in each version of its pack that is in use and has it; reported where none has.
    List<Component> find(YamlNode.Scalar named) {
        return reference(named).map(of -> among(packs.versions(of.pack()), of)).orElse(List.of());
    }

    private Optional<Reference> reference(YamlNode.Scalar named) {
        String reference = named.text();
        int slash = reference.indexOf('/');
        Span span = named.span();
        if (slash < 0) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0106,
                                    span,
                                    "\"" + reference + "\" does not say which pack it is from")
                            .withHelp("a component is written PACK/COMPONENT"));
            return Optional.empty();
        }
        String pack = reference.substring(0, slash);
        if (packs.versions(pack).isEmpty()) {
            diagnostics.add(Packs.unlisted(pack, span, packs.names()));
            return Optional.empty();
        }
        return Optional.of(new Reference(pack, reference.substring(slash + 1), span));
    }

    private List<Component> among(List<Pack> versions, Reference of) {
        List<Component> found =
                versions.stream()
                        .flatMap(pack -> Stream.ofNullable(pack.components().get(of.component())))
                        .toList();
        if (found.isEmpty()
                && versions.stream().noneMatch(p -> p.unreadable().contains(of.component()))) {
            Set<String> known = new LinkedHashSet<>();
            versions.forEach(pack -> known.addAll(pack.components().keySet()));
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0106,
                                    of.span(),
                                    title(versions, of)
                                            + " has no component \""
                                            + of.component()
                                            + "\""),
                            of.component(),
                            known));
        }
        return found;
    }

    /// With its version where others are in use as well.
    private String title(List<Pack> versions, Reference of) {
        String version =
                versions.size() < packs.versions(of.pack()).size()
                        ? "version " + versions.getFirst().version() + " of "
                        : "";
        return version + "pack \"" + of.pack() + "\"";
    }
}
