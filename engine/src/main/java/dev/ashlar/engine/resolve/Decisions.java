package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.Cases;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Optional;
import java.util.SequencedMap;

/// What values decide of steps: whether one is part of the cluster, and which of its cases is done.
/// Confined to one thread.
public final class Decisions {
    private final Values values;

    Decisions(Values values) {
        this.values = values;
    }

    /// Whether a step is part of the cluster, where it says when.
    Optional<Kept> condition(Instance.Step instance) {
        return instance.step()
                .when()
                .map(when -> values.kept(instance, "when", instance.step().name(), when));
    }

    /// True when its condition is known to be true, or it has none.
    boolean isOn(Instance.Step instance) {
        return condition(instance).map(kept -> Conditions.isTrue(kept.value())).orElse(true);
    }

    /// True when its condition is known to be false.
    boolean isOff(Instance.Step instance) {
        return condition(instance).filter(kept -> Conditions.isFalse(kept.value())).isPresent();
    }

    /// A step's condition, while it is not known whether that is true.
    public Optional<String> openCondition(Instance.Step instance) {
        return condition(instance)
                .filter(kept -> !kept.isKnown())
                .flatMap(_ -> instance.step().when())
                .map(Expression::source);
    }

    /// True while it is not known whether that instance is part of the cluster.
    boolean isOpen(InstanceKey key) {
        return values.graph().instances().get(key) instanceof Instance.Step instance
                && openCondition(instance).isPresent();
    }

    /// What chooses among a step's cases, where it has any.
    Optional<Kept> selector(Instance.Step instance) {
        return instance.step().action() instanceof Action.Switch(Expression selector, _)
                ? Optional.of(values.kept(instance, "switch", instance.step().name(), selector))
                : Optional.empty();
    }

    /// What chooses among the cases of a step that is wanted, while it is not known which it is.
    public Optional<String> openSelector(Instance.Step instance) {
        return isOn(instance)
                        && deed(instance).isEmpty()
                        && instance.step().action() instanceof Action.Switch(Expression by, _)
                ? Optional.of(by.source())
                : Optional.empty();
    }

    /// The case that is chosen, where a step has cases and that is known.
    Optional<String> chosenCase(Instance.Step instance) {
        return selector(instance).flatMap(kept -> Cases.chosen(kept.value()));
    }

    /// What a step does; empty while it is not known which of its cases is chosen.
    Optional<Deed> deed(Instance.Step instance) {
        return switch (instance.step().action()) {
            case Deed deed -> Optional.of(deed);
            case Action.Switch(_, SequencedMap<String, Deed> cases) ->
                    chosenCase(instance).map(cases::get);
        };
    }
}
