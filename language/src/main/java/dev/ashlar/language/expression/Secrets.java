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

    /// The type without any mark of secrecy at all.
    static Type stripped(Type type) {
        return switch (type) {
            case Type.Scalar _, Type.Struct _ -> type;
            case Type.Secret(Type inner) -> stripped(inner);
            case Type.ListOf(Type element) -> Type.listOf(stripped(element));
            case Type.MapOf(Type value) -> Type.mapOf(stripped(value));
            case Type.OptionalOf(Type value) -> Type.optionalOf(stripped(value));
        };
    }
}
