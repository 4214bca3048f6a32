package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.expression.Snippet;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads YAML values as expressions of a type: literals, `${…}`, lists, maps and structures of
/// them, and selections among them. Problems are reported; confined to one thread.
public final class ValueReader {
    private final Diagnostics diagnostics;
    private final ExpressionCompiler compiler;
    private final LiteralReader literals;
    private final SelectionReader selections;

    public ValueReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.compiler = new ExpressionCompiler(diagnostics);
        this.literals = new LiteralReader(diagnostics);
        this.selections = new SelectionReader(diagnostics, this);
    }

    /// The text of a scalar with the places of its characters.
    public static Snippet snippet(YamlNode.Scalar scalar) {
        return Snippet.ofScalar(scalar.text(), scalar.raw(), scalar.span());
    }

    /// Whether a mapping of whatever type is a value chosen by another.
    public static boolean isSelection(YamlNode.Mapping mapping) {
        return SelectionReader.isSelection(mapping);
    }

    /// A value of the given type.
    public Optional<Expression> read(YamlNode node, Environment environment, Type expected) {
        Type type = expected.bare();
        return switch (node) {
            case YamlNode.Scalar scalar when scalar.isExpression() ->
                    compiler.scalar(snippet(scalar), environment, Optional.of(expected))
                            .filter(this::isNoSecretWritten);
            case YamlNode.Scalar scalar -> literals.read(scalar, environment, expected);
            case YamlNode.Mapping mapping when SelectionReader.isSelection(mapping, type) ->
                    selections.read(mapping, environment, Optional.of(expected));
            case YamlNode.Sequence sequence when type instanceof Type.ListOf(Type element) ->
                    list(sequence, environment, part(element, expected), expected);
            case YamlNode.Mapping mapping when type instanceof Type.MapOf(Type element) ->
                    map(mapping, environment, part(element, expected), expected);
            case YamlNode.Mapping mapping when type instanceof Type.Struct struct ->
                    structure(mapping, environment, struct, expected);
            case YamlNode.Sequence _, YamlNode.Mapping _ -> {
                diagnostics.add(
                        Diagnostic.of(Code.ASH0201, node.span(), Hints.mismatch(expected, node)));
                yield Optional.empty();
            }
        };
    }

    /// A value of whatever type it turns out to have.
    public Optional<Expression> infer(YamlNode node, Environment environment) {
        return switch (node) {
            case YamlNode.Scalar scalar when scalar.isExpression() ->
                    compiler.scalar(snippet(scalar), environment, Optional.empty());
            case YamlNode.Scalar scalar -> literals.infer(scalar, environment);
            case YamlNode.Sequence sequence -> inferList(sequence, environment);
            case YamlNode.Mapping mapping when SelectionReader.isSelection(mapping) ->
                    selections.read(mapping, environment, Optional.empty());
            case YamlNode.Mapping mapping -> inferMap(mapping, environment);
        };
    }

    /// What is part of a secret is one.
    private static Type part(Type type, Type whole) {
        return whole.isSecret() && !type.isSecret() ? new Type.Secret(type) : type;
    }

    /// Reports an expression that gives a secret out of what is written: in it, or in parameters,
    /// which are written in the same file or given beside it.
    private boolean isNoSecretWritten(Expression expression) {
        boolean isWritten =
                Type.hasSecret(expression.type())
                        && (expression.variables().equals(Set.of("parameters"))
                                || Constants.value(expression)
                                        .filter(ValueReader::hasWrittenSecret)
                                        .isPresent());
        if (isWritten) {
            diagnostics.add(LiteralReader.written(expression.span()));
        }
        return !isWritten;
    }

    private static boolean hasWrittenSecret(Value value) {
        boolean[] found = {false};
        value.visit(part -> found[0] |= part.isSecret() && isWritten(part.data()));
        return found[0];
    }

    private static boolean isWritten(Data data) {
        return switch (data) {
            case Data.Text _, Data.Int _, Data.Real _, Data.Bool _, Data.Blob _ -> true;
            case Data.Listing _,
                    Data.Mapping _,
                    Data.Structure _,
                    Data.Nothing _,
                    Data.Unknown _,
                    Data.Invalid _ ->
                    false;
        };
    }

    private Optional<Expression> list(
            YamlNode.Sequence sequence, Environment environment, Type element, Type type) {
        List<Expression> elements = new ArrayList<>();
        for (YamlNode node : sequence.elements()) {
            read(node, environment, element).ifPresent(elements::add);
        }
        return elements.size() < sequence.elements().size()
                ? Optional.empty()
                : Optional.of(ExpressionCompiler.listOf(elements, type, sequence.span()));
    }

    private Optional<Expression> map(
            YamlNode.Mapping mapping, Environment environment, Type element, Type type) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        for (YamlNode.Entry entry : mapping.entries()) {
            read(entry.value(), environment, element).ifPresent(e -> entries.put(entry.name(), e));
        }
        return entries.size() < mapping.entries().size()
                ? Optional.empty()
                : Optional.of(ExpressionCompiler.mapOf(entries, type, mapping.span()));
    }

    private Optional<Expression> structure(
            YamlNode.Mapping mapping, Environment environment, Type.Struct type, Type whole) {
        Map<String, Expression> fields = new LinkedHashMap<>();
        boolean complete = true;
        for (YamlNode.Entry entry : mapping.entries()) {
            Type field = type.fields().get(entry.name());
            if (field == null) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0206,
                                        entry.key().span(),
                                        type + " has no field \"" + entry.name() + "\""),
                                entry.name(),
                                type.fields().keySet()));
                complete = false;
                continue;
            }
            Optional<Expression> value = read(entry.value(), environment, part(field, whole));
            value.ifPresent(e -> fields.put(entry.name(), e));
            complete &= value.isPresent();
        }
        for (Map.Entry<String, Type> field : type.fields().entrySet()) {
            if (mapping.get(field.getKey()).isEmpty()
                    && !(field.getValue() instanceof Type.OptionalOf)) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0207,
                                mapping.span(),
                                type + " needs a field \"" + field.getKey() + "\""));
                complete = false;
            }
        }
        return complete
                ? Optional.of(ExpressionCompiler.structOf(fields, whole, mapping.span()))
                : Optional.empty();
    }

    private Optional<Expression> inferList(YamlNode.Sequence sequence, Environment environment) {
        List<Expression> elements = new ArrayList<>();
        for (YamlNode node : sequence.elements()) {
            Optional<Expression> element =
                    elements.isEmpty()
                            ? infer(node, environment)
                            : read(node, environment, elements.getFirst().type());
            element.ifPresent(elements::add);
        }
        if (elements.size() < sequence.elements().size()) {
            return Optional.empty();
        }
        if (elements.isEmpty()) {
            return untyped(sequence);
        }
        Type type = Type.listOf(elements.getFirst().type());
        return Optional.of(ExpressionCompiler.listOf(elements, type, sequence.span()));
    }

    private Optional<Expression> inferMap(YamlNode.Mapping mapping, Environment environment) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        Optional<Type> type = Optional.empty();
        for (YamlNode.Entry entry : mapping.entries()) {
            Optional<Expression> value =
                    type.isEmpty()
                            ? infer(entry.value(), environment)
                            : read(entry.value(), environment, type.get());
            value.ifPresent(e -> entries.put(entry.name(), e));
            type = type.or(() -> value.map(Expression::type));
        }
        if (entries.size() < mapping.entries().size()) {
            return Optional.empty();
        }
        return type.isEmpty()
                ? untyped(mapping)
                : Optional.of(
                        ExpressionCompiler.mapOf(entries, Type.mapOf(type.get()), mapping.span()));
    }

    private Optional<Expression> untyped(YamlNode node) {
        diagnostics.add(
                Diagnostic.of(
                                Code.ASH0201,
                                node.span(),
                                node.described() + " without elements has no type of its own")
                        .withHelp("say its type with `type:` where it is declared"));
        return Optional.empty();
    }
}
