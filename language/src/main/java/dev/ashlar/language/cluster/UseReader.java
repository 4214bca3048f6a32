package dev.ashlar.language.cluster;

import dev.ashlar.language.cluster.InputValues.Given;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Binding.Layer;
import dev.ashlar.model.composition.Binding.Speaker;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Gives the inputs of a use their values, layer by layer.
final class UseReader {
    private final ComponentValues ofCluster;
    private final InputValues values;
    private final Overrides overrides;
    private final Diagnostics diagnostics;

    /// @param values reads what is said of one use
    UseReader(
            ComponentValues ofCluster,
            InputValues values,
            Overrides overrides,
            Diagnostics diagnostics) {
        this.ofCluster = ofCluster;
        this.values = values;
        this.overrides = overrides;
        this.diagnostics = diagnostics;
    }

    /// All that is said of a use's inputs in files.
    ///
    /// @param layers for all members, weakest first
    /// @param alone by node
    private record Said(SequencedMap<Speaker, Given> layers, SequencedMap<String, Given> alone) {

        Binding of(InputSpec input, Optional<Expression> fallback) {
            List<Layer> found = new ArrayList<>();
            fallback.ifPresent(value -> found.add(new Layer(Speaker.DEFAULT, value)));
            layers.forEach((from, given) ->
                    value(given, input).ifPresent(value -> found.add(new Layer(from, value))));
            SequencedMap<String, Expression> own = new LinkedHashMap<>();
            alone.forEach(
                    (node, given) -> value(given, input).ifPresent(value -> own.put(node, value)));
            return new Binding(input, found, own);
        }

        private static Optional<Expression> value(Given given, InputSpec input) {
            return Optional.ofNullable(given.values().get(input.name()));
        }

        /// True when something is said of it for that node, be it wrongly.
        boolean isSpokenOf(InputSpec input, String node) {
            return Stream.concat(layers.values().stream(), Stream.ofNullable(alone.get(node)))
                    .anyMatch(given -> given.spoken().contains(input.name()));
        }
    }

    /// @param group the use's
    /// @param ofSite what is said where the group is
    /// @param requires who stands for what the component requires
    UseSpec read(
            WrittenUse use,
            GroupSpec group,
            Component component,
            ComponentValues ofSite,
            SequencedMap<String, Supply> requires) {
        SequencedMap<Speaker, Given> layers = new LinkedHashMap<>();
        layers.put(Speaker.CLUSTER, ofCluster.of(component));
        layers.put(Speaker.SITE, ofSite.of(component));
        layers.put(Speaker.GROUP, values.read(use.with(), component));
        SequencedMap<String, Given> alone = new LinkedHashMap<>();
        use.alone()
                .forEach((node, written) -> {
                    Given given = values.readAlone(written, component);
                    if (group.nodes().contains(node)) {
                        alone.put(node, given);
                    }
                });
        Said said = new Said(layers, alone);
        SequencedMap<String, Binding> inputs = new LinkedHashMap<>();
        for (InputSpec input : component.spec().inputs().values()) {
            Binding written = said.of(input, fallback(component, input));
            Binding bound = overridden(use, group, written);
            List<String> open = open(bound, group);
            if (open.isEmpty()) {
                inputs.put(input.name(), bound);
            } else if (component.sound()) {
                List<String> untold =
                        open.stream().filter(node -> !said.isSpokenOf(input, node)).toList();
                reportOpen(use, component, bound, untold);
            }
        }
        return new UseSpec(use.name(), use.group(), component.spec(), inputs, requires, use.span());
    }

    private Binding overridden(WrittenUse use, GroupSpec group, Binding written) {
        InputSpec input = written.input();
        String path = "groups." + use.group() + "." + use.name() + "." + input.name();
        if (input.fact().isPresent()) {
            overrides
                    .refused(path)
                    .ifPresent(at ->
                            diagnostics.add(InputValues.given(at, input, input.fact().get())));
            return written;
        }
        List<Layer> layers = new ArrayList<>(written.layers());
        overrides
                .value(path, input.type(), inForce(written, group))
                .ifPresent(value -> {
                    values.checkConstraints(input, value);
                    layers.add(new Layer(Speaker.SET, value));
                });
        return new Binding(input, layers, written.alone());
    }

    /// What the files say for one node of the group or another.
    private static List<Expression> inForce(Binding written, GroupSpec group) {
        return written.alone().keySet().containsAll(group.nodes())
                ? List.copyOf(written.alone().values())
                : written.held();
    }

    /// The nodes on which nobody gives it a value.
    private static List<String> open(Binding bound, GroupSpec group) {
        return bound.layers().isEmpty()
                ? group.nodes().stream().filter(node -> !bound.alone().containsKey(node)).toList()
                : List.of();
    }

    private void reportOpen(
            WrittenUse use, Component component, Binding bound, List<String> nodes) {
        if (nodes.isEmpty()) {
            return;
        }
        String where = bound.alone().isEmpty() ? "" : " on " + NodeCheck.few(nodes);
        diagnostics.add(
                Diagnostic.of(
                                Code.ASH0204,
                                use.span(),
                                "input \""
                                        + bound.input().name()
                                        + "\" of "
                                        + component.spec().reference()
                                        + " has no value"
                                        + where)
                        .withNote(bound.input().span(), "declared here"));
    }

    /// What it is where nobody says anything: an optional input is absent then.
    private static Optional<Expression> fallback(Component component, InputSpec input) {
        return Optional.ofNullable(component.defaults().get(input.name()))
                .or(() ->
                        input.type() instanceof Type.OptionalOf
                                ? Optional.of(
                                        ExpressionCompiler.literal(
                                                Value.nothing(),
                                                input.type(),
                                                input.span(),
                                                "null"))
                                : Optional.empty());
    }
}
