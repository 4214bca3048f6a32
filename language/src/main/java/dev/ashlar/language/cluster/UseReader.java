package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Gives the inputs of a use their values, layer by layer.
final class UseReader {
    private final Diagnostics diagnostics;
    private final ValueReader values;
    private final Environment environment;
    private final Overrides overrides;

    UseReader(Environment environment, Overrides overrides, Diagnostics diagnostics) {
        this.environment = environment;
        this.overrides = overrides;
        this.diagnostics = diagnostics;
        this.values = new ValueReader(diagnostics);
    }

    /// @param requires who stands for what the component requires
    UseSpec read(WrittenUse use, Component component, SequencedMap<String, Supply> requires) {
        SequencedMap<String, Expression> given = new LinkedHashMap<>();
        for (YamlNode.Entry entry : use.with()) {
            InputSpec input = component.spec().inputs().get(entry.name());
            if (input != null && input.fact().isPresent()) {
                diagnostics.add(given(entry.key().span(), input, input.fact().get()));
            } else if (input != null) {
                values.read(entry.value(), environment, input.type())
                        .ifPresent(e -> given.put(entry.name(), e));
            } else if (component.sound()) {
                diagnostics.add(unknown(entry, component));
            }
        }
        SequencedMap<String, Binding> inputs = new LinkedHashMap<>();
        Set<String> shared = SharedInputs.of(component);
        given.forEach((name, value) -> {
            if (shared.contains(name) && SharedInputs.isPerNode(value)) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0206,
                                value.span(),
                                "\""
                                        + name
                                        + "\" is read for the cluster as a whole and"
                                        + " cannot differ from node to node"));
            }
        });
        for (InputSpec input : component.spec().inputs().values()) {
            bind(use, component, input, given).ifPresent(b -> inputs.put(input.name(), b));
        }
        return new UseSpec(use.name(), use.group(), component.spec(), inputs, requires, use.span());
    }

    private static Diagnostic given(Span at, InputSpec input, Fact fact) {
        return Diagnostic.of(
                        Code.ASH0211,
                        at,
                        "input \""
                                + input.name()
                                + "\" is the fact "
                                + fact.word()
                                + ", which nobody can give")
                .withNote(input.span(), "declared here");
    }

    private static Diagnostic unknown(YamlNode.Entry entry, Component component) {
        var known = component.spec().inputs();
        Diagnostic found =
                Hints.spelled(
                        Diagnostic.of(
                                Code.ASH0111,
                                entry.key().span(),
                                "unknown input \"" + entry.name() + "\""),
                        entry.name(),
                        known.keySet());
        Optional<InputSpec> near =
                dev.ashlar.language.expression.Spelling.nearest(entry.name(), known.keySet())
                        .map(known::get);
        return near.map(input ->
                        found.withHelp(
                                "did you mean \""
                                        + input.name()
                                        + "\"? (declared at "
                                        + input.span().location()
                                        + ")"))
                .orElse(found);
    }

    private Optional<Binding> bind(
            WrittenUse use,
            Component component,
            InputSpec input,
            SequencedMap<String, Expression> given) {
        List<Binding.Layer> layers = new ArrayList<>();
        Optional.ofNullable(component.defaults().get(input.name()))
                .or(() -> absent(input))
                .ifPresent(e -> layers.add(new Binding.Layer("default", e)));
        Optional.ofNullable(given.get(input.name()))
                .ifPresent(e -> layers.add(new Binding.Layer("cluster", e)));
        String path = "groups." + use.group() + "." + use.name() + "." + input.name();
        if (input.fact().isPresent()) {
            overrides
                    .refused(path)
                    .ifPresent(at -> diagnostics.add(given(at, input, input.fact().get())));
            return layers.isEmpty() ? Optional.empty() : Optional.of(new Binding(input, layers));
        }
        overrides
                .value(
                        path,
                        input.type(),
                        layers.isEmpty() ? Optional.empty() : Optional.of(layers.getLast().value()))
                .ifPresent(e -> layers.add(new Binding.Layer("--set", e)));
        boolean written = use.with().stream().anyMatch(e -> e.name().equals(input.name()));
        if (layers.isEmpty()) {
            if (!written && component.sound()) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0204,
                                        use.span(),
                                        "input \""
                                                + input.name()
                                                + "\" of "
                                                + component.spec().reference()
                                                + " has no value")
                                .withNote(input.span(), "declared here"));
            }
            return Optional.empty();
        }
        Binding binding = new Binding(input, layers);
        layers.stream()
                .filter(layer -> !layer.from().equals("default"))
                .forEach(layer -> checkConstraints(input, layer.value()));
        return Optional.of(binding);
    }

    /// An optional input that nobody gives is absent.
    private static Optional<Expression> absent(InputSpec input) {
        return input.type() instanceof Type.OptionalOf
                ? Optional.of(
                        ExpressionCompiler.literal(
                                Value.nothing(), input.type(), input.span(), "null"))
                : Optional.empty();
    }

    private void checkConstraints(InputSpec input, Expression value) {
        for (Constraint constraint : input.constraints()) {
            Constants.value(value)
                    .flatMap(constraint::violation)
                    .ifPresent(words ->
                            diagnostics.add(
                                    Diagnostic.of(Code.ASH0205, value.span(), words)
                                            .withNote(
                                                    input.span(),
                                                    "the constraint is declared here")));
        }
    }
}
