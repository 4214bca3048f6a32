package dev.ashlar.language.pack;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.type.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The types that packs declare, by their full names (`lb.Member`).
public record PackTypes(SequencedMap<String, Type.Struct> all) {
    public PackTypes {
        all = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(all));
    }

    /// Those of all packs together.
    public static PackTypes of(Collection<SequencedMap<String, Type.Struct>> packs) {
        SequencedMap<String, Type.Struct> all = new LinkedHashMap<>();
        packs.forEach(types -> types.values().forEach(type -> all.putIfAbsent(type.name(), type)));
        return new PackTypes(all);
    }

    /// What stands before the names of a pack's types. Dashes become underscores, as everywhere in
    /// expressions.
    static String prefix(String pack) {
        return Expression.identifier(pack) + ".";
    }

    /// As the components of a pack may name them: all by their full names, its own also plainly.
    SequencedMap<String, Type.Struct> seenFrom(String pack) {
        SequencedMap<String, Type.Struct> seen = new LinkedHashMap<>(all);
        String own = prefix(pack);
        all.forEach((name, type) -> {
            if (name.startsWith(own)) {
                seen.put(name.substring(own.length()), type);
            }
        });
        return seen;
    }
}
