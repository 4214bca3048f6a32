package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who stands between two states in its turn, and so keeps it.
final class Halfway {
    private final Graph graph;
    private final Layout layout;
    private final Admissions admissions;
    private final Set<InstanceKey> memberBefore;
    private final Map<Rotation.Seat, Set<String>> lost = new HashMap<>();

    /// @param memberBefore what was part of a member when the run began; may still be filled
    Halfway(Graph graph, Admissions admissions, Set<InstanceKey> memberBefore) {
        this.graph = graph;
        this.layout = new Layout(graph);
        this.admissions = admissions;
        this.memberBefore = memberBefore;
    }

    /// Something of a use goes.
    void loses(Rotation.Seat seat, String use) {
        lost.computeIfAbsent(seat, _ -> new HashSet<>()).add(use);
    }

    /// It is on its way in; or something of a use has gone, and what is left of it there, or what
    /// is new where nothing is left of it, is not all done.
    ///
    /// @param left what is still to be done there
    boolean isHalfChanged(Rotation.Seat seat, Set<Rotation.Part> left) {
        return admissions.isBetween(seat.node())
                || lost.getOrDefault(seat, Set.of()).stream()
                        .anyMatch(use -> isOpen(use, seat, left));
    }

    private boolean isOpen(String use, Rotation.Seat seat, Set<Rotation.Part> left) {
        boolean comesBack = layout.comesBack(use, seat.node());
        return left.stream()
                .map(Rotation.Part::key)
                .anyMatch(key -> key.use().equals(use) || (isNewcomer(key) && !comesBack));
    }

    boolean isNewcomer(InstanceKey key) {
        return graph.instances().containsKey(key) && !memberBefore.contains(key);
    }
}
