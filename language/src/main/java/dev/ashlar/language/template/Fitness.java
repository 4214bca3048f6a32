package dev.ashlar.language.template;

import dev.ashlar.model.type.Type;
import java.util.Optional;

/// What may be a condition, and what may be given to a filter. Pebble takes numbers and texts for
/// true or false by rules of its own; the language converts nothing silently.
final class Fitness {
    private Fitness() {}

    record Words(String message, String help) {}

    /// @param asked whether the template asked before if the value is there
    static Optional<Words> problem(Type type, boolean asked) {
        return switch (type) {
            case Type.Secret(Type inner) -> problem(inner, asked);
            case Type.OptionalOf(Type inner) when asked -> problem(inner, true);
            case Type.OptionalOf _ ->
                    words(type, "ask `is null`, or say what holds without it: | default(false)");
            case Type.Scalar scalar ->
                    switch (scalar) {
                        case BOOL -> Optional.empty();
                        case INT, REAL -> words(type, "compare it: != 0");
                        case TEXT -> words(type, "ask `is empty`, or compare it");
                    };
            case Type.ListOf _, Type.MapOf _ -> words(type, "ask `is empty`");
            case Type.Struct _ -> words(type, "name one of its fields");
        };
    }

    /// What is wrong with what a filter is given.
    static Optional<String> input(String filter, Type type) {
        return switch (filter) {
            case "join" ->
                    type instanceof Type.ListOf(Type element) && isPrintable(element)
                            ? Optional.empty()
                            : takes(filter, "a list of strings, numbers or bools", type);
            case "sort", "rsort", "reverse" ->
                    type instanceof Type.ListOf ? Optional.empty() : takes(filter, "a list", type);
            case "first", "last" ->
                    type instanceof Type.ListOf || type == Type.Scalar.TEXT
                            ? Optional.empty()
                            : takes(filter, "a list or a string", type);
            case "abs" ->
                    type == Type.Scalar.INT || type == Type.Scalar.REAL
                            ? Optional.empty()
                            : takes(filter, "a number", type);
            default -> Optional.empty();
        };
    }

    private static boolean isPrintable(Type type) {
        return type instanceof Type.Secret(Type inner)
                ? isPrintable(inner)
                : type instanceof Type.Scalar;
    }

    private static Optional<String> takes(String filter, String wanted, Type type) {
        return Optional.of(filter + " takes " + wanted + ", but this is " + type);
    }

    private static Optional<Words> words(Type type, String help) {
        return Optional.of(new Words("a condition is a bool, but this is " + type, help));
    }
}
