package dev.ashlar.language.cluster;

import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The inputs whose values may not differ from node to node as one likes: something about the
/// cluster as a whole reads them, or what is done when a member leaves.
final class SharedInputs {
    private SharedInputs() {}

    /// Those that something about the cluster as a whole reads.
    static Set<String> of(Component component) {
        return behind(readers(component), component);
    }

    /// Those that are read when a member leaves: then no file speaks of its node any more.
    static Set<String> ofLeaving(Component component) {
        List<Expression> readers =
                component.spec().membership().leave().stream()
                        .flatMap(step -> step.expressions().stream())
                        .toList();
        return behind(readers, component);
    }

    private static Set<String> behind(List<Expression> readers, Component component) {
        Set<String> found = new HashSet<>();
        List<Expression> open = new ArrayList<>(readers);
        while (!open.isEmpty()) {
            for (String input : open.removeLast().inputs()) {
                Expression fallback = component.defaults().get(input);
                if (found.add(input) && fallback != null) {
                    open.add(fallback);
                }
            }
        }
        return found;
    }

    /// True for a value that differs from node to node.
    static boolean isPerNode(Expression value) {
        return value.variables().contains("node");
    }

    private static List<Expression> readers(Component component) {
        List<Expression> readers = new ArrayList<>();
        component.spec().clusterOutputs().values().forEach(o -> readers.add(o.value()));
        component
                .spec()
                .interfaces()
                .implemented()
                .values()
                .forEach(all -> readers.addAll(all.values()));
        component.spec().notes().ifPresent(readers::add);
        for (StepSpec step : component.spec().steps()) {
            if (step.subject() == Subject.CLUSTER) {
                readers.addAll(step.expressions());
            }
        }
        return readers;
    }
}
