package dev.ashlar.engine.picture;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.StepSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What a step may read, by the names under which it does.
final class Contract {
    private Contract() {}

    /// What it declares, and what its resources, its arguments, its repetition and its condition
    /// read besides.
    static Set<String> inputs(StepSpec step) {
        Set<String> names = new LinkedHashSet<>(step.inputs().keySet());
        Stream.of(step.each().stream(), step.when().stream(), step.used().stream())
                .flatMap(all -> all)
                .flatMap(expression -> expression.reads().stream())
                .forEach(path -> add(path, names));
        return names;
    }

    private static void add(List<String> path, Set<String> names) {
        switch (path.getFirst()) {
            case Element.NAME -> {}
            case "inputs" -> names.add(path.size() > 1 ? path.get(1) : "inputs");
            case Collected.NAME -> names.add(Collected.words(path.get(1)));
            default ->
                    names.add(
                            String.join(
                                    ".",
                                    path.stream().filter(part -> part.matches("\\w+")).toList()));
        }
    }
}
