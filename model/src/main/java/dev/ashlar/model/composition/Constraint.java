package dev.ashlar.model.composition;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What an input's value must satisfy beyond its type. Checked as soon as the value is known.
public sealed interface Constraint {

    /// A number within bounds, both inclusive.
    record Range(long min, long max) implements Constraint {}

    /// A text that a regular expression matches as a whole.
    ///
    /// @param matches whether a text does, in time that grows with the text alone
    record Pattern(String regex, Predicate<String> matches) implements Constraint {}

    /// One of these values.
    record OneOf(List<Value> allowed) implements Constraint {}

    /// A text, list or map with so many characters or elements, both inclusive.
    record Length(long min, long max) implements Constraint {}

    /// What is wrong with a known value ("65536 is not between 1 and 65535"), if anything. Values
    /// that are not known pass, and so does one that is absent.
    default Optional<String> violation(Value value) {
        Optional<String> violation = violated(value);
        return value.isSecret()
                ? violation.map(_ -> "the secret is not as it has to be")
                : violation;
    }

    private Optional<String> violated(Value value) {
        return switch (this) {
            case Range(long min, long max) ->
                    value.data() instanceof Data.Int(long number) && (number < min || number > max)
                            ? Optional.of(number + " is not between " + min + " and " + max)
                            : Optional.empty();
            case Pattern(String regex, Predicate<String> matches) ->
                    value.data() instanceof Data.Text(String text) && !matches.test(text)
                            ? Optional.of("\"" + text + "\" does not match " + regex)
                            : Optional.empty();
            case OneOf(List<Value> allowed) ->
                    !value.isKnown()
                                    || value.data() instanceof Data.Nothing
                                    || allowed.contains(value)
                            ? Optional.empty()
                            : Optional.of(
                                    "not one of "
                                            + allowed.stream()
                                                    .map(Constraint::word)
                                                    .collect(Collectors.joining(", ")));
            case Length(long min, long max) -> {
                long length = length(value.data());
                yield length >= 0 && (length < min || length > max)
                        ? Optional.of("length " + length + " is not between " + min + " and " + max)
                        : Optional.empty();
            }
        };
    }

    private static String word(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> "\"" + text + "\"";
            case Data.Int(long number) -> Long.toString(number);
            case Data.Real(double number) -> Double.toString(number);
            case Data.Bool(boolean truth) -> Boolean.toString(truth);
            case Data.Listing(List<Value> all) ->
                    all.stream().map(Constraint::word).collect(Collectors.joining(", ", "[", "]"));
            case Data.Mapping(var entries) ->
                    entries.entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + word(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            case Data.Structure(String type, _) -> "that " + type;
            case Data.Nothing _ -> "nothing";
            case Data.Blob _, Data.Unknown _, Data.Invalid _ -> "what is not written";
        };
    }

    private static long length(Data data) {
        return switch (data) {
            case Data.Text(String text) -> text.codePointCount(0, text.length());
            case Data.Listing(var elements) -> elements.size();
            case Data.Mapping(var entries) -> entries.size();
            case Data.Int _,
                    Data.Real _,
                    Data.Bool _,
                    Data.Blob _,
                    Data.Structure _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ ->
                    -1;
        };
    }
}
