package dev.ashlar.app.command;

import dev.ashlar.language.revision.FlowText;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.InputSpec;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What an input's value must satisfy beyond its type, in words.
final class Allowed {
    private Allowed() {}

    /// @param literal how values and expressions are set off from the words
    /// @return empty where every value of its type is allowed
    static String of(InputSpec input, UnaryOperator<String> literal) {
        return input.constraints().stream()
                .map(constraint -> words(constraint, literal))
                .collect(Collectors.joining(", "));
    }

    private static String words(Constraint constraint, UnaryOperator<String> literal) {
        return switch (constraint) {
            case Constraint.Range(long min, long max) -> range(min, max, Long.MIN_VALUE);
            case Constraint.Pattern(String regex, _) -> "matches " + literal.apply(regex);
            case Constraint.OneOf(var allowed) ->
                    "one of "
                            + allowed.stream()
                                    .map(value -> literal.apply(FlowText.of(value)))
                                    .collect(Collectors.joining(", "));
            case Constraint.Length(long min, long max) -> "length " + range(min, max, 0);
        };
    }

    private static String range(long min, long max, long least) {
        if (min == least) {
            return "at most " + max;
        }
        return max == Long.MAX_VALUE ? "at least " + min : min + " to " + max;
    }
}
