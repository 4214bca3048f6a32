package dev.ashlar.simulation.fleet;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values that work on modelled machines returns, and values as text.
final class MadeUp {
    private MadeUp() {}

    /// A value of the declared type that changes when what it is made from does; outputs named
    /// `fixed…` never change.
    static Value made(Type type, String name, String from) {
        String seed = name.contains(".fixed") ? name : name + from;
        int hash = seed.hashCode();
        return switch (type) {
            case Type.Scalar.TEXT -> Value.text("made-" + Integer.toHexString(hash));
            case Type.Scalar.INT -> Value.number(Math.abs((long) hash));
            case Type.Scalar.REAL -> new Value(new Data.Real(hash), Value.nothing().label());
            case Type.Scalar.BOOL -> Value.truth((hash & 1) == 0);
            case Type.ListOf(Type element) -> Value.list(List.of(made(element, name, from)));
            case Type.MapOf(Type value) -> Value.map(Map.of("made", made(value, name, from)));
            case Type.OptionalOf(Type value) -> made(value, name, from);
            case Type.Secret(Type value) -> made(value, name, from);
            case Type.Struct(String word, var fields) -> {
                Map<String, Value> parts = new LinkedHashMap<>();
                fields.forEach((field, t) -> parts.put(field, made(t, name + field, from)));
                yield Value.structure(word, parts);
            }
        };
    }

    static String shown(Map<String, Value> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + shown(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    static String shown(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> text;
            case Data.Listing(List<Value> all) ->
                    all.stream().map(MadeUp::shown).toList().toString();
            case Data.Mapping(var entries) -> shown(entries);
            case Data.Structure(String type, Fields fields) ->
                    type
                            + fields.names().stream()
                                    .map(name -> name + "=" + shown(fields.get(name)))
                                    .toList();
            case Data.Blob _,
                    Data.Int _,
                    Data.Real _,
                    Data.Bool _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ ->
                    value.data().toString();
        };
    }
}
