package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;

/// What a cluster is meant to look like, as far as turns go.
record Layout(Graph graph) {

    /// How many of a group may be out at once.
    int budget(String group) {
        return graph.composition().uses().values().stream()
                .filter(use -> use.group().equals(group))
                .mapToInt(use -> use.component().rollout().maxUnavailable())
                .min()
                .orElse(1);
    }

    /// True where a use is wanted on a node.
    boolean comesBack(String use, String node) {
        return graph.instances().keySet().stream()
                .filter(key -> key.use().equals(use))
                .anyMatch(key -> key.node().filter(node::equals).isPresent());
    }

    boolean stays(InstanceKey key) {
        return key.node().filter(graph::hasNode).isPresent();
    }
}
