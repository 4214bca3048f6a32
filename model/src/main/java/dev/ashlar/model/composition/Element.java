package dev.ashlar.model.composition;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a repeated resource or step reads of the element that it stands for: `each.value`, and
/// `each.key` where the elements have names, as those of a map and of a list of texts have.
public final class Element {
    /// The variable.
    public static final String NAME = "each";

    public static final String KEY = "key";
    public static final String VALUE = "value";

    private Element() {}

    /// The elements of a list or map, in its order; none of what is not known.
    public static List<Value> of(Value collection) {
        List<Value> elements = new ArrayList<>();
        switch (collection.data()) {
            case Data.Listing(List<Value> all) -> all.forEach(one -> elements.add(listed(one)));
            case Data.Mapping(var entries) ->
                    entries.forEach((key, one) ->
                            elements.add(element(named(key, collection.label()), one)));
            default -> {}
        }
        return elements;
    }

    /// True when it is known which elements there are, and what their keys are.
    public static boolean areTold(Value collection) {
        return switch (collection.data()) {
            case Data.Mapping _ -> true;
            case Data.Listing(List<Value> all) -> all.stream().allMatch(Value::isKnown);
            default -> false;
        };
    }

    /// The element of a map under a key.
    public static Optional<Value> at(Value collection, String key) {
        return collection.data() instanceof Data.Mapping(var entries)
                ? Optional.ofNullable(entries.get(key))
                        .map(one -> element(named(key, collection.label()), one))
                : Optional.empty();
    }

    /// The key of an element that has one, where that is known.
    public static Optional<String> key(Value element) {
        return element.data() instanceof Data.Structure(_, var fields)
                        && fields.names().contains(KEY)
                        && fields.get(KEY).data() instanceof Data.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// What the key stands for.
    public static Optional<Value> value(Value element) {
        return element.data() instanceof Data.Structure(_, var fields)
                ? Optional.of(fields.get(VALUE))
                : Optional.empty();
    }

    /// What is read inside, where `each` is one of these.
    public static Scope within(Scope outer, Value element) {
        return name -> name.equals(NAME) ? element : outer.variable(name);
    }

    private static Value named(String key, Label label) {
        return Value.text(key).labelled(label);
    }

    private static Value listed(Value one) {
        // Of what is not known yet the checker has seen to it that only a text's key is read.
        return switch (one.data()) {
            case Data.Text _, Data.Unknown _, Data.Invalid _ -> element(one, one);
            default -> Value.structure("Each", Map.of(VALUE, one));
        };
    }

    private static Value element(Value key, Value one) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put(KEY, key);
        fields.put(VALUE, one);
        return Value.structure("Each", fields);
    }
}
