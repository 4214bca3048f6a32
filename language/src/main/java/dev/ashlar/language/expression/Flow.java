package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Whether a value of one type may flow to where another is expected.
final class Flow {
    private Flow() {}

    /// The problem, if it may not.
    ///
    /// @param secret the path by which it would show a secret
    static Optional<Diagnostic> check(
            Type wanted, Type actual, Span span, String place, Supplier<String> secret) {
        Type found = adapted(actual, wanted);
        if (wanted.equals(TypeNames.ANY) || wanted.accepts(found)) {
            return Optional.empty();
        }
        if (wanted.accepts(Type.stripped(found))) {
            String sink = place + ", which is to be " + article(wanted) + ",";
            return Optional.of(Leak.told(secret.get(), span, sink));
        }
        Diagnostic mismatch =
                Diagnostic.of(
                                Code.ASH0201,
                                span,
                                place
                                        + " takes "
                                        + article(wanted)
                                        + ", but this is "
                                        + article(found))
                        .withLabel("expected " + wanted + ", found " + found);
        return Optional.of(hint(wanted, found).map(mismatch::withHelp).orElse(mismatch));
    }

    /// Turns public values secret where a secret is expected. The fields of a structure are when it
    /// is made.
    static Term seal(Term term, Type wanted) {
        return Type.hasSecret(wanted) && !(wanted instanceof Type.Struct)
                ? new Term.Sealing(term, wanted)
                : term;
    }

    /// The value as one of that type.
    static Value sealed(Value value, Type wanted) {
        return switch (wanted) {
            case Type.Scalar _, Type.Struct _ -> value;
            case Type.Secret(Type inner) -> sealed(value, inner).joined(Label.SECRET);
            case Type.OptionalOf(Type inner) -> sealed(value, inner);
            case Type.ListOf(Type inner) -> each(value, inner);
            case Type.MapOf(Type inner) -> each(value, inner);
        };
    }

    private static Value each(Value value, Type inner) {
        return switch (value.data()) {
            case Data.Listing(List<Value> elements) ->
                    Value.list(elements.stream().map(element -> sealed(element, inner)).toList())
                            .labelled(value.label());
            case Data.Mapping(var entries) -> {
                SortedMap<String, Value> all = new TreeMap<>(entries);
                all.replaceAll((_, entry) -> sealed(entry, inner));
                yield Value.map(all).labelled(value.label());
            }
            default -> value;
        };
    }

    /// `actual` with what an empty list or map leaves open taken from `wanted`.
    static Type adapted(Type actual, Type wanted) {
        if (actual.equals(TypeNames.ANY)) {
            return wanted;
        }
        return switch (wanted) {
            case Type.OptionalOf(Type inner) when !(actual instanceof Type.OptionalOf) ->
                    adapted(actual, inner);
            case Type.Secret(Type inner) when !(actual instanceof Type.Secret) ->
                    adapted(actual, inner);
            default ->
                    switch (actual) {
                        case Type.ListOf(Type a) when wanted instanceof Type.ListOf(Type w) ->
                                Type.listOf(adapted(a, w));
                        case Type.MapOf(Type a) when wanted instanceof Type.MapOf(Type w) ->
                                Type.mapOf(adapted(a, w));
                        case Type.OptionalOf(Type a)
                                when wanted instanceof Type.OptionalOf(Type w) ->
                                Type.optionalOf(adapted(a, w));
                        case Type.Secret(Type a) when wanted instanceof Type.Secret(Type w) ->
                                new Type.Secret(adapted(a, w));
                        default -> actual;
                    };
        };
    }

    /// Whether an empty list or map left the type open.
    static boolean open(Type type) {
        return switch (type) {
            case Type.Scalar _ -> false;
            case Type.ListOf(Type element) -> open(element);
            case Type.MapOf(Type value) -> open(value);
            case Type.OptionalOf(Type value) -> open(value);
            case Type.Secret(Type value) -> open(value);
            case Type.Struct struct -> struct.equals(TypeNames.ANY);
        };
    }

    private static Optional<String> hint(Type wanted, Type found) {
        Type target = Type.stripped(wanted);
        if (found instanceof Type.OptionalOf(Type inner) && wanted.accepts(inner)) {
            return Optional.of(
                    "it may be absent: write `has(…) ? … : …`, or `.?` before the last name and `.orValue(…)` after it");
        }
        if (target instanceof Type.OptionalOf(Type inner)) {
            target = inner;
        }
        if (target instanceof Type.Scalar scalar && found instanceof Type.Scalar) {
            return Optional.of("convert it with " + scalar + "(…)");
        }
        if (target.equals(Type.listOf(found))) {
            return Optional.of("write [ … ] around it for a list of one");
        }
        return Optional.empty();
    }

    private static String article(Type type) {
        String words = type.toString();
        return ("aeiou".indexOf(Character.toLowerCase(words.charAt(0))) >= 0 ? "an " : "a ")
                + words;
    }
}
