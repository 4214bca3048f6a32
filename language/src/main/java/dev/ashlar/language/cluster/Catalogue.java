package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.util.Map;
import java.util.Optional;

/// The components of a cluster's packs.
record Catalogue(Map<String, Pack> packs, Diagnostics diagnostics) {

    /// The component that is named `PACK/COMPONENT`; one that is not there is reported.
    Optional<Component> find(YamlNode.Scalar named) {
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
        String packName = reference.substring(0, slash);
        Pack pack = packs.get(packName);
        if (pack == null) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0105,
                                    span,
                                    "pack \"" + packName + "\" is not in this cluster's packs"),
                            packName,
                            packs.keySet()));
            return Optional.empty();
        }
        String name = reference.substring(slash + 1);
        Component component = pack.components().get(name);
        if (component == null && !pack.unreadable().contains(name)) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0106,
                                    span,
                                    "pack \"" + packName + "\" has no component \"" + name + "\""),
                            name,
                            pack.components().keySet()));
        }
        return Optional.ofNullable(component);
    }
}
