package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.simulation.composition.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What must have happened before an instance may start, read off the declared paths of its
/// expressions: no value is evaluated and no label looked at.
final class Needs {
    private final Graph graph;
    private final boolean all;

    Needs(Graph graph) {
        this(graph, false);
    }

    /// @param all whether each entry counts that may be the one that is read
    private Needs(Graph graph, boolean all) {
        this.graph = graph;
        this.all = all;
    }

    /// What it needs in any case: of what one of its cases alone reads it is not known whether that
    /// is read.
    ///
    /// @param frozen tells by name which of its founding inputs have their value already
    Set<Await> of(Instance.Step instance, Predicate<String> frozen) {
        Set<Await> needs = besides(instance, frozen);
        List<Set<Await>> cases = ofCases(instance, frozen);
        Set<Await> common = new LinkedHashSet<>(cases.getFirst());
        cases.forEach(common::retainAll);
        needs.addAll(common);
        return needs;
    }

    /// What it may need, whichever of its cases is done and whichever entry is read.
    Set<Await> possible(Instance.Step instance) {
        Needs every = new Needs(graph, true);
        Set<Await> needs = every.besides(instance, _ -> false);
        every.ofCases(instance, _ -> false).forEach(needs::addAll);
        return needs;
    }

    /// What it needs besides what it does.
    private Set<Await> besides(Instance.Step instance, Predicate<String> frozen) {
        Place place = Place.of(instance);
        Place outside = place.outside();
        Set<Await> needs = new LinkedHashSet<>();
        instance.step()
                .inputs()
                .forEach((name, input) -> {
                    if (!(input instanceof StepInput.Founding && frozen.test(name))) {
                        read(outside, expression(outside, input), needs);
                    }
                });
        needs.addAll(ofCondition(instance));
        graph.usesBefore(instance.key()).forEach(use -> done(use, instance.key(), needs));
        if (instance.step().place() instanceof StepSpec.Place.OnChosen(Expression node)) {
            read(place, node, needs);
        }
        if (instance.step().action() instanceof Action.Switch(Expression selector, _)) {
            read(outside, selector, needs);
        }
        return needs;
    }

    /// What each of its cases takes, or what it does where it has none.
    private List<Set<Await>> ofCases(Instance.Step instance, Predicate<String> frozen) {
        Place place = Place.of(instance);
        List<Set<Await>> all = new ArrayList<>();
        for (Action.Deed deed : instance.step().action().deeds()) {
            Set<Await> needs = new LinkedHashSet<>();
            switch (deed) {
                case Action.Resources(List<ResourceSpec> resources) ->
                        resources.forEach(resource -> resource(place, resource, frozen, needs));
                case Action.Call(_, var arguments) ->
                        arguments.values().forEach(e -> read(place, e, needs));
                case Action.Run _ -> {}
            }
            all.add(needs);
        }
        return all;
    }

    /// Of a use that comes first: the member beside it, or all of them and what is done once.
    private void done(String name, InstanceKey later, Set<Await> needs) {
        Optional<String> beside = later.node().filter(node -> graph.members(name).contains(node));
        if (beside.isPresent()) {
            needs.add(new Await.Healthy(name, beside.get()));
            return;
        }
        graph.members(name).forEach(node -> needs.add(new Await.Healthy(name, node)));
        graph.instances().keySet().stream()
                .filter(key -> key.use().equals(name) && key.node().isEmpty())
                .map(Await.Success::new)
                .forEach(needs::add);
    }

    /// What it takes to know whether it is wanted.
    Set<Await> ofCondition(Instance.Step instance) {
        Set<Await> needs = new LinkedHashSet<>();
        Place outside = Place.of(instance).outside();
        instance.step().when().ifPresent(when -> read(outside, when, needs));
        return needs;
    }

    /// @param step inside of which it is read
    /// @param element of a repeated one
    private record Place(
            UseSpec use, Optional<String> node, Optional<StepSpec> step, Optional<String> element) {

        static Place of(Instance.Step instance) {
            return new Place(
                    instance.use(),
                    instance.key().node(),
                    Optional.of(instance.step()),
                    instance.key().key());
        }

        static Place of(UseSpec use, Optional<String> node) {
            return new Place(use, node, Optional.empty(), Optional.empty());
        }

        Place outside() {
            return new Place(use, node, Optional.empty(), element);
        }
    }

    private Expression expression(Place place, StepInput input) {
        return switch (input) {
            case StepInput.Bound(Expression value) -> value;
            case StepInput.Founding(Expression founding, Optional<Expression> joining) ->
                    joining.filter(_ -> joins(place)).orElse(founding);
        };
    }

    private boolean joins(Place place) {
        return place.node()
                .map(node -> InstanceKey.join(place.use().name(), node))
                .filter(graph.instances()::containsKey)
                .isPresent();
    }

    private void resource(
            Place place, ResourceSpec resource, Predicate<String> frozen, Set<Await> needs) {
        for (Expression parameter : resource.parameters().values()) {
            for (List<String> path : parameter.reads()) {
                boolean isFrozen =
                        path.size() > 1
                                && path.getFirst().equals("inputs")
                                && frozen.test(path.get(1));
                if (!isFrozen) {
                    path(place, path, needs);
                }
            }
        }
        for (String watched : resource.restartOn()) {
            watched(place, watched, needs);
        }
    }

    private void read(Place place, Expression expression, Set<Await> needs) {
        expression.reads().forEach(path -> path(place, path, needs));
    }

    private void path(Place place, List<String> path, Set<Await> needs) {
        switch (path.getFirst()) {
            case "inputs" -> {
                if (path.size() > 1) {
                    Set<Await> all = new LinkedHashSet<>();
                    input(place, path.get(1), all);
                    if (path.getLast().equals(Expressions.SAME_ELEMENT)) {
                        all.removeIf(await -> !isOf(place.element().orElseThrow(), await));
                    }
                    needs.addAll(all);
                }
            }
            case "members" -> members(place.use(), path.subList(1, path.size()), needs);
            case "cluster_outputs" -> {
                if (path.size() > 1) {
                    clusterOutput(place.use(), path.get(1), needs);
                }
            }
            case "groups" -> group(path, needs);
            case Requirement.VARIABLE ->
                    graph.composition()
                            .supplied(place.use(), path)
                            .forEach(supplied ->
                                    read(
                                            Place.of(supplied.by(), Optional.empty()),
                                            supplied.value(),
                                            needs));
            case Collected.NAME -> collected(path.get(1), needs);
            case "node" -> {
                if (path.size() > 2 && path.get(1).equals(Fact.VARIABLE)) {
                    Fact fact = Fact.of(path.get(2)).orElseThrow();
                    place.node()
                            .map(fact::gatheredBy)
                            .map(Await.Success::new)
                            .ifPresent(needs::add);
                }
                if (path.size() > 1 && path.get(1).equals("address")) {
                    place.node()
                            .map(InstanceKey::acquire)
                            .map(Await.Success::new)
                            .ifPresent(needs::add);
                }
            }
            // Of a sponsor it is looked up in truth whether it serves.
            case "cluster", "parameters", SecretSpec.VARIABLE, "use", "sponsor", Element.NAME -> {}
            case InstanceKey.JOIN ->
                    place.node()
                            .map(node -> InstanceKey.join(place.use().name(), node))
                            .map(Await.Success::new)
                            .ifPresent(needs::add);
            default -> produced(place, path, needs);
        }
    }

    private static boolean isOf(String member, Await await) {
        return switch (await) {
            case Await.Success(InstanceKey key) -> key.node().equals(Optional.of(member));
            case Await.Healthy(_, String node) -> node.equals(member);
            case Await.Sponsor _, Await.Elsewhere _, Await.Unlocked _, Await.Gathered _ -> false;
        };
    }

    private void input(Place place, String name, Set<Await> needs) {
        Optional<StepInput> own = place.step().map(step -> step.inputs().get(name));
        Place outside = place.outside();
        if (own.isPresent()) {
            read(outside, expression(outside, own.get()), needs);
            return;
        }
        Binding binding = place.use().inputs().get(name);
        if (binding != null) {
            read(Place.of(place.use(), place.node()), binding.effective(place.node()), needs);
        }
    }

    private void members(UseSpec use, List<String> rest, Set<Await> needs) {
        OutputSpec output =
                rest.size() > 1 && rest.getFirst().equals("outputs")
                        ? use.component().outputs().get(rest.get(1))
                        : null;
        if (output == null) {
            return;
        }
        for (String member : graph.members(use.name())) {
            read(Place.of(use, Optional.of(member)), output.value(), needs);
            if (!output.early()) {
                needs.add(new Await.Healthy(use.name(), member));
            }
        }
    }

    private void clusterOutput(UseSpec use, String name, Set<Await> needs) {
        ClusterOutputSpec output = use.component().clusterOutputs().get(name);
        if (output == null) {
            return;
        }
        Set<Await> inner = new LinkedHashSet<>();
        read(Place.of(use, Optional.empty()), output.value(), inner);
        inner.removeIf(a -> a instanceof Await.Healthy(String of, _) && of.equals(use.name()));
        needs.addAll(inner);
        needs.add(new Await.Gathered(use.name(), output.holds()));
    }

    private void group(List<String> path, Set<Await> needs) {
        UseSpec use = path.size() > 4 ? graph.composition().uses().get(path.get(2)) : null;
        if (use == null) {
            return;
        }
        if (path.get(3).equals("members")) {
            members(use, path.subList(4, path.size()), needs);
        } else {
            clusterOutput(use, path.get(4), needs);
        }
    }

    private void collected(String type, Set<Await> needs) {
        for (UseSpec use : graph.composition().uses().values()) {
            use.component().outputs().values().stream()
                    .filter(output -> isOf(type, output.type()))
                    .forEach(output -> members(use, List.of("outputs", output.name()), needs));
            use.component().clusterOutputs().values().stream()
                    .filter(output -> isOf(type, output.type()))
                    .forEach(output -> clusterOutput(use, output.name(), needs));
        }
    }

    private static boolean isOf(String type, Type output) {
        return switch (output) {
            case Type.Struct struct -> struct.name().equals(type);
            case Type.ListOf(Type.Struct struct) -> struct.name().equals(type);
            default -> false;
        };
    }

    private void watched(Place place, String step, Set<Await> needs) {
        Set<Await> own = new LinkedHashSet<>();
        produced(place, List.of(step, Expressions.SAME_ELEMENT), own);
        if (place.element().isPresent() && !own.isEmpty()) {
            needs.addAll(own);
        } else {
            produced(place, List.of(step), needs);
        }
    }

    /// All instances of a step there; of a repeated one those that the path names.
    private void produced(Place place, List<String> path, Set<Await> needs) {
        place.use()
                .component()
                .step(path.getFirst())
                .ifPresent(spec ->
                        graph.keys(place.use(), spec, place.node()).stream()
                                .filter(graph.instances()::containsKey)
                                .filter(key -> isRead(key, path, place.element()))
                                .map(Await.Success::new)
                                .forEach(needs::add));
    }

    /// Of an entry under a key that is not written there it is not known which one is read.
    private boolean isRead(InstanceKey key, List<String> path, Optional<String> element) {
        if (path.getLast().equals(Expressions.SAME_ELEMENT)) {
            return key.key().equals(element);
        }
        boolean isSomeEntry =
                key.key().isPresent() && path.size() > 2 && path.get(2).equals(Expression.ELEMENT);
        return all || !isSomeEntry;
    }
}
