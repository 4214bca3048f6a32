package dev.ashlar.language.wiring;

import dev.ashlar.language.expression.Reads;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.secret.SecretSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who waits for whom, judged on steps, inputs and outputs, never on whole components. An output
/// that is not early holds once all steps about its node have succeeded, so it waits for them.
final class WaitGraph {
    private final Map<String, Vertex> vertices = new LinkedHashMap<>();
    private final Map<String, UseSpec> linked = new LinkedHashMap<>();
    private final Map<String, ComponentSpec> parts = new LinkedHashMap<>();
    private final Map<String, Span> collected = new LinkedHashMap<>();
    private final Optional<Composition> composition;

    /// Of one component by itself: what it requires is nobody's yet.
    WaitGraph(ComponentSpec component, Map<String, Expression> defaults) {
        this.composition = Optional.empty();
        Map<String, List<Expression>> inputs = new LinkedHashMap<>();
        defaults.forEach((name, value) -> inputs.put(name, List.of(value)));
        component("", component, inputs);
        collections();
    }

    /// Of all uses with the links between them.
    WaitGraph(Composition composition) {
        this.composition = Optional.of(composition);
        for (UseSpec use : composition.uses().values()) {
            linked.put(
                    Expression.identifier(use.group()) + "." + Expression.identifier(use.name()),
                    use);
        }
        for (UseSpec use : composition.uses().values()) {
            Map<String, List<Expression>> inputs = new LinkedHashMap<>();
            use.inputs().forEach((name, binding) -> inputs.put(name, binding.held()));
            component(use.name() + ".", use.component(), inputs);
        }
        collections();
    }

    /// A step, input or output.
    record Vertex(String name, Span span, List<Edge> edges) {}

    /// A reason to wait.
    record Edge(String target, Reason reason, Span span) {}

    /// Why something waits.
    enum Reason {
        /// It reads the other.
        READS,
        /// It comes after the other.
        ORDER,
        /// It holds once the other has succeeded and is healthy.
        HEALTH
    }

    Map<String, Vertex> vertices() {
        return vertices;
    }

    /// @param prefix of the names, such as `kv.`
    /// @param inputs their values, those of single members too
    private void component(
            String prefix, ComponentSpec component, Map<String, List<Expression>> inputs) {
        parts.put(prefix, component);
        component
                .inputs()
                .forEach((name, input) -> {
                    Vertex vertex = vertex(prefix + "inputs." + name, input.span());
                    inputs.getOrDefault(name, List.of())
                            .forEach(value -> reads(vertex, prefix, component, value, Set.of()));
                });
        component
                .outputs()
                .forEach((name, output) -> {
                    Vertex vertex = vertex(prefix + "outputs." + name, output.span());
                    reads(vertex, prefix, component, output.value(), Set.of());
                    if (!output.early()) {
                        health(vertex, prefix, component);
                    }
                });
        component
                .clusterOutputs()
                .forEach((name, output) -> {
                    Vertex vertex = vertex(prefix + "cluster_outputs." + name, output.span());
                    reads(vertex, prefix, component, output.value(), Set.of());
                    health(vertex, prefix, component);
                });
        component
                .interfaces()
                .implemented()
                .forEach((of, values) ->
                        values.forEach((name, value) ->
                                reads(
                                        vertex(implemented(prefix, of, name), value.span()),
                                        prefix,
                                        component,
                                        value,
                                        Set.of())));
        component.steps().forEach(step -> step(prefix, component, step));
        component.membership().join().ifPresent(join -> step(prefix, component, join));
    }

    /// Adds what is collected of all that was added: one vertex for each type, so that edges grow
    /// with readers plus publishers.
    private void collections() {
        collected.forEach((type, span) -> {
            Vertex all = vertex(Collected.words(type), span);
            parts.forEach((prefix, component) -> publishers(all, type, prefix, component));
        });
    }

    private void publishers(Vertex all, String type, String prefix, ComponentSpec component) {
        for (OutputSpec output : Collected.outputs(component, type)) {
            all.edges()
                    .add(
                            new Edge(
                                    prefix + "outputs." + output.name(),
                                    Reason.READS,
                                    output.span()));
            conditions(all, prefix, component, true);
        }
        for (ClusterOutputSpec output : Collected.clusterOutputs(component, type)) {
            String name = prefix + "cluster_outputs." + output.name();
            all.edges().add(new Edge(name, Reason.READS, output.span()));
            conditions(all, prefix, component, false);
        }
    }

    /// What is off publishes nothing.
    private void conditions(Vertex all, String prefix, ComponentSpec component, boolean ofMember) {
        Collected.conditional(component, ofMember).stream()
                .flatMap(step -> step.when().stream())
                .forEach(when -> reads(all, prefix, component, when, Set.of()));
    }

    private Vertex vertex(String name, Span span) {
        return vertices.computeIfAbsent(name, n -> new Vertex(n, span, new ArrayList<>()));
    }

    private static void health(Vertex vertex, String prefix, ComponentSpec component) {
        for (StepSpec step : component.steps()) {
            if (step.subject() == Subject.NODE) {
                vertex.edges().add(new Edge(prefix + step.name(), Reason.HEALTH, vertex.span()));
            }
        }
    }

    private void step(String prefix, ComponentSpec component, StepSpec step) {
        Vertex vertex = vertex(prefix + step.name(), step.span());
        Set<String> own = step.inputs().keySet();
        for (String after : step.after()) {
            if (component.interfaces().required().containsKey(after)) {
                whole(vertex, prefix, after, step.span());
            } else {
                vertex.edges().add(new Edge(prefix + after, Reason.ORDER, step.span()));
            }
        }
        step.each().ifPresent(each -> reads(vertex, prefix, component, each, Set.of()));
        step.when().ifPresent(when -> reads(vertex, prefix, component, when, Set.of()));
        for (StepInput input : step.inputs().values()) {
            switch (input) {
                case StepInput.Bound(Expression value) ->
                        reads(vertex, prefix, component, value, Set.of());
                case StepInput.Founding(Expression founding, Optional<Expression> joining) -> {
                    reads(vertex, prefix, component, founding, Set.of());
                    joining.ifPresent(j -> reads(vertex, prefix, component, j, Set.of()));
                }
            }
        }
        if (step.place() instanceof Place.OnChosen(Expression node)) {
            reads(vertex, prefix, component, node, own);
        }
        step.action().expressions().forEach(value -> reads(vertex, prefix, component, value, own));
        for (ResourceSpec resource : step.action().resources()) {
            for (String watched : resource.restartOn()) {
                vertex.edges().add(new Edge(prefix + watched, Reason.ORDER, resource.span()));
            }
        }
    }

    private static String implemented(String prefix, String of, String name) {
        return prefix + "implements." + of + "." + name;
    }

    /// Waits for all of a use that stands for what is required.
    private void whole(Vertex vertex, String prefix, String required, Span span) {
        use(prefix)
                .flatMap(use -> use.boundUse(required))
                .flatMap(name -> composition.map(all -> all.uses().get(name)))
                .ifPresent(use ->
                        use.component()
                                .steps()
                                .forEach(step ->
                                        vertex.edges()
                                                .add(
                                                        new Edge(
                                                                use.name() + "." + step.name(),
                                                                Reason.ORDER,
                                                                span))));
    }

    /// Whose names begin so.
    private Optional<UseSpec> use(String prefix) {
        return composition.map(
                all -> all.uses().get(prefix.substring(0, Math.max(0, prefix.length() - 1))));
    }

    private List<String> required(String prefix, List<String> path) {
        return use(prefix)
                .flatMap(use -> composition.map(all -> all.supplied(use, path)))
                .orElse(List.of())
                .stream()
                .map(supplied ->
                        implemented(supplied.by().name() + ".", supplied.of(), supplied.name()))
                .toList();
    }

    private void reads(
            Vertex vertex,
            String prefix,
            ComponentSpec component,
            Expression value,
            Set<String> own) {
        for (List<String> path : value.reads()) {
            if (path.getFirst().equals(Collected.NAME)) {
                collected.putIfAbsent(path.get(1), value.span());
            }
            for (String target : targets(prefix, component, path, own)) {
                vertex.edges().add(new Edge(target, Reason.READS, value.span()));
            }
        }
    }

    /// What is read by a path in a step whose own inputs are these.
    List<String> targets(
            String prefix, ComponentSpec component, List<String> path, Set<String> own) {
        List<String> rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case "inputs" -> {
                if (!rest.isEmpty() && own.contains(rest.getFirst())) {
                    yield List.of();
                }
                yield named(prefix + "inputs.", rest, component.inputs().keySet());
            }
            case "cluster_outputs" ->
                    named(prefix + "cluster_outputs.", rest, component.clusterOutputs().keySet());
            case "members" -> members(prefix, component, rest);
            case "groups" -> link(rest);
            case Requirement.VARIABLE -> required(prefix, path);
            case Collected.NAME -> List.of(Collected.words(rest.getFirst()));
            // A sponsor was healthy before.
            case "node",
                    "cluster",
                    "use",
                    "parameters",
                    SecretSpec.VARIABLE,
                    "sponsor",
                    Element.NAME ->
                    List.of();
            default -> List.of(prefix + path.getFirst());
        };
    }

    /// The one field that is read, or all of them.
    private static List<String> named(String prefix, List<String> rest, Set<String> all) {
        return rest.isEmpty()
                ? all.stream().map(name -> prefix + name).toList()
                : List.of(prefix + rest.getFirst());
    }

    /// `[], outputs, NAME`: what is read of each member.
    private static List<String> members(String prefix, ComponentSpec component, List<String> rest) {
        boolean harmless =
                (!rest.isEmpty() && rest.getFirst().equals(Reads.COUNT))
                        || (rest.size() > 1 && !rest.get(1).equals("outputs"));
        return harmless
                ? List.of()
                : named(
                        prefix + "outputs.",
                        rest.subList(Math.min(2, rest.size()), rest.size()),
                        component.outputs().keySet());
    }

    private List<String> link(List<String> rest) {
        if (rest.size() < 3) {
            return List.of();
        }
        UseSpec use = linked.get(rest.get(0) + "." + rest.get(1));
        if (use == null) {
            return List.of();
        }
        List<String> below = rest.subList(3, rest.size());
        String prefix = use.name() + ".";
        return rest.get(2).equals("members")
                ? members(prefix, use.component(), below)
                : named(
                        prefix + "cluster_outputs.",
                        below,
                        use.component().clusterOutputs().keySet());
    }

    /// Everything that a vertex waits for, directly or not.
    Set<String> behind(String name) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(name));
        while (!open.isEmpty()) {
            Vertex vertex = vertices.get(open.pop());
            if (vertex != null) {
                for (Edge edge : vertex.edges()) {
                    if (seen.add(edge.target())) {
                        open.push(edge.target());
                    }
                }
            }
        }
        return seen;
    }
}
