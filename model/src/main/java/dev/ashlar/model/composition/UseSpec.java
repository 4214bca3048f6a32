package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// A component under a name of the cluster's own, carried by one group.
///
/// @param inputs every input of the component that has a value, with all layers that give it one
/// @param requires who stands for each interface that the component requires, by its name for that
public record UseSpec(
        String name,
        String group,
        ComponentSpec component,
        SequencedMap<String, Binding> inputs,
        SequencedMap<String, Supply> requires,
        Span span) {

    public UseSpec {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        requires = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(requires));
    }

    /// The same with other suppliers.
    UseSpec withSupplies(UnaryOperator<Supply> change) {
        SequencedMap<String, Supply> changed = new LinkedHashMap<>(requires);
        changed.replaceAll((_, supply) -> change.apply(supply));
        return new UseSpec(name, group, component, inputs, changed, span);
    }

    /// True where some members have values of their own.
    public boolean differs() {
        return inputs.values().stream().anyMatch(Binding::differs);
    }

    /// The use that stands for what a name of the component requires; empty where something outside
    /// of the cluster does, or the component requires nothing under that name.
    public Optional<String> boundUse(String required) {
        return requires.get(required) instanceof Supply.OfUse(String use)
                ? Optional.of(use)
                : Optional.empty();
    }

    /// The uses that a step comes after as a whole.
    public List<String> usesBefore(StepSpec step) {
        return step.after().stream().flatMap(name -> boundUse(name).stream()).toList();
    }
}
