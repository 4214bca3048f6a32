package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.diagnostic.Span;

/// A step that manages something.
///
/// @param place where it runs, in words of the file; empty for its subject
/// @param use empty within a component
/// @param varies true of what may be wanted or not
record Owner(String step, String place, Span span, String use, boolean varies) {

    static String placeOf(StepSpec step) {
        return step.place() instanceof Place.OnChosen(Expression node) ? node.source() : "";
    }

    static boolean varies(StepSpec step) {
        return step.each().isPresent()
                || step.action() instanceof Action.Switch
                || step.action().resources().stream().anyMatch(each -> varies(step, each));
    }

    static boolean varies(StepSpec step, ResourceSpec resource) {
        return step.when().isPresent()
                || step.each().isPresent()
                || step.action() instanceof Action.Switch
                || resource.varies();
    }
}
