package dev.ashlar.model.composition;

import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.secret.SecretSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What has one value for all members of a use, and so is evaluated once.
public final class Shared {
    /// What may be read of a use as a whole: an expression over these alone has one value for all
    /// its members.
    private static final Set<String> VARIABLES =
            Set.of(
                    "members",
                    "cluster",
                    "cluster_outputs",
                    "parameters",
                    "groups",
                    "use",
                    SecretSpec.VARIABLE,
                    Requirement.VARIABLE,
                    Collected.NAME);

    private static final String INPUTS = "inputs";

    private Shared() {}

    /// True when the expression has one value for all members: it reads shared variables, and of
    /// the component's inputs only such as have one value themselves.
    public static boolean has(UseSpec use, Expression expression) {
        return reads(use, expression, VARIABLES::contains);
    }

    /// True when an expression reads nothing but shared variables and the component's inputs that
    /// have one value themselves.
    private static boolean reads(UseSpec use, Expression expression, Predicate<String> shared) {
        if (expression.variables().stream().allMatch(shared)) {
            return true;
        }
        for (List<String> path : expression.reads()) {
            if (!shared.test(path.getFirst()) && !has(use, path)) {
                return false;
            }
        }
        return expression.variables().stream()
                .allMatch(name -> shared.test(name) || name.equals(INPUTS));
    }

    /// The same of an expression of a step, which may read the element that it is repeated for:
    /// that is one for all members where what the step is repeated for is.
    public static boolean has(UseSpec use, StepSpec step, Expression expression) {
        return has(use, expression)
                || (step.each().filter(each -> has(use, each)).isPresent()
                        && reads(use, expression, Shared::isSharedOrElement));
    }

    private static boolean isSharedOrElement(String variable) {
        return VARIABLES.contains(variable) || variable.equals(Element.NAME);
    }

    /// The same of a path that is read.
    public static boolean has(UseSpec use, List<String> path) {
        return VARIABLES.contains(path.getFirst())
                || (path.size() > 1
                        && path.getFirst().equals(INPUTS)
                        && isSharedInput(use, path.get(1)));
    }

    /// True when the value that an input has for that member is one for all that have none of their
    /// own.
    public static boolean has(UseSpec use, Binding binding, Optional<String> node) {
        return binding.ownOf(node).isEmpty() && has(use, binding.effective(Optional.empty()));
    }

    private static boolean isSharedInput(UseSpec use, String name) {
        Binding binding = use.inputs().get(name);
        return binding != null
                && !binding.differs()
                && VARIABLES.containsAll(binding.effective(Optional.empty()).variables());
    }
}
