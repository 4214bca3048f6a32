package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// What an expression may read.
///
/// @param variables the root variables with their types, in the order in which hints list them
/// @param types the structures that an expression may create by name (`Peer{…}`). Structures nested
///   in the variables need not be listed: their fields can be read in any case.
/// @param enumerations what is always one of a few texts, by the path under which it is read
///   (`inputs.family`)
public record Environment(
        SequencedMap<String, Type> variables,
        Map<String, Type.Struct> types,
        Map<String, Enumeration> enumerations) {
    public Environment {
        variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        enumerations = Collections.unmodifiableMap(new LinkedHashMap<>(enumerations));
    }

    /// Where nothing is known to be one of a few texts.
    public Environment(SequencedMap<String, Type> variables, Map<String, Type.Struct> types) {
        this(variables, types, Map.of());
    }

    /// The variables that a person may write.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(variables.keySet());
        names.remove(Collected.NAME);
        return names;
    }

    /// What `collect(NAME)` gives: a list of a structure that packs declare; empty where none is
    /// known by that name.
    public Optional<Type.ListOf> collected(String name) {
        return variables.get(Collected.NAME) instanceof Type.Struct all
                        && all.fields().get(name) instanceof Type.ListOf list
                ? Optional.of(list)
                : Optional.empty();
    }

    /// Why [#collected] knows nothing by that name.
    ///
    /// @param name empty for what is written there and is no name
    public Diagnostic notCollected(String name, Span at) {
        return Collecting.problem(name, at, this);
    }

    /// Variables only.
    public static Environment of(Map<String, Type> variables) {
        return new Environment(new LinkedHashMap<>(variables), Map.of());
    }

    /// The same with one more variable (or another type for one that is there).
    public Environment with(String variable, Type type) {
        SequencedMap<String, Type> more = new LinkedHashMap<>(variables);
        more.put(variable, type);
        return new Environment(more, types, enumerations);
    }
}
