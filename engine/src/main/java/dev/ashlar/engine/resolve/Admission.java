package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Holds the values of inputs against what is demanded of them.
final class Admission {
    private Admission() {}

    /// The value, or why there is none.
    ///
    /// @param node whose input it is, where it differs from node to node
    static Value checked(Binding binding, Optional<String> node, Value value) {
        for (Constraint constraint : binding.input().constraints()) {
            Optional<String> violation = constraint.violation(value);
            if (violation.isPresent()) {
                String message = message(binding.input(), node, value, constraint, violation.get());
                return new Value(
                        new Data.Invalid(message, binding.effective(node).span()), value.label());
            }
        }
        return value;
    }

    /// What there is of a fact that was never gathered of a node, and will not be: it goes.
    static Value unasked(Fact fact, String node, Span span) {
        String message =
                "%s of %s is not on record, and a node that goes is not asked any more"
                        .formatted(fact.word(), node);
        return new Value(new Data.Invalid(message, span), Label.NONE);
    }

    private static String message(
            InputSpec input,
            Optional<String> node,
            Value value,
            Constraint constraint,
            String violation) {
        return input.fact()
                .map(fact ->
                        "%s of %s is %s, and input %s admits %s"
                                .formatted(
                                        fact.word(),
                                        node.orElse("the cluster"),
                                        Shown.of(value),
                                        input.name(),
                                        admitted(constraint)))
                .orElse("input " + input.name() + ": " + violation);
    }

    private static String admitted(Constraint constraint) {
        return switch (constraint) {
            case Constraint.Range(long min, long max) -> span(min, max);
            case Constraint.Length(long min, long max) -> "a length of " + span(min, max);
            case Constraint.Pattern(String regex, _) -> "what matches " + regex;
            case Constraint.OneOf(List<Value> allowed) ->
                    allowed.stream().map(Shown::of).collect(Collectors.joining(", "));
        };
    }

    private static String span(long min, long max) {
        if (max == Long.MAX_VALUE) {
            return "at least " + min;
        }
        return min == Long.MIN_VALUE ? "at most " + max : min + " to " + max;
    }
}
