package dev.ashlar.language.wiring;

import dev.ashlar.language.wiring.WaitGraph.Edge;
import dev.ashlar.language.wiring.WaitGraph.Reason;
import dev.ashlar.language.wiring.WaitGraph.Vertex;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What lapses is for those who use it up. It decides nothing that stays: whether a step or a
/// resource is wanted, for what it is repeated, where it runs, what is frozen, when something is
/// restarted.
final class LapseCheck {
    /// @param prefix of the component's names in the graph
    private record Reader(String prefix, ComponentSpec component, StepSpec step) {}

    private final WaitGraph graph;
    private final Set<String> lapsing;
    private final Diagnostics diagnostics;

    /// @param components by the prefix of their names in the graph
    LapseCheck(WaitGraph graph, Map<String, ComponentSpec> components, Diagnostics diagnostics) {
        this.graph = graph;
        this.diagnostics = diagnostics;
        this.lapsing = lapsing(graph, components);
    }

    /// The steps that make what lapses, and every input and output that hands it on.
    private static Set<String> lapsing(WaitGraph graph, Map<String, ComponentSpec> components) {
        Set<String> steps = new HashSet<>();
        Set<String> found = new HashSet<>();
        components.forEach((prefix, component) -> {
            component.inputs().values().stream()
                    .filter(InputSpec::isVolatile)
                    .forEach(input -> found.add(prefix + "inputs." + input.name()));
            for (StepSpec step : component.steps()) {
                steps.add(prefix + step.name());
                if (step.lapses()) {
                    found.add(prefix + step.name());
                }
            }
        });
        boolean grown = !found.isEmpty();
        while (grown) {
            grown = false;
            for (Vertex vertex : graph.vertices().values()) {
                if (!steps.contains(vertex.name()) && reads(vertex, found)) {
                    grown |= found.add(vertex.name());
                }
            }
        }
        return found;
    }

    private static boolean reads(Vertex vertex, Set<String> found) {
        return vertex.edges().stream()
                .filter(edge -> edge.reason() == Reason.READS)
                .map(Edge::target)
                .anyMatch(found::contains);
    }

    void check(String prefix, ComponentSpec component) {
        if (lapsing.isEmpty()) {
            return;
        }
        Stream.concat(component.steps().stream(), component.membership().steps())
                .forEach(step -> check(new Reader(prefix, component, step)));
    }

    private void check(Reader reader) {
        StepSpec step = reader.step();
        String name = "\"" + step.name() + "\"";
        step.when()
                .ifPresent(when ->
                        refuse(
                                reader,
                                when,
                                "the condition of " + name + " reads what lapses",
                                "decide it by something that lasts"));
        if (step.place() instanceof Place.OnChosen(Expression node)) {
            refuse(
                    reader,
                    node,
                    "where " + name + " runs is read from what lapses",
                    "choose the node by something that lasts");
        }
        step.inputs()
                .forEach((input, value) ->
                        kept(value)
                                .forEach(kept ->
                                        refuse(
                                                reader,
                                                kept,
                                                "input \""
                                                        + input
                                                        + "\" is frozen, and what it reads lapses",
                                                "read it without founding: a step that has succeeded"
                                                        + " does not run again because a value has"
                                                        + " lapsed")));
        if (step.action() instanceof Action.Switch(Expression selector, _)) {
            refuse(
                    reader,
                    selector,
                    "which case of " + name + " is done is read from what lapses",
                    "choose it by something that lasts");
        }
        step.action()
                .resources()
                .forEach(resource -> {
                    varied(reader, resource);
                    watched(reader.component(), resource);
                });
    }

    private void varied(Reader reader, ResourceSpec resource) {
        String of = resource.kind().word() + " of \"" + reader.step().name() + "\"";
        resource.when()
                .ifPresent(when ->
                        refuse(
                                reader,
                                when,
                                "the condition of a " + of + " reads what lapses",
                                "decide it by something that lasts"));
        resource.each()
                .ifPresent(each ->
                        refuse(
                                reader,
                                each,
                                "a " + of + " is repeated for what lapses",
                                "repeat it for something that lasts"));
    }

    private static List<Expression> kept(StepInput input) {
        return switch (input) {
            case StepInput.Bound _ -> List.of();
            case StepInput.Founding(Expression founding, Optional<Expression> joining) ->
                    Stream.concat(Stream.of(founding), joining.stream()).toList();
        };
    }

    private void watched(ComponentSpec component, ResourceSpec resource) {
        for (String name : resource.restartOn()) {
            if (component.step(name).filter(StepSpec::lapses).isPresent()) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0210,
                                        resource.span(),
                                        "restart_on names \""
                                                + name
                                                + "\", which runs again whenever what it makes has"
                                                + " lapsed and is needed")
                                .withHelp("name the steps that read what it makes"));
            }
        }
    }

    /// Reports an expression that reads what lapses.
    private void refuse(Reader reader, Expression expression, String message, String help) {
        if (lapses(reader, expression)) {
            diagnostics.add(Diagnostic.of(Code.ASH0210, expression.span(), message).withHelp(help));
        }
    }

    private boolean lapses(Reader reader, Expression expression) {
        Map<String, StepInput> inputs = reader.step().inputs();
        List<Expression> all = new ArrayList<>(List.of(expression));
        for (String input : expression.inputs()) {
            if (inputs.get(input) instanceof StepInput.Bound(Expression own)) {
                all.add(own);
            }
        }
        return all.stream()
                .flatMap(one -> one.reads().stream())
                .flatMap(path ->
                        graph
                                .targets(reader.prefix(), reader.component(), path, inputs.keySet())
                                .stream())
                .anyMatch(lapsing::contains);
    }
}
