package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.Shared;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/// Which nodes a use's steps reach.
///
/// @param shared what has one value on all nodes of the use
record Reach(Composition composition, UseSpec use, IdentityHashMap<Expression, Value> shared) {

    Reach(Composition composition, UseSpec use) {
        this(composition, use, new IdentityHashMap<>());
    }

    GroupSpec group() {
        return Objects.requireNonNull(composition.groups().get(use.group()));
    }

    KnownScope onNode(int index) {
        return new KnownScope(composition, use, group(), group().nodes().get(index), shared);
    }

    /// Of another group's use all its nodes may reach this one's.
    List<KnownScope> scopes(GroupSpec of, int node, StepSpec step) {
        if (group().equals(of)) {
            return List.of(onNode(node));
        }
        boolean differ = step.subject() == Subject.NODE && (use.differs() || Owner.varies(step));
        int size = group().nodes().size();
        return IntStream.range(0, differ ? size : Math.min(1, size))
                .mapToObj(this::onNode)
                .toList();
    }

    Owner owner(StepSpec step, Span span, boolean varies) {
        return new Owner(
                use.name() + "." + step.name(), Owner.placeOf(step), span, use.name(), varies);
    }

    /// True where what its steps manage may differ from node to node of a group.
    boolean varies(GroupSpec of) {
        return use.group().equals(of.name())
                && (use.differs() || use.component().steps().stream().anyMatch(Owner::varies));
    }

    /// True where all that its steps manage there is the same on every node of a group.
    boolean isAlike(GroupSpec of) {
        List<StepSpec> steps = use.component().steps();
        return use.group().equals(of.name())
                ? !use.differs() && steps.stream().allMatch(this::isAlike)
                : steps.stream().noneMatch(step -> groups(step).contains(of.name()));
    }

    /// True of a step whose conditions, elements and names are the same on all nodes.
    private boolean isAlike(StepSpec step) {
        List<Expression> decisive = new ArrayList<>();
        step.each().ifPresent(decisive::add);
        step.when().ifPresent(decisive::add);
        if (step.action() instanceof Action.Switch(Expression selector, _)) {
            decisive.add(selector);
        }
        for (ResourceSpec resource : step.action().resources()) {
            resource.each().ifPresent(decisive::add);
            resource.when().ifPresent(decisive::add);
            decisive.addAll(Identity.expressions(resource));
        }
        return step.place() instanceof Place.OnSubject
                && step.action().deeds().stream().noneMatch(Action.Call.class::isInstance)
                && decisive.stream().allMatch(e -> Shared.has(use, step, e));
    }

    /// The groups whose nodes a step may change. A choice that names no group may be any.
    Set<String> groups(StepSpec step) {
        return switch (step.place()) {
            case Place.OnSubject _ -> Set.of(use.group());
            case Place.OnController _, Place.OnSponsor _ -> Set.of();
            case Place.OnChosen(Expression node) -> {
                Set<String> named = new HashSet<>();
                node.reads().forEach(path -> named.addAll(named(path)));
                yield named.isEmpty() ? composition.groups().keySet() : named;
            }
        };
    }

    private List<String> named(List<String> path) {
        return switch (path.getFirst()) {
            case "members", "node" -> List.of(use.group());
            case "groups" ->
                    composition.groups().keySet().stream()
                            .filter(name -> path.size() > 1)
                            .filter(name -> Expression.identifier(name).equals(path.get(1)))
                            .toList();
            default -> List.of();
        };
    }
}
