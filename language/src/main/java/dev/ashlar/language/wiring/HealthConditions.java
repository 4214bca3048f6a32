package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.value.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// A step that tells health is wanted or not before a run begins: who is a member, and who may let
/// others in, is not to change in the middle of one.
final class HealthConditions {
    private HealthConditions() {}

    static void check(Composition composition, Diagnostics diagnostics) {
        for (UseSpec use : composition.uses().values()) {
            GroupSpec group = Objects.requireNonNull(composition.groups().get(use.group()));
            boolean differ = use.differs();
            IdentityHashMap<Expression, Value> shared = new IdentityHashMap<>();
            List<KnownScope> scopes =
                    group.nodes().stream()
                            .limit(differ ? group.nodes().size() : 1)
                            .map(node -> new KnownScope(composition, use, group, node, shared))
                            .toList();
            for (StepSpec step : use.component().steps()) {
                if (step.health().isPresent()) {
                    step.when()
                            .filter(when -> !isDecided(when, scopes))
                            .ifPresent(when -> diagnostics.add(undecided(step, when)));
                }
            }
        }
    }

    private static boolean isDecided(Expression when, List<KnownScope> onNodes) {
        return onNodes.stream().allMatch(scope -> scope.isDecided(when));
    }

    private static Diagnostic undecided(StepSpec step, Expression when) {
        return Diagnostic.of(
                        Code.ASH0112,
                        when.span(),
                        "the condition of \""
                                + step.name()
                                + "\", which tells health, is known only in a run")
                .withHelp(
                        "let it read inputs, parameters, or the node's name, group and index;"
                                + " or put the health into a step without a condition");
    }
}
