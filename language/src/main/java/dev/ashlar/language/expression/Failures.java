package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;

/// What comes of a term that has no value. Public for the template room only.
public final class Failures {
    /// Why there is no value, of what was worked out from a secret.
    private static final String UNTOLD = "what is worked out here from a secret has no value";

    private Failures() {}

    static Value invalid(String message, Span span, Label label) {
        return discreet(new Value(new Data.Invalid(message, span), label));
    }

    /// A value, without the words on why there is none where these may tell of a secret.
    public static Value discreet(Value value) {
        return value.data() instanceof Data.Invalid(_, Span span) && value.isSecret()
                ? new Value(new Data.Invalid(UNTOLD, span), value.label())
                : value;
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
