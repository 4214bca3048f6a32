package dev.ashlar.language.wiring;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ServiceFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// No two steps may manage one thing of a node.
final class Ownership {
    private final Diagnostics diagnostics;

    Ownership(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// Within a component: the same text, or the same expression, at the same place. What may be
    /// wanted or not is looked at where it is known whether it is.
    void component(ComponentSpec component) {
        Map<String, Map<Identity, Owner>> byPlace = new HashMap<>();
        for (StepSpec step : component.steps()) {
            Map<Identity, Owner> owners =
                    byPlace.computeIfAbsent(Owner.placeOf(step), _ -> new HashMap<>());
            for (ResourceSpec resource : step.action().resources()) {
                if (Owner.varies(step, resource)) {
                    continue;
                }
                Identity.of(resource, e -> Constants.text(e).or(() -> Optional.of(e.source())))
                        .ifPresent(id ->
                                claim(
                                        owners,
                                        id,
                                        new Owner(
                                                step.name(),
                                                Owner.placeOf(step),
                                                resource.span(),
                                                "",
                                                false)));
            }
        }
    }

    /// Between the uses that reach a group's nodes, on the first of its nodes: what clashes there
    /// clashes on every one, unless a condition or a repetition makes them differ.
    void composition(Composition composition) {
        for (GroupSpec group : composition.groups().values()) {
            List<Reach> reaches =
                    composition.uses().values().stream()
                            .map(use -> new Reach(composition, use))
                            .toList();
            boolean differ =
                    reaches.stream().anyMatch(reach -> reach.varies(group))
                            && !reaches.stream().allMatch(reach -> reach.isAlike(group));
            int nodes = differ ? group.nodes().size() : Math.min(1, group.nodes().size());
            Set<Span> reported = new HashSet<>();
            for (int node = 0; node < nodes; node++) {
                Map<Identity, Owner> owners = new HashMap<>();
                for (Reach reach : reaches) {
                    claimAll(owners, group, node, reach, reported);
                }
            }
        }
        composition.uses().values().forEach(use -> repeated(new Reach(composition, use)));
    }

    private void claimAll(
            Map<Identity, Owner> owners,
            GroupSpec group,
            int node,
            Reach reach,
            Set<Span> reported) {
        for (StepSpec step : reach.use().component().steps()) {
            if (!reach.groups(step).contains(group.name())) {
                continue;
            }
            String at = group.nodes().get(node);
            for (KnownScope scope : reach.scopes(group, node, step)) {
                scope.elements(step).stream()
                        .filter(inside -> isAt(step, at, scope, inside))
                        .forEach(inside -> claimAll(owners, step, scope, inside, reach, reported));
            }
        }
    }

    /// Where each element chooses a node for itself, those on other nodes do not count.
    private static boolean isAt(StepSpec step, String node, KnownScope scope, Scope inside) {
        return !(step.place() instanceof Place.OnChosen(Expression chosen))
                || !chosen.variables().contains(Element.NAME)
                || scope.text(chosen, inside).filter(node::equals).isPresent();
    }

    private void claimAll(
            Map<Identity, Owner> owners,
            StepSpec step,
            KnownScope scope,
            Scope element,
            Reach reach,
            Set<Span> reported) {
        Set<Identity> before = new HashSet<>();
        for (Deed deed : scope.deeds(step, element)) {
            Set<Identity> own = new HashSet<>();
            for (Claimed one : claimed(deed, step, scope, element, reach)) {
                // Of cases of which only one is done several may manage one thing.
                if (own.contains(one.identity()) || !before.contains(one.identity())) {
                    claim(owners, one, reported);
                }
                own.add(one.identity());
            }
            before.addAll(own);
        }
    }

    /// Something that is managed.
    private record Claimed(Identity identity, Owner owner) {}

    private static List<Claimed> claimed(
            Deed deed, StepSpec step, KnownScope scope, Scope element, Reach reach) {
        List<Claimed> all = new ArrayList<>();
        switch (deed) {
            case Action.Resources(List<ResourceSpec> resources) -> {
                for (ResourceSpec resource : resources) {
                    Owner owner = reach.owner(step, resource.span(), Owner.varies(step, resource));
                    for (Scope inside : scope.wanted(element, resource)) {
                        Identity.of(resource, e -> name(e, scope, inside, owner))
                                .ifPresent(id -> all.add(new Claimed(id, owner)));
                    }
                }
            }
            case Action.Call(_, var arguments) -> {
                Expression folder = arguments.get(ServiceFunction.DIRECTORY);
                if (folder != null) {
                    scope.text(folder, element)
                            .map(path -> new Identity("the files of a call in", path))
                            .map(id -> new Claimed(id, reach.owner(step, folder.span(), true)))
                            .ifPresent(all::add);
                }
            }
            case Action.Run _ -> {}
        }
        return all;
    }

    private void claim(Map<Identity, Owner> owners, Claimed one, Set<Span> reported) {
        if (!reported.contains(one.owner().span()) && claim(owners, one.identity(), one.owner())) {
            reported.add(one.owner().span());
        }
    }

    /// What is not known is told by its text, within a component and where it was not looked at as
    /// such: it may be wanted or not.
    private static Optional<String> name(
            Expression expression, KnownScope scope, Scope inside, Owner owner) {
        boolean isOwn = owner.varies() && !expression.variables().contains(Element.NAME);
        return scope.text(expression, inside)
                .or(() ->
                        isOwn
                                ? Optional.of(expression.source() + " of " + owner.use())
                                : Optional.empty());
    }

    /// A step for each node that runs on one chosen node: each of its instances needs a thing of
    /// its own there.
    private void repeated(Reach reach) {
        for (StepSpec step : reach.use().component().steps()) {
            if (step.subject() == Subject.NODE && step.place() instanceof Place.OnChosen) {
                repeated(reach, step);
            }
        }
    }

    private void repeated(Reach reach, StepSpec step) {
        boolean varies = Owner.varies(step) || reach.use().differs();
        int nodes = reach.group().nodes().size();
        Map<Identity, Integer> first = new HashMap<>();
        Set<Span> reported = new HashSet<>();
        for (int node = 0; node < (varies ? nodes : Math.min(2, nodes)); node++) {
            KnownScope scope = reach.onNode(node);
            int own = node;
            for (ResourceSpec resource : step.action().resources()) {
                scope.elements(step).stream()
                        .filter(element -> isDone(scope, step, element, resource))
                        .flatMap(element -> scope.wanted(element, resource).stream())
                        .flatMap(in -> Identity.of(resource, e -> scope.text(e, in)).stream())
                        .filter(id -> first.merge(id, own, (was, _) -> was) != own)
                        .filter(_ -> reported.add(resource.span()))
                        .forEach(id -> diagnostics.add(repeated(reach, step, resource, id)));
            }
        }
    }

    /// False of a resource of a case that is not chosen.
    private static boolean isDone(
            KnownScope scope, StepSpec step, Scope element, ResourceSpec resource) {
        return scope.deeds(step, element).stream()
                .anyMatch(deed -> deed.resources().contains(resource));
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

    /// True when it is another's already, which is reported.
    private boolean claim(Map<Identity, Owner> owners, Identity identity, Owner owner) {
        Owner first = owners.putIfAbsent(identity, owner);
        if (first == null || isOfOneComponent(first, owner)) {
            return false;
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
        Diagnostic found = Diagnostic.of(Code.ASH0405, owner.span(), both);
        diagnostics.add(
                first.step().equals(owner.step()) && first.span().equals(owner.span())
                        ? found.withHelp("make its name depend on each.key or each.value")
                        : varying(found.withNote(first.span(), "first here"), owner));
        return true;
    }

    private static Diagnostic varying(Diagnostic found, Owner owner) {
        return owner.varies()
                ? found.withHelp(
                        "nothing says before a run that only one is wanted: make them one whose"
                                + " values depend on the condition")
                : found;
    }

    /// Then it has been reported of the component.
    private static boolean isOfOneComponent(Owner first, Owner then) {
        return !then.use().isEmpty()
                && !first.varies()
                && !then.varies()
                && first.use().equals(then.use())
                && first.place().equals(then.place());
    }

    private static String words(Identity identity) {
        return identity.namespace() + " " + identity.name();
    }
}
