package dev.ashlar.language.pack;

import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads the `types` of a component or a pack, which may name each other in any order but not in a
/// circle.
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
                    "Requires",
                    Recipe.PAIR.name());

    private final Diagnostics diagnostics;
    private final String prefix;
    private final Map<String, Type.Struct> outer;
    private final Map<String, YamlNode.Entry> written = new LinkedHashMap<>();
    private final SequencedMap<String, Type.Struct> known = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private final TypeReader reader;

    private Structures(
            List<YamlNode.Entry> entries,
            String prefix,
            Map<String, Type.Struct> outer,
            Set<String> taken,
            Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.prefix = prefix;
        this.outer = outer;
        entries.forEach(entry -> written.put(entry.name(), entry));
        Set<String> names = new LinkedHashSet<>(written.keySet());
        names.addAll(outer.keySet());
        this.reader = new TypeReader(diagnostics, this::find, names);
        for (YamlNode.Entry entry : entries) {
            if (taken.contains(entry.name())) {
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

    /// Those of a component.
    ///
    /// @param shared those of packs, by the names under which the component knows them
    static Structures ofComponent(
            List<YamlNode.Entry> entries,
            Map<String, Type.Struct> shared,
            Diagnostics diagnostics) {
        Set<String> taken = new LinkedHashSet<>(RESERVED);
        taken.addAll(shared.keySet());
        return new Structures(entries, "", shared, taken, diagnostics);
    }

    /// Those of a pack, which name nothing of other packs. Their own names tell the pack, so that
    /// no two packs mean the same.
    static Structures ofPack(List<YamlNode.Entry> entries, String pack, Diagnostics diagnostics) {
        return new Structures(entries, PackTypes.prefix(pack), Map.of(), Set.of(), diagnostics);
    }

    /// Reads types that may name these structures.
    TypeReader reader() {
        return reader;
    }

    SequencedMap<String, Type.Struct> types() {
        return known;
    }

    private Optional<Type> find(String name) {
        Type done = known.get(name);
        if (done != null) {
            return Optional.of(done);
        }
        Type.Struct shared = outer.get(name);
        if (shared != null) {
            return Optional.of(shared);
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
        Type.Struct struct = Type.Struct.of(prefix + name, types);
        known.put(name, struct);
        return Optional.of(struct);
    }
}
