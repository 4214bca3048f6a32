package dev.ashlar.language.pack;

import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads a component's `types`, which may name each other in any order but not in a circle.
final class Structures {
    /// Taken by what every expression may read.
    static final Set<String> RESERVED =
            Set.of(
                    "Node",
                    "Member",
                    "Cluster",
                    "Use",
                    "Inputs",
                    "Outputs",
                    "ClusterOutputs",
                    "Requires");

    private final Diagnostics diagnostics;
    private final Map<String, YamlNode.Entry> written = new LinkedHashMap<>();
    private final SequencedMap<String, Type> known = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final TypeReader reader;

    Structures(List<YamlNode.Entry> entries, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        entries.forEach(entry -> written.put(entry.name(), entry));
        this.reader = new TypeReader(diagnostics, this::find, written.keySet());
        for (YamlNode.Entry entry : entries) {
            if (RESERVED.contains(entry.name())) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0110,
                                entry.key().span(),
                                "type \"" + entry.name() + "\" is there already"));
            } else {
                find(entry.name());
            }
        }
    }

    /// Reads types that may name these structures.
    TypeReader reader() {
        return reader;
    }

    SequencedMap<String, Type> types() {
        return known;
    }

    private Optional<Type> find(String name) {
        Type done = known.get(name);
        if (done != null) {
            return Optional.of(done);
        }
        YamlNode.Entry entry = written.get(name);
        if (entry == null || !(entry.value() instanceof YamlNode.Mapping fields)) {
            return Optional.empty();
        }
        if (!open.add(name)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0107,
                            entry.key().span(),
                            "type \"" + name + "\" contains itself"));
            return Optional.empty();
        }
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        boolean complete = true;
        for (YamlNode.Entry field : fields.entries()) {
            Optional<Type> type =
                    field.value() instanceof YamlNode.Scalar scalar
                            ? reader.read(scalar)
                            : Optional.empty();
            type.ifPresent(t -> types.put(field.name(), t));
            complete &= type.isPresent();
        }
        open.remove(name);
        if (!complete) {
            return Optional.empty();
        }
        Type.Struct struct = Type.Struct.of(name, types);
        known.put(name, struct);
        return Optional.of(struct);
    }
}
