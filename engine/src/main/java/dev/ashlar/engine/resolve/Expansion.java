package dev.ashlar.engine.resolve;

import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The resources that one declaration stands for: one, one for each element, or none.
///
/// @param read the conditions and collections, known or not
/// @param wanted for each resource the element it stands for, where it is one of several
record Expansion(List<Value> read, List<Optional<Value>> wanted) {

    /// What is not known to be wanted is not among them; what it waits for is in [#read].
    static Expansion of(ResourceSpec spec, StepScope scope) {
        List<Value> read = new ArrayList<>();
        List<Optional<Value>> wanted = new ArrayList<>();
        for (Optional<Value> element : elements(spec, scope, read)) {
            if (isWanted(spec, scope, element, read)) {
                wanted.add(element);
            }
        }
        return new Expansion(read, wanted);
    }

    private static List<Optional<Value>> elements(
            ResourceSpec spec, StepScope scope, List<Value> read) {
        if (spec.each().isEmpty()) {
            return List.of(Optional.empty());
        }
        Value collection = scope.evaluate(spec.each().get());
        read.add(collection);
        return Element.of(collection).stream().map(Optional::of).toList();
    }

    private static boolean isWanted(
            ResourceSpec spec, StepScope scope, Optional<Value> element, List<Value> read) {
        Optional<Expression> when = spec.when();
        if (when.isEmpty()) {
            return true;
        }
        Value condition = scope.evaluate(when.get(), element);
        read.add(condition);
        return Conditions.isTrue(condition);
    }
}
