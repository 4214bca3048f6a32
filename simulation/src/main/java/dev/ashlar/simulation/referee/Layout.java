package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Work;
import java.util.Optional;

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

    /// The machine where work is done; empty for the controller and for providers.
    Optional<String> place(Work work) {
        return switch (work) {
            case Work.Acquire _ -> Optional.empty();
            case Work.Apply apply -> machine(apply.node());
            case Work.Gather gather -> machine(gather.node());
            case Work.Run run -> machine(run.node());
            case Work.Probe probe -> machine(probe.node());
            case Work.Call call -> call.node();
            case Work.Undo undo -> undo.node();
        };
    }

    private Optional<String> machine(String node) {
        return Optional.of(node).filter(graph::hasNode);
    }
}
