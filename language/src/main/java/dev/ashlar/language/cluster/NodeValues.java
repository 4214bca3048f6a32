package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.name.NameKind;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// What a group says of single nodes, as written: by use and node. A node that is not there only
/// because of an override is among them: what is said of it has to be right too.
record NodeValues(Map<String, SequencedMap<String, List<YamlNode.Entry>>> byUse) {

    /// @param entries `nodes:` of the group
    /// @param written the nodes it has as the file says it
    /// @param uses the group's
    static NodeValues read(
            List<YamlNode.Entry> entries,
            GroupSpec group,
            List<String> written,
            Collection<String> uses,
            Diagnostics diagnostics) {
        Map<String, SequencedMap<String, List<YamlNode.Entry>>> byUse = new LinkedHashMap<>();
        Set<String> known = new LinkedHashSet<>(written);
        known.addAll(group.nodes());
        for (YamlNode.Entry node : entries) {
            if (!known.contains(node.name())) {
                unknownNode(node, group, known, diagnostics);
            } else if (node.value() instanceof YamlNode.Mapping(var values, _)) {
                for (YamlNode.Entry use : values) {
                    if (!uses.contains(use.name())) {
                        unknownUse(use, group, uses, diagnostics);
                    } else if (use.value() instanceof YamlNode.Mapping(var inputs, _)) {
                        byUse.computeIfAbsent(use.name(), _ -> new LinkedHashMap<>())
                                .put(node.name(), inputs);
                    }
                }
            }
        }
        return new NodeValues(byUse);
    }

    private static void unknownNode(
            YamlNode.Entry node,
            GroupSpec group,
            Collection<String> known,
            Diagnostics diagnostics) {
        if (NameKind.NODE.allows(node.name())) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0505,
                                    node.key().span(),
                                    "group \""
                                            + group.name()
                                            + "\" has no node \""
                                            + node.name()
                                            + "\""),
                            node.name(),
                            known));
        }
    }

    private static void unknownUse(
            YamlNode.Entry use, GroupSpec group, Collection<String> uses, Diagnostics diagnostics) {
        if (NameKind.LABEL.allows(use.name())) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0404,
                                    use.key().span(),
                                    "group \""
                                            + group.name()
                                            + "\" does not carry \""
                                            + use.name()
                                            + "\""),
                            use.name(),
                            uses));
        }
    }

    SequencedMap<String, List<YamlNode.Entry>> of(String use) {
        return byUse.getOrDefault(use, new LinkedHashMap<>());
    }
}
