package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.expression.Unmarked;
import dev.ashlar.language.grammar.Literals;
import dev.ashlar.language.yaml.ScalarKind;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.Optional;

/// Reads scalars without expressions. A plain `2379` is an int and never a string; whoever wants
/// the string quotes it.
final class LiteralReader {
    private final Diagnostics diagnostics;

    LiteralReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// @param environment what an expression in its place could read
    Optional<Expression> read(YamlNode.Scalar scalar, Environment environment, Type expected) {
        Optional<Value> value =
                switch (expected) {
                    case Type.OptionalOf(Type inner) ->
                            scalar.kind() == ScalarKind.NULL
                                    ? Optional.of(Value.nothing())
                                    : value(scalar, inner);
                    case Type.Secret(Type inner) -> value(scalar, inner);
                    case Type.Scalar _, Type.ListOf _, Type.MapOf _, Type.Struct _ ->
                            value(scalar, expected);
                };
        if (expected.isSecret() && scalar.kind() != ScalarKind.NULL) {
            diagnostics.add(written(scalar.span()));
            return Optional.empty();
        }
        if (value.isEmpty()) {
            diagnostics.add(mismatch(scalar, environment, expected));
        } else if (scalar.kind() == ScalarKind.TEXT) {
            Unmarked.path(scalar.text(), environment)
                    .ifPresent(path -> diagnostics.add(Hints.unmarked(path, scalar)));
        }
        return value.map(v -> literal(v, expected, scalar));
    }

    /// That a secret stands where people can read it.
    static Diagnostic written(Span at) {
        return Diagnostic.of(Code.ASH0213, at, "a secret stands in no file and no argument")
                .withHelp(
                        "declare one in the cluster's file, `secrets: { NAME: {} }`, write"
                                + " \"${secrets.NAME}\" here, and give it with `ashlar secret set NAME`");
    }

    Optional<Expression> infer(YamlNode.Scalar scalar, Environment environment) {
        Type type =
                switch (scalar.kind()) {
                    case BOOL -> Type.Scalar.BOOL;
                    case INT -> Type.Scalar.INT;
                    case REAL -> Type.Scalar.REAL;
                    case TEXT, NULL -> Type.Scalar.TEXT;
                };
        return read(scalar, environment, type);
    }

    private static Expression literal(Value value, Type type, YamlNode.Scalar scalar) {
        return ExpressionCompiler.literal(value, type, scalar.span(), scalar.raw());
    }

    private static Optional<Value> value(YamlNode.Scalar scalar, Type type) {
        if (!(type instanceof Type.Scalar expected)) {
            return Optional.empty();
        }
        ScalarKind kind = scalar.kind();
        return switch (expected) {
            case TEXT ->
                    kind == ScalarKind.TEXT
                            ? Optional.of(Value.text(scalar.text()))
                            : Optional.empty();
            case INT ->
                    kind == ScalarKind.INT
                            ? Literals.wholeIfAny(scalar.text()).map(Value::number)
                            : Optional.empty();
            case REAL ->
                    kind == ScalarKind.REAL || kind == ScalarKind.INT
                            ? Optional.of(
                                    new Value(
                                            new Data.Real(Literals.real(scalar.text())),
                                            Label.NONE))
                            : Optional.empty();
            case BOOL ->
                    kind == ScalarKind.BOOL
                            ? Optional.of(Value.truth(scalar.text().equalsIgnoreCase("true")))
                            : Optional.empty();
        };
    }

    private static Diagnostic mismatch(
            YamlNode.Scalar scalar, Environment environment, Type expected) {
        Diagnostic found =
                Diagnostic.of(Code.ASH0201, scalar.span(), Hints.mismatch(expected, scalar));
        if (expected == Type.Scalar.TEXT && scalar.kind() != ScalarKind.NULL) {
            return found.withHelp("put it in quotes: \"" + scalar.text() + "\"");
        }
        Optional<String> meant = Hints.meant(scalar, environment);
        if (meant.isPresent()) {
            return found.withHelp(meant.get());
        }
        if (expected == Type.Scalar.BOOL) {
            return found.withHelp(
                    "write true or false, without quotes, or an expression: \"${…}\"");
        }
        if (expected == Type.Scalar.INT && !scalar.plain()) {
            return found.withHelp("write the number without quotes");
        }
        return found;
    }
}
