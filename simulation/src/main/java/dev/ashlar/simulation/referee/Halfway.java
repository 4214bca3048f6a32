package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Who keeps its turn: for it is in the middle of something, or stands between two states, or has
/// it because nobody else could go on.
final class Halfway {
    private final Graph graph;
    private final Layout layout;
    private final Admissions admissions;
    private final Set<InstanceKey> memberBefore;
    private final Set<InstanceKey> fresh;
    private final Map<Rotation.Seat, Set<String>> lost = new LinkedHashMap<>();
    private final Map<Rotation.Seat, Set<InstanceKey>> underWay = new LinkedHashMap<>();
    private final Set<Rotation.Seat> lastResort = new LinkedHashSet<>();

    /// @param memberBefore what was part of a member when the run began; may still be filled
    /// @param fresh what the run brings about that was not there when it began, or goes before
    Halfway(
            Graph graph,
            Admissions admissions,
            Set<InstanceKey> memberBefore,
            Set<InstanceKey> fresh) {
        this.graph = graph;
        this.layout = new Layout(graph);
        this.admissions = admissions;
        this.memberBefore = memberBefore;
        this.fresh = fresh;
    }

    /// An attempt is begun. What is taken back goes of its use.
    void begins(Rotation.Seat seat, InstanceKey key, Effect effect) {
        underWay.computeIfAbsent(seat, _ -> new LinkedHashSet<>()).add(key);
        if (effect == Effect.UNDO) {
            lost.computeIfAbsent(seat, _ -> new LinkedHashSet<>()).add(key.use());
        }
    }

    /// It is not over before it has answered.
    void isAsked(Rotation.Seat seat, InstanceKey key) {
        underWay.computeIfAbsent(seat, _ -> new LinkedHashSet<>()).add(key);
    }

    void ends(Rotation.Seat seat, InstanceKey key) {
        underWay.getOrDefault(seat, new LinkedHashSet<>()).remove(key);
    }

    /// A turn is begun.
    ///
    /// @param passes whether there is no room for it, and others stand back
    void takes(Rotation.Seat seat, boolean passes) {
        lastResort.remove(seat);
        if (passes) {
            lastResort.add(seat);
        }
    }

    /// Something of it is under way.
    boolean isBusy(Rotation.Seat seat) {
        return !underWay.getOrDefault(seat, Set.of()).isEmpty();
    }

    boolean isLastResort(Rotation.Seat seat) {
        return lastResort.contains(seat);
    }

    /// It is on its way in; or something of a use has gone, and what is new of it there is not all
    /// done; where the use goes altogether, what is left to go of it, and whatever is new there.
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
                .anyMatch(key ->
                        comesBack
                                ? key.use().equals(use) && fresh.contains(key)
                                : key.use().equals(use) || isNewcomer(key));
    }

    boolean isNewcomer(InstanceKey key) {
        return graph.instances().containsKey(key) && !memberBefore.contains(key);
    }
}
