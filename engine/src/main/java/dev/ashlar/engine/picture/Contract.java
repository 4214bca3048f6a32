package dev.ashlar.engine.picture;

import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a step may read, by the names under which it does.
final class Contract {
    private Contract() {}

    /// What it declares, and what its resources, its arguments and its condition read besides.
    static Set<String> inputs(StepSpec step) {
        Set<String> names = new LinkedHashSet<>(step.inputs().keySet());
        step.when().ifPresent(when -> when.reads().forEach(path -> add(path, names)));
        if (step.place() instanceof StepSpec.Place.OnChosen(var node)) {
            node.reads().forEach(path -> add(path, names));
        }
        switch (step.action()) {
            case Action.Resources(var resources) ->
                    resources.forEach(resource ->
                            resource.expressions()
                                    .forEach(e -> e.reads().forEach(path -> add(path, names))));
            case Action.Call call ->
                    call.arguments()
                            .values()
                            .forEach(e -> e.reads().forEach(path -> add(path, names)));
            case Action.Run _ -> {}
        }
        return names;
    }

    private static void add(List<String> path, Set<String> names) {
        switch (path.getFirst()) {
            case Element.NAME -> {}
            case "inputs" -> names.add(path.size() > 1 ? path.get(1) : "inputs");
            default ->
                    names.add(
                            String.join(
                                    ".",
                                    path.stream().filter(part -> part.matches("\\w+")).toList()));
        }
    }
}
