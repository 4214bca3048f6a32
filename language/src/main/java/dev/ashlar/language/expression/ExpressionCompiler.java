package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Turns scalars of a source file into checked expressions. Problems go to the [Diagnostics] it was
/// made with, never into exceptions. Confined to one thread; what it makes is immutable.
public final class ExpressionCompiler {
    private final Diagnostics problems;

    public ExpressionCompiler(Diagnostics problems) {
        this.problems = problems;
    }

    /// Loads what the first expression needs. Calling it on another thread while files are read
    /// hides most of the cost of the first compilation.
    public static void preload() {}

    /// A scalar that may hold `${…}`. Alone it keeps its type, inside text it makes a string, `$${`
    /// is the escape for `${`; text without any is a literal string (all digits or not).
    ///
    /// @param expected the type asked for; the result then has that type. A public value becomes
    ///   secret where a secret is expected.
    /// @return empty when problems were found
    public Optional<Expression> scalar(
            Snippet snippet, Environment environment, Optional<Type> expected) {
        throw new UnsupportedOperationException(problems + "" + snippet + environment + expected);
    }

    /// A value written in a file.
    public static Expression literal(Value value, Type type, Span span, String source) {
        throw new UnsupportedOperationException("" + value + type + span + source);
    }

    /// A list whose elements are expressions.
    public static Expression listOf(List<Expression> elements, Type type, Span span) {
        throw new UnsupportedOperationException("" + elements + type + span);
    }

    /// A map whose values are expressions.
    public static Expression mapOf(Map<String, Expression> entries, Type type, Span span) {
        throw new UnsupportedOperationException("" + entries + type + span);
    }

    /// A structure whose fields are expressions. Fields of the type that are left out are absent:
    /// the caller has made sure that they are optional.
    public static Expression structOf(Map<String, Expression> fields, Type.Struct type, Span span) {
        throw new UnsupportedOperationException("" + fields + type + span);
    }
}
