package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Optional;

/// Whether a value of one type may flow to where another is expected.
final class Flow {
    private Flow() {}

    /// The problem, if it may not.
    static Optional<Diagnostic> check(Type wanted, Type actual, Span span, String place) {
        Type found = adapted(actual, wanted);
        if (wanted.equals(TypeNames.ANY) || wanted.accepts(found)) {
            return Optional.empty();
        }
        if (wanted.accepts(Secrets.stripped(found))) {
            return Optional.of(
                    Diagnostic.of(
                                    Code.ASH0208,
                                    span,
                                    place
                                            + " takes "
                                            + article(wanted)
                                            + ", which would show "
                                            + article(found))
                            .withLabel("a secret"));
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

    /// Turns public values secret where a secret is expected.
    static Term seal(Term term, Type wanted) {
        return wanted instanceof Type.Secret
                        || (wanted instanceof Type.OptionalOf(Type inner)
                                && inner instanceof Type.Secret)
                ? new Term.Sealing(term)
                : term;
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
        Type target = Secrets.stripped(wanted);
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
