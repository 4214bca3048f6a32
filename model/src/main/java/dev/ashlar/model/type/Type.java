package dev.ashlar.model.type;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The type of a value. Compared structurally, records by name and fields.
public sealed interface Type {

    /// The types without parts.
    enum Scalar implements Type {
        /// Text; an all-digit text stays a text.
        TEXT("string"),
        /// A whole number of 64 bits.
        INT("int"),
        /// A floating-point number of 64 bits.
        REAL("double"),
        BOOL("bool");

        private final String word;

        Scalar(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    record ListOf(Type element) implements Type {
        @Override
        public String toString() {
            return "list(" + element + ")";
        }
    }

    /// A map from text.
    record MapOf(Type value) implements Type {
        @Override
        public String toString() {
            return "map(" + value + ")";
        }
    }

    /// A value that may be absent.
    record OptionalOf(Type value) implements Type {
        @Override
        public String toString() {
            return "optional(" + value + ")";
        }
    }

    /// A value that may flow only to trusted nodes and never to a log, plan, journal or argument.
    record Secret(Type value) implements Type {
        @Override
        public String toString() {
            return "secret(" + value + ")";
        }
    }

    /// A named structure. A field whose type is [OptionalOf] may be left out on creation.
    record Struct(String name, SequencedMap<String, Type> fields) implements Type {
        public Struct {
            fields = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
        }

        public static Struct of(String name, Map<String, Type> fields) {
            return new Struct(name, new LinkedHashMap<>(fields));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// What is left without lists and maps around it, and without the marks of what is secret or
    /// may be absent.
    default Type innermost() {
        return switch (this) {
            case ListOf(Type element) -> element.innermost();
            case MapOf(Type value) -> value.innermost();
            case OptionalOf(Type value) -> value.innermost();
            case Secret(Type value) -> value.innermost();
            case Scalar _, Struct _ -> this;
        };
    }

    /// The type without the marks of what is secret or may be absent; what is inside keeps its own.
    default Type bare() {
        return switch (this) {
            case OptionalOf(Type value) -> value.bare();
            case Secret(Type value) -> value.bare();
            case Scalar _, ListOf _, MapOf _, Struct _ -> this;
        };
    }

    /// Whether it is a secret itself, be it one that may be absent.
    default boolean isSecret() {
        return this instanceof OptionalOf(Type value) ? value.isSecret() : this instanceof Secret;
    }

    static Type listOf(Type element) {
        return new ListOf(element);
    }

    static Type mapOf(Type value) {
        return new MapOf(value);
    }

    static Type optionalOf(Type value) {
        return new OptionalOf(value);
    }

    /// True when a value of `actual` may stand where this type is asked for: equal, or this is
    /// optional of it, or this is secret of it (a public value may become secret, never the other
    /// way round). All that is in a secret is one, whatever it was before.
    default boolean accepts(Type actual) {
        if (equals(actual)) {
            return true;
        }
        return switch (this) {
            case OptionalOf(Type inner) ->
                    actual instanceof OptionalOf(Type other)
                            ? inner.accepts(other)
                            : inner.accepts(actual);
            case Secret(Type inner) -> inner.accepts(stripped(actual));
            case ListOf(Type inner) -> actual instanceof ListOf(Type other) && inner.accepts(other);
            case MapOf(Type inner) -> actual instanceof MapOf(Type other) && inner.accepts(other);
            case Scalar _, Struct _ -> false;
        };
    }

    /// The type without any mark of secrecy, but for those of the fields of structures.
    static Type stripped(Type type) {
        return switch (type) {
            case Scalar _, Struct _ -> type;
            case Secret(Type inner) -> stripped(inner);
            case ListOf(Type element) -> listOf(stripped(element));
            case MapOf(Type value) -> mapOf(stripped(value));
            case OptionalOf(Type value) -> optionalOf(stripped(value));
        };
    }

    /// Whether there is a secret anywhere inside.
    static boolean hasSecret(Type type) {
        return switch (type) {
            case Scalar _ -> false;
            case Secret _ -> true;
            case ListOf(Type element) -> hasSecret(element);
            case MapOf(Type value) -> hasSecret(value);
            case OptionalOf(Type value) -> hasSecret(value);
            case Struct struct -> struct.fields().values().stream().anyMatch(Type::hasSecret);
        };
    }
}
