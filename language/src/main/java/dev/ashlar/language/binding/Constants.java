package dev.ashlar.language.binding;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.Optional;

/// Values of expressions that read nothing.
public final class Constants {
    private Constants() {}

    /// The value of an expression without variables.
    public static Optional<Value> value(Expression expression) {
        return expression.variables().isEmpty()
                ? Optional.of(
                        expression.evaluate(name -> {
                            throw new IllegalArgumentException("no variable " + name);
                        }))
                : Optional.empty();
    }

    /// The text of an expression without variables.
    public static Optional<String> text(Expression expression) {
        return value(expression)
                .flatMap(value ->
                        value.data() instanceof Data.Text(String text)
                                ? Optional.of(text)
                                : Optional.empty());
    }
}
