package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;

/// What comes of a term that has no value.
final class Failures {
    private Failures() {}

    static Value invalid(String message, Span span, Label label) {
        return new Value(new Data.Invalid(message, span), label);
    }

    static Value missingKey(String key, Span span, Label label) {
        return invalid("the map has no key \"" + key + "\"", span, label);
    }

    /// The result of reading from a value that cannot be read: invalid or unknown itself, or
    /// absent.
    static Value notReadable(Value from, Type type, Span span) {
        return new Value(
                hindrance(List.of(from), type, span)
                        .orElseGet(() -> new Data.Invalid("not a value to read from", span)),
                from.label());
    }

    /// What keeps a strict function from being applied. Invalid comes before unknown: whatever the
    /// unknown turns out to be, the result will be invalid.
    static Optional<Data> hindrance(List<Value> values, Type type, Span span) {
        boolean unknown = false;
        for (Value value : values) {
            switch (value.data()) {
                case Data.Invalid invalid -> {
                    return Optional.of(invalid);
                }
                case Data.Nothing _ -> {
                    return Optional.of(new Data.Invalid("the value read here is absent", span));
                }
                case Data.Unknown _ -> unknown = true;
                default -> {}
            }
        }
        return unknown ? Optional.of(new Data.Unknown(type)) : Optional.empty();
    }
}
