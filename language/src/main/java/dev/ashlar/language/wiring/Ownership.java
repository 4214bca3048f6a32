package dev.ashlar.language.wiring;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// No two steps may manage one thing of a node.
final class Ownership {
    private final Diagnostics diagnostics;

    private record Owner(String step, ResourceSpec resource, String use) {}

    Ownership(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// Within a component: the same text, or the same expression.
    void component(ComponentSpec component) {
        Map<Identity, Owner> owners = new HashMap<>();
        for (StepSpec step : component.steps()) {
            for (ResourceSpec resource : resources(step)) {
                Identity.of(resource, e -> Constants.text(e).or(() -> Optional.of(e.source())))
                        .ifPresent(id -> claim(owners, id, new Owner(step.name(), resource, "")));
            }
        }
    }

    /// Between the uses of each group, on the first of its nodes: what clashes there clashes on
    /// every one.
    void composition(Composition composition) {
        for (GroupSpec group : composition.groups().values()) {
            Map<Identity, Owner> owners = new HashMap<>();
            for (UseSpec use : composition.uses().values()) {
                if (use.group().equals(group.name()) && !group.nodes().isEmpty()) {
                    claimAll(owners, use, new KnownScope(composition, use, group));
                }
            }
        }
    }

    private void claimAll(Map<Identity, Owner> owners, UseSpec use, KnownScope scope) {
        for (StepSpec step : use.component().steps()) {
            for (ResourceSpec resource : resources(step)) {
                Identity.of(resource, (Expression e) -> scope.text(e))
                        .ifPresent(id ->
                                claim(
                                        owners,
                                        id,
                                        new Owner(
                                                use.name() + "." + step.name(),
                                                resource,
                                                use.name())));
            }
        }
    }

    private void claim(Map<Identity, Owner> owners, Identity identity, Owner owner) {
        Owner first = owners.putIfAbsent(identity, owner);
        boolean known = first != null && !owner.use().isEmpty() && first.use().equals(owner.use());
        if (first == null || known) {
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

    private static String words(Identity identity) {
        return identity.namespace() + " " + identity.name();
    }

    private static List<ResourceSpec> resources(StepSpec step) {
        return step.action() instanceof Action.Resources(List<ResourceSpec> resources)
                ? resources
                : List.of();
    }
}
