package dev.ashlar.language.revision;

import dev.ashlar.language.yaml.ScalarKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values as YAML on one line, which may stand anywhere in a file.
public final class FlowText {
    /// What needs no quotes, wherever it stands.
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    private FlowText() {}

    /// The text that reads back as this value; `(no value)` for what no file can say.
    public static String of(Value value) {
        return of(value, false);
    }

    /// @param quoted where a string stands in quotes though it needs none
    static String of(Value value, boolean quoted) {
        return switch (value.data()) {
            case Data.Text(String text) -> text(text.replace("${", "$${"), quoted);
            case Data.Int(long number) -> Long.toString(number);
            case Data.Real(double number) -> real(number);
            case Data.Bool(boolean truth) -> Boolean.toString(truth);
            case Data.Nothing _ -> "null";
            case Data.Listing(List<Value> elements) ->
                    elements.stream().map(FlowText::of).collect(Collectors.joining(", ", "[", "]"));
            case Data.Mapping(Map<String, Value> entries) ->
                    mapping(
                            entries.entrySet().stream()
                                    .map(e -> text(e.getKey(), false) + ": " + of(e.getValue()))
                                    .toList());
            case Data.Structure(_, Fields fields) ->
                    mapping(
                            fields.names().stream()
                                    .filter(name -> !fields.get(name).data().equals(Data.NOTHING))
                                    .map(name -> name + ": " + of(fields.get(name)))
                                    .toList());
            case Data.Blob _, Data.Unknown _, Data.Invalid _ -> "(no value)";
        };
    }

    private static String mapping(List<String> entries) {
        return entries.isEmpty() ? "{}" : "{ " + String.join(", ", entries) + " }";
    }

    private static String real(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        return Double.isInfinite(number)
                ? (number > 0 ? ".inf" : "-.inf")
                : Double.toString(number);
    }

    private static String text(String text, boolean quoted) {
        if (!quoted && WORD.matcher(text).matches() && ScalarKind.of(text) == ScalarKind.TEXT) {
            return text;
        }
        return text.codePoints()
                .mapToObj(FlowText::escaped)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int point) {
        return switch (point) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default ->
                    isPrintable(point)
                            ? Character.toString(point)
                            : String.format(Locale.ROOT, "\\u%04x", point);
        };
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    point > 0xffff;
            default -> true;
        };
    }
}
