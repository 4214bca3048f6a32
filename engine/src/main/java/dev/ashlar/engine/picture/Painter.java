package dev.ashlar.engine.picture;

import dev.ashlar.engine.picture.Picture.Bound;
import dev.ashlar.engine.picture.Picture.Group;
import dev.ashlar.engine.picture.Picture.Link;
import dev.ashlar.engine.picture.Picture.Output;
import dev.ashlar.engine.picture.Picture.Reason;
import dev.ashlar.engine.picture.Picture.Step;
import dev.ashlar.engine.picture.Picture.Use;
import dev.ashlar.engine.picture.Picture.Vertex;
import dev.ashlar.engine.picture.Picture.Width;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Draws a composition.
final class Painter {
    private record Pair(Vertex from, Vertex to, Reason reason) {}

    private final Composition composition;
    private final Sources sources;
    private final SequencedMap<Pair, Set<String>> links = new LinkedHashMap<>();
    private final Set<Source> read = new LinkedHashSet<>();

    Painter(Composition composition) {
        this.composition = composition;
        this.sources = new Sources(composition);
    }

    Picture picture() {
        composition.uses().values().forEach(this::link);
        List<Group> groups = composition.groups().values().stream().map(this::group).toList();
        List<Link> all = new ArrayList<>();
        links.forEach((pair, values) -> {
            Pair value = new Pair(pair.from(), pair.to(), Reason.VALUE);
            if (pair.reason() == Reason.VALUE || !links.containsKey(value)) {
                all.add(new Link(pair.from(), pair.to(), pair.reason(), List.copyOf(values)));
            }
        });
        return new Picture(composition.name(), groups, all);
    }

    private Group group(GroupSpec group) {
        return new Group(
                group.name(),
                group.nodes(),
                composition.uses().values().stream()
                        .filter(use -> use.group().equals(group.name()))
                        .map(this::use)
                        .toList());
    }

    private Use use(UseSpec use) {
        ComponentSpec component = use.component();
        List<Output> outputs = new ArrayList<>();
        component
                .outputs()
                .values()
                .forEach(output ->
                        outputs.add(
                                new Output(
                                        Vertex.Kind.OUTPUT,
                                        output.name(),
                                        output.type().toString(),
                                        output.early() ? "early" : "healthy")));
        component
                .clusterOutputs()
                .values()
                .forEach(output ->
                        outputs.add(
                                new Output(
                                        Vertex.Kind.CLUSTER_OUTPUT,
                                        output.name(),
                                        output.type().toString(),
                                        output.holds().name().toLowerCase(Locale.ROOT))));
        return new Use(
                use.name(),
                component.reference(),
                composition.version(use),
                component.interfaces().required().values().stream()
                        .map(requirement -> bound(use, requirement))
                        .toList(),
                component.allSteps().stream().map(step -> step(use, step)).toList(),
                outputs);
    }

    private static Bound bound(UseSpec use, Requirement requirement) {
        Supply supply = Objects.requireNonNull(use.requires().get(requirement.name()));
        return new Bound(
                requirement.name(),
                requirement.of(),
                supply.name(),
                !(supply instanceof Supply.OfUse));
    }

    private Step step(UseSpec use, StepSpec step) {
        Vertex vertex = step(use, step.name());
        List<String> produced = List.copyOf(step.outputs().keySet());
        return new Step(
                step.name(),
                does(step.action()),
                step.subject() == Subject.CLUSTER,
                step.each().map(Expression::source),
                step.when().map(Expression::source),
                step.health().isPresent(),
                new Width(
                        List.copyOf(Contract.inputs(step)),
                        produced,
                        produced.stream()
                                .filter(name -> read.contains(new Source(vertex, name)))
                                .toList()));
    }

    private static String does(Action action) {
        return switch (action) {
            case Action.Resources _ -> "resources";
            case Action.Run _ -> "script";
            case Action.Call(String function, _) -> function;
            case Action.Switch(Expression selector, var cases) ->
                    "switch " + selector.source() + ": " + String.join(", ", cases.keySet());
        };
    }

    // ---- who waits for whom

    private void link(UseSpec use) {
        ComponentSpec component = use.component();
        for (StepSpec step : component.allSteps()) {
            Vertex vertex = step(use, step.name());
            step.after().stream()
                    .filter(name -> !use.requires().containsKey(name))
                    .forEach(name -> add(step(use, name), vertex, Reason.ORDER));
            use.usesBefore(step).forEach(name -> done(name, vertex));
            step.expressions().forEach(e -> reads(use, Optional.of(step), e, vertex));
            watched(step).forEach(name -> add(step(use, name), vertex, Reason.ORDER));
        }
        component
                .outputs()
                .values()
                .forEach(output -> {
                    Vertex vertex = new Vertex(use.name(), Vertex.Kind.OUTPUT, output.name());
                    reads(use, Optional.empty(), output.value(), vertex);
                    if (!output.early()) {
                        healthy(use, vertex);
                    }
                });
        component
                .clusterOutputs()
                .values()
                .forEach(output -> {
                    Vertex vertex =
                            new Vertex(use.name(), Vertex.Kind.CLUSTER_OUTPUT, output.name());
                    reads(use, Optional.empty(), output.value(), vertex);
                    healthy(use, vertex);
                });
    }

    private static Vertex step(UseSpec use, String name) {
        return new Vertex(use.name(), Vertex.Kind.STEP, name);
    }

    private static Set<String> watched(StepSpec step) {
        Set<String> watched = new LinkedHashSet<>();
        step.action().resources().forEach(resource -> watched.addAll(resource.restartOn()));
        return watched;
    }

    private void reads(UseSpec use, Optional<StepSpec> step, Expression expression, Vertex reader) {
        for (Source source : sources.of(use, step, expression)) {
            read.add(source);
            values(source.from(), reader, Reason.VALUE).add(source.value());
        }
    }

    private void healthy(UseSpec use, Vertex output) {
        telling(use).forEach(step -> add(step(use, step.name()), output, Reason.HEALTH));
    }

    /// What tells how a member is; where nothing does, its last step.
    private static List<StepSpec> telling(UseSpec use) {
        List<StepSpec> steps =
                use.component().steps().stream()
                        .filter(step -> step.subject() == Subject.NODE)
                        .toList();
        List<StepSpec> telling = steps.stream().filter(s -> s.health().isPresent()).toList();
        List<StepSpec> last = steps.isEmpty() ? List.of() : List.of(steps.getLast());
        return telling.isEmpty() ? last : telling;
    }

    /// Another use as a whole comes first.
    private void done(String name, Vertex later) {
        UseSpec use = Objects.requireNonNull(composition.uses().get(name));
        telling(use).forEach(step -> add(step(use, step.name()), later, Reason.ORDER));
    }

    private void add(Vertex from, Vertex to, Reason reason) {
        values(from, to, reason);
    }

    private Set<String> values(Vertex from, Vertex to, Reason reason) {
        return links.computeIfAbsent(new Pair(from, to, reason), _ -> new LinkedHashSet<>());
    }
}
