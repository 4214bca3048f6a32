package dev.ashlar.language.cluster;

import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The inputs that something about the cluster as a whole reads: their values may not differ from
/// node to node.
final class SharedInputs {
    private SharedInputs() {}

    static Set<String> of(Component component) {
        Set<String> found = new HashSet<>();
        List<Expression> open = new ArrayList<>(readers(component));
        while (!open.isEmpty()) {
            for (List<String> path : open.removeLast().reads()) {
                if (path.getFirst().equals("inputs") && path.size() > 1 && found.add(path.get(1))) {
                    Expression fallback = component.defaults().get(path.get(1));
                    if (fallback != null) {
                        open.add(fallback);
                    }
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
