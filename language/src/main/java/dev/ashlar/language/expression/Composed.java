package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A list, map or structure written as YAML, with expressions inside. The names are empty for a
/// list.
record Composed(
        List<String> names,
        List<Expression> parts,
        Type type,
        Span span,
        Set<String> variables,
        Set<List<String>> reads)
        implements Expression {

    static Composed of(List<String> names, List<Expression> parts, Type type, Span span) {
        Set<List<String>> paths = new LinkedHashSet<>();
        Set<String> variables = new LinkedHashSet<>();
        for (Expression part : parts) {
            variables.addAll(part.variables());
            paths.addAll(part.reads());
        }
        return new Composed(
                List.copyOf(names),
                List.copyOf(parts),
                type,
                span,
                java.util.Collections.unmodifiableSet(variables),
                java.util.Collections.unmodifiableSet(paths));
    }

    @Override
    public String source() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String source = parts.get(i).source();
            written.add(names.isEmpty() ? source : names.get(i) + ": " + source);
        }
        String inside = String.join(", ", written);
        return names.isEmpty() && Secrets.plain(type) instanceof Type.ListOf
                ? "[" + inside + "]"
                : "{" + inside + "}";
    }

    @Override
    public Value evaluate(Scope scope) {
        List<Value> values = new ArrayList<>(parts.size());
        for (Expression part : parts) {
            Value value = part.evaluate(scope);
            if (value.data() instanceof Data.Invalid) {
                return value;
            }
            values.add(value);
        }
        return Flow.sealed(new Value(data(Secrets.plain(type), values), Term.written(span)), type);
    }

    private Data data(Type plain, List<Value> values) {
        if (plain instanceof Type.OptionalOf(Type inner)) {
            return data(Secrets.plain(inner), values);
        }
        if (plain instanceof Type.ListOf) {
            return new Data.Listing(values);
        }
        Map<String, Value> named = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            named.put(names.get(i), values.get(i));
        }
        if (plain instanceof Type.Struct struct) {
            struct.fields().keySet().forEach(name -> named.putIfAbsent(name, Value.nothing()));
            return new Data.Structure(struct.name(), Fields.of(named));
        }
        return Data.Mapping.of(named);
    }
}
