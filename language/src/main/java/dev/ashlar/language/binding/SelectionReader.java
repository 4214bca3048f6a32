package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads values that are chosen by another: `{ select: …, cases: { … } }`.
final class SelectionReader {
    private final Diagnostics diagnostics;
    private final ValueReader values;
    private final SelectorReader selectors;

    SelectionReader(Diagnostics diagnostics, ValueReader values) {
        this.diagnostics = diagnostics;
        this.values = values;
        this.selectors = new SelectorReader(diagnostics, values);
    }

    /// Whether a mapping is to be read as a selection where a value of that type is asked for. A
    /// structure with such a field is that structure; a map has to look like a selection in full,
    /// and such a map has values of two kinds, which no map has.
    static boolean isSelection(YamlNode.Mapping mapping, Type type) {
        return switch (type) {
            case Type.Struct struct ->
                    mapping.get(Forms.SELECT).isPresent()
                            && !struct.fields().containsKey(Forms.SELECT);
            case Type.MapOf _ -> isSelection(mapping);
            case Type.Scalar _, Type.ListOf _, Type.OptionalOf _, Type.Secret _ ->
                    mapping.get(Forms.SELECT).isPresent();
        };
    }

    /// Whether a mapping of whatever type is to be read as a selection.
    static boolean isSelection(YamlNode.Mapping mapping) {
        return mapping.entries().size() == 2
                && mapping.get(Forms.SELECT).filter(YamlNode.Scalar.class::isInstance).isPresent()
                && mapping.get(Forms.CASES).filter(YamlNode.Mapping.class::isInstance).isPresent();
    }

    /// @param expected the type of all its cases; that of the first where none is asked for
    Optional<Expression> read(
            YamlNode.Mapping mapping, Environment environment, Optional<Type> expected) {
        Section section = Section.read(Forms.SELECTION, mapping, mapping.span(), diagnostics);
        Optional<Expression> selector = selectors.read(section, Forms.SELECT, environment);
        List<YamlNode.Entry> written = section.names(Forms.CASES);
        SequencedMap<String, Expression> cases = new LinkedHashMap<>();
        Optional<Type> type = expected;
        for (YamlNode.Entry one : written) {
            Optional<Expression> value =
                    type.isPresent()
                            ? values.read(one.value(), environment, type.get())
                            : values.infer(one.value(), environment);
            value.ifPresent(found -> cases.put(one.name(), found));
            type = type.or(() -> value.map(Expression::type));
        }
        return selector.isPresent() && type.isPresent() && cases.size() == written.size()
                ? Optional.of(
                        ExpressionCompiler.selected(
                                selector.get(), cases, type.get(), mapping.span()))
                : Optional.empty();
    }
}
