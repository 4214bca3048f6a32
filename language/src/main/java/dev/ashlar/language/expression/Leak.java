package dev.ashlar.language.expression;

import static java.util.stream.Collectors.joining;

import dev.ashlar.model.composition.Collected;
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
    /// What is told where no path leads to it.
    static final String SOME = "a secret";

    private static final String HELP =
            "leave the secret out, or let what takes it be a secret(…) too";

    private Leak() {}

    /// The first of the paths that leads to a secret, up to there, as it is written.
    static Optional<String> path(Collection<List<String>> reads, Environment environment) {
        return reads.stream().flatMap(path -> secret(path, environment).stream()).findFirst();
    }

    /// Whether one of the paths leads to a secret.
    public static boolean isIn(Collection<List<String>> reads, Environment environment) {
        return path(reads, environment).isPresent();
    }

    /// What is wrong where an expression would show a secret.
    ///
    /// @param environment what the expression reads
    /// @param sink where the secret would come to be seen, such as "the unit of a service"
    public static Diagnostic of(
            Expression expression, Environment environment, Span at, String sink) {
        return told(path(expression.reads(), environment).orElse(SOME), at, sink);
    }

    /// What is wrong where what a script makes of a secret would be seen.
    ///
    /// @param given what the script is given
    /// @param environment what that reads
    /// @param output its name
    public static Diagnostic ofScript(
            Expression given, Environment environment, Span at, String output) {
        String from = path(given.reads(), environment).orElse(SOME);
        return Diagnostic.of(
                        Code.ASH0208,
                        at,
                        "what the script makes of %s may be in \"%s\"".formatted(from, output))
                .withLabel(from + " is a secret, and what is made of it would be seen here")
                .withHelp(
                        "let it be a secret(…), or say `public: true` where it tells nothing of that");
    }

    /// @param from the path of the secret
    static Diagnostic told(String from, Span at, String sink) {
        return Diagnostic.of(Code.ASH0208, at, sink + " would show " + from)
                .withLabel(from + " is a secret, and would be seen here")
                .withHelp(HELP);
    }

    private static Optional<String> secret(List<String> path, Environment environment) {
        Type type = environment.variables().get(path.getFirst());
        int length = 1;
        while (type != null && !type.isSecret() && length < path.size()) {
            type = inside(type, path.get(length));
            length++;
        }
        List<String> leading = path.subList(0, length);
        return Optional.ofNullable(type).filter(Type::hasSecret).map(_ -> written(leading));
    }

    private static String written(List<String> path) {
        boolean collects = path.getFirst().equals(Collected.NAME) && path.size() > 1;
        String root = collects ? Collected.words(path.get(1)) : path.getFirst();
        return path.stream()
                .skip(collects ? 2 : 1)
                .map(Leak::written)
                .collect(joining("", root, ""));
    }

    private static String written(String segment) {
        if (segment.equals(Reads.ELEMENT)) {
            return "[…]";
        }
        return segment.matches("[A-Za-z_][A-Za-z0-9_]*") ? "." + segment : "['" + segment + "']";
    }

    private static @Nullable Type inside(Type type, String segment) {
        return switch (type) {
            case Type.Struct struct -> struct.fields().get(segment);
            case Type.ListOf(Type element) -> segment.equals(Reads.ELEMENT) ? element : null;
            case Type.MapOf(Type value) -> segment.equals(Reads.COUNT) ? null : value;
            case Type.OptionalOf(Type inner) -> inside(inner, segment);
            case Type.Secret(Type inner) -> inside(inner, segment);
            case Type.Scalar _ -> null;
        };
    }
}
