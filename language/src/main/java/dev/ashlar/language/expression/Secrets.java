package dev.ashlar.language.expression;

import dev.ashlar.model.type.Type;

/// Secrecy in types: what is computed from a secret is one.
final class Secrets {
    private Secrets() {}

    /// Without the mark of secrecy on the outside.
    static Type plain(Type type) {
        return type instanceof Type.Secret(Type inner) ? plain(inner) : type;
    }

    static Type of(Type type) {
        return type instanceof Type.Secret ? type : new Type.Secret(type);
    }

    /// `type`, secret if `from` is.
    static Type like(Type from, Type type) {
        return from instanceof Type.Secret ? of(type) : type;
    }

    /// The type of what may be either.
    static Type merged(Type left, Type right) {
        if (mayLack(left, right) || mayLack(right, left)) {
            return Type.optionalOf(merged(there(left), there(right)));
        }
        if (left instanceof Type.Secret || right instanceof Type.Secret) {
            return of(merged(plain(left), plain(right)));
        }
        Type adapted = Flow.adapted(left, right);
        if (adapted.accepts(right)) {
            return adapted;
        }
        Type other = Flow.adapted(right, left);
        // Each may be secret where the other is not.
        return other.accepts(left) || !Type.hasSecret(other) ? other : of(other);
    }

    /// Whether one may be absent, and that it is can be no secret.
    private static boolean mayLack(Type one, Type other) {
        return one instanceof Type.OptionalOf
                && !(other instanceof Type.Secret && plain(other) instanceof Type.OptionalOf);
    }

    private static Type there(Type type) {
        return type instanceof Type.OptionalOf(Type inner) ? inner : type;
    }
}
