package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// By which path a secret would come to where it may not be.
public final class Leak {
    private static final String HELP =
            "leave the secret out, or let what takes it be a secret(…) too";

    private Leak() {}

    /// The first of the paths that leads to a secret, up to there, as it is written.
    static Optional<String> path(Collection<List<String>> reads, Environment environment) {
        return reads.stream().flatMap(path -> secret(path, environment).stream()).findFirst();
    }

    /// What is wrong where an expression would show a secret.
    ///
    /// @param environment what the expression reads
    /// @param sink where the secret would come to be seen, such as "the unit of a service"
    public static Diagnostic of(
            Expression expression, Environment environment, Span at, String sink) {
        return told(expression.reads(), environment, at, sink);
    }

    static Diagnostic told(
            Collection<List<String>> reads, Environment environment, Span at, String sink) {
        String from = path(reads, environment).orElse("a secret");
        return Diagnostic.of(Code.ASH0208, at, sink + " would show " + from)
                .withLabel(from + " is a secret, and would be seen here")
                .withHelp(HELP);
    }

    private static Optional<String> secret(List<String> path, Environment environment) {
        Type type = environment.variables().get(path.getFirst());
        StringBuilder written = new StringBuilder(path.getFirst());
        for (String segment : path.subList(1, path.size())) {
            if (type == null || type instanceof Type.Secret) {
                break;
            }
            type = inside(type, segment);
            boolean isName = segment.matches("[A-Za-z_][A-Za-z0-9_]*");
            written.append(isName ? "." + segment : segment);
        }
        return Optional.ofNullable(type).filter(Type::hasSecret).map(_ -> written.toString());
    }

    private static @Nullable Type inside(Type type, String segment) {
        return switch (type) {
            case Type.Struct struct -> struct.fields().get(segment);
            case Type.ListOf(Type element) -> segment.equals(Expression.ELEMENT) ? element : null;
            case Type.MapOf(Type value) -> segment.equals("#") ? null : value;
            case Type.OptionalOf(Type inner) -> inside(inner, segment);
            case Type.Secret(Type inner) -> inside(inner, segment);
            case Type.Scalar _ -> null;
        };
    }
}
