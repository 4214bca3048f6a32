package dev.ashlar.language.expression;

import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What an expression may read.
///
/// @param variables the root variables with their types, in the order in which hints list them
/// @param types the structures that an expression may create by name (`Peer{…}`). Structures nested
///   in the variables need not be listed: their fields can be read in any case.
public record Environment(SequencedMap<String, Type> variables, Map<String, Type.Struct> types) {
    public Environment {
        variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }

    /// Variables only.
    public static Environment of(Map<String, Type> variables) {
        return new Environment(new LinkedHashMap<>(variables), Map.of());
    }

    /// The same with one more variable (or another type for one that is there).
    public Environment with(String variable, Type type) {
        SequencedMap<String, Type> more = new LinkedHashMap<>(variables);
        more.put(variable, type);
        return new Environment(more, types);
    }
}
