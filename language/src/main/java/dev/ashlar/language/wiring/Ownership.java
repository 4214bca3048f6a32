package dev.ashlar.language.wiring;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// No two steps may manage one thing of a node.
final class Ownership {
    private final Diagnostics diagnostics;

    /// @param place where its step runs, in words of the file; empty for its subject
    /// @param use empty within a component
    private record Owner(String step, String place, ResourceSpec resource, String use) {}

    Ownership(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// Within a component: the same text, or the same expression, at the same place.
    void component(ComponentSpec component) {
        Map<String, Map<Identity, Owner>> byPlace = new HashMap<>();
        for (StepSpec step : component.steps()) {
            Map<Identity, Owner> owners =
                    byPlace.computeIfAbsent(placeOf(step), _ -> new HashMap<>());
            for (ResourceSpec resource : resources(step)) {
                Identity.of(resource, e -> Constants.text(e).or(() -> Optional.of(e.source())))
                        .ifPresent(id ->
                                claim(
                                        owners,
                                        id,
                                        new Owner(step.name(), placeOf(step), resource, "")));
            }
        }
    }

    private static String placeOf(StepSpec step) {
        return step.place() instanceof Place.OnChosen(Expression node) ? node.source() : "";
    }

    /// Between the uses that reach a group's nodes, on the first of its nodes: what clashes there
    /// clashes on every one.
    void composition(Composition composition) {
        for (GroupSpec group : composition.groups().values()) {
            Map<Identity, Owner> owners = new HashMap<>();
            for (UseSpec use : composition.uses().values()) {
                claimAll(owners, group, new Reach(composition, use));
            }
        }
        composition.uses().values().forEach(use -> repeated(new Reach(composition, use)));
    }

    private void claimAll(Map<Identity, Owner> owners, GroupSpec group, Reach reach) {
        for (StepSpec step : reach.use().component().steps()) {
            if (!reach.groups(step).contains(group.name())) {
                continue;
            }
            for (ResourceSpec resource : resources(step)) {
                Identity.of(resource, reach.onNode(0)::text)
                        .ifPresent(id -> claim(owners, id, reach.owner(step, resource)));
            }
        }
    }

    /// A step for each node that runs on one chosen node: each of its instances needs a thing of
    /// its own there.
    private void repeated(Reach reach) {
        if (reach.group().nodes().size() < 2) {
            return;
        }
        for (StepSpec step : reach.use().component().steps()) {
            if (step.subject() != Subject.NODE || !(step.place() instanceof Place.OnChosen)) {
                continue;
            }
            for (ResourceSpec resource : resources(step)) {
                Optional<Identity> first = Identity.of(resource, reach.onNode(0)::text);
                if (first.isPresent()
                        && first.equals(Identity.of(resource, reach.onNode(1)::text))) {
                    diagnostics.add(repeated(reach, step, resource, first.get()));
                }
            }
        }
    }

    private static Diagnostic repeated(
            Reach reach, StepSpec step, ResourceSpec resource, Identity identity) {
        return Diagnostic.of(
                        Code.ASH0405,
                        resource.span(),
                        "step \""
                                + step.name()
                                + "\" manages "
                                + words(identity)
                                + " on one node for each node of group \""
                                + reach.group().name()
                                + "\"")
                .withHelp("add for: cluster, or make the name depend on node.name");
    }

    /// Which nodes a use's steps reach.
    private record Reach(Composition composition, UseSpec use) {

        GroupSpec group() {
            return Objects.requireNonNull(composition.groups().get(use.group()));
        }

        KnownScope onNode(int index) {
            return new KnownScope(composition, use, group(), group().nodes().get(index));
        }

        Owner owner(StepSpec step, ResourceSpec resource) {
            return new Owner(use.name() + "." + step.name(), placeOf(step), resource, use.name());
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
                                .filter(name -> name.replace('-', '_').equals(path.get(1)))
                                .toList();
                default -> List.of();
            };
        }
    }

    private void claim(Map<Identity, Owner> owners, Identity identity, Owner owner) {
        Owner first = owners.putIfAbsent(identity, owner);
        if (first == null || isOfOneComponent(first, owner)) {
            return;
        }
        String both =
                first.step().equals(owner.step())
                        ? "step \"" + owner.step() + "\" manages " + words(identity) + " twice"
                        : "steps \""
                                + first.step()
                                + "\" and \""
                                + owner.step()
                                + "\" both manage "
                                + words(identity);
        diagnostics.add(
                Diagnostic.of(Code.ASH0405, owner.resource().span(), both)
                        .withNote(first.resource().span(), "first here"));
    }

    /// Then it has been reported of the component.
    private static boolean isOfOneComponent(Owner first, Owner then) {
        return !then.use().isEmpty()
                && first.use().equals(then.use())
                && first.place().equals(then.place());
    }

    private static String words(Identity identity) {
        return identity.namespace() + " " + identity.name();
    }

    private static List<ResourceSpec> resources(StepSpec step) {
        return step.action() instanceof Action.Resources(List<ResourceSpec> resources)
                ? resources
                : List.of();
    }
}
