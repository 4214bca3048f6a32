package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as people read them: JSON-like, on one line, cut at a bound. Of a secret its name and
/// version are shown, never the secret.
public final class Shown {
    private static final int MAX_CHARACTERS = 300;

    private Shown() {}

    public static String of(Value value) {
        return cut(full(value));
    }

    /// An expression as its author wrote it, on one line, cut at the same bound.
    public static String written(Expression expression) {
        return cut(expression.source().strip().replace("\n", "\\n"));
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "…";
    }

    private static String full(Value value) {
        if (value.isSecret()) {
            return secret(value.label());
        }
        return switch (value.data()) {
            case Data.Text(String text) -> '"' + text.replace("\n", "\\n") + '"';
            case Data.Int(long number) -> Long.toString(number);
            case Data.Real(double number) -> Double.toString(number);
            case Data.Bool(boolean truth) -> Boolean.toString(truth);
            case Data.Blob(byte[] bytes) -> "(" + bytes.length + " bytes)";
            case Data.Nothing _ -> "(none)";
            case Data.Unknown _ -> knownAfter(value);
            case Data.Invalid(String message, _) -> "(no value: " + message + ")";
            case Data.Listing(List<Value> elements) ->
                    elements.stream().map(Shown::full).collect(Collectors.joining(", ", "[", "]"));
            case Data.Mapping(Map<String, Value> entries) ->
                    entries.entrySet().stream()
                            .map(e -> e.getKey() + ": " + full(e.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Data.Structure(String type, Fields fields) ->
                    fields.names().stream()
                            .map(name -> name + ": " + full(fields.get(name)))
                            .collect(Collectors.joining(", ", type + "{", "}"));
        };
    }

    /// Which it is may be known, and in which version: not what it is.
    private static String secret(Label label) {
        String kept =
                label.origins().stream()
                        .filter(Origin.Kept.class::isInstance)
                        .map(Object::toString)
                        .collect(Collectors.joining("; "));
        return kept.isEmpty() ? "(secret)" : "(" + kept + ")";
    }

    private static String knownAfter(Value value) {
        return value.label().awaits().stream()
                .map(Object::toString)
                .collect(Collectors.joining(", ", "(known after ", ")"));
    }
}
