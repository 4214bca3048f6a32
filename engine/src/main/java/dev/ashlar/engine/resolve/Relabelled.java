package dev.ashlar.engine.resolve;

import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A value with every label in it changed.
public final class Relabelled {
    private Relabelled() {}

    public static Value of(Value value, UnaryOperator<Label> change) {
        return new Value(inside(value.data(), change), change.apply(value.label()));
    }

    /// The value, which no longer waits for members of a use to be healthy.
    static Value withoutHealth(Value value, String use) {
        return of(
                value,
                label -> {
                    Set<Await> others = new LinkedHashSet<>(label.awaits());
                    others.removeIf(
                            a -> a instanceof Await.Healthy(String of, _) && of.equals(use));
                    return label.withAwaits(others);
                });
    }

    /// The value, which no longer waits for what has happened.
    static Value asOfNow(Value value, View view) {
        return value.deepLabel().awaits().stream().anyMatch(view::holds)
                ? of(
                        value,
                        label -> {
                            Set<Await> open = new LinkedHashSet<>(label.awaits());
                            open.removeIf(view::holds);
                            return label.withAwaits(open);
                        })
                : value;
    }

    private static Data inside(Data data, UnaryOperator<Label> change) {
        return switch (data) {
            case Data.Listing(List<Value> elements) ->
                    new Data.Listing(elements.stream().map(e -> of(e, change)).toList());
            case Data.Mapping(Map<String, Value> entries) -> {
                Map<String, Value> changed = new LinkedHashMap<>();
                entries.forEach((name, entry) -> changed.put(name, of(entry, change)));
                yield Data.Mapping.of(changed);
            }
            case Data.Structure(String type, Fields fields) -> {
                Map<String, Value> changed = new LinkedHashMap<>();
                fields.names().forEach(name -> changed.put(name, of(fields.get(name), change)));
                yield new Data.Structure(type, Fields.of(changed));
            }
            case Data.Text _,
                    Data.Int _,
                    Data.Real _,
                    Data.Bool _,
                    Data.Blob _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ ->
                    data;
        };
    }
}
