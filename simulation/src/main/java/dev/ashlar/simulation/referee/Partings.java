package dev.ashlar.simulation.referee;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// How turns end: with an answer of everything at the node that tells how a member is, given after
/// the last thing that was done there.
final class Partings {
    private final Map<Rotation.Seat, Set<InstanceKey>> unseen = new LinkedHashMap<>();
    private final Map<InstanceKey, Integer> passes = new LinkedHashMap<>();
    private final Set<Rotation.Seat> open = new LinkedHashSet<>();
    private final Set<Rotation.Seat> excused = new LinkedHashSet<>();

    /// Something is done at a node.
    ///
    /// @param telling what tells how its members are
    void touched(Rotation.Seat seat, Set<InstanceKey> telling) {
        unseen.computeIfAbsent(seat, _ -> new LinkedHashSet<>()).addAll(telling);
    }

    /// It has been asked in its turn.
    ///
    /// @param needed how often in a row it is to be healthy
    /// @return true when it is
    boolean answered(Rotation.Seat seat, InstanceKey key, boolean serves, int needed) {
        int passed = serves ? passes.merge(key, 1, Integer::sum) : 0;
        if (passed == 0 || passed >= needed) {
            passes.remove(key);
        }
        boolean isWell = serves && passed >= needed;
        if (isWell) {
            seen(seat, key);
        }
        return isWell;
    }

    /// It is not asked any more.
    void seen(Rotation.Seat seat, InstanceKey key) {
        unseen.getOrDefault(seat, new LinkedHashSet<>()).remove(key);
    }

    /// All is done there.
    ///
    /// @param canAnswer whether there is anything that it could be asked by
    /// @return true when its turn goes on until it has answered
    boolean begin(Rotation.Seat seat, Predicate<InstanceKey> canAnswer) {
        Set<InstanceKey> left = unseen.getOrDefault(seat, new LinkedHashSet<>());
        left.removeIf(canAnswer.negate());
        if (!left.isEmpty()) {
            open.add(seat);
        }
        return !left.isEmpty();
    }

    /// True while all is done there and it has not answered.
    boolean isOpen(Rotation.Seat seat) {
        return open.contains(seat);
    }

    boolean hasAnswered(Rotation.Seat seat) {
        return unseen.getOrDefault(seat, Set.of()).isEmpty();
    }

    void end(Rotation.Seat seat) {
        open.remove(seat);
        unseen.remove(seat);
    }

    /// It was ill before, and may not be able to be well before others are: an answer will do.
    void excuse(Rotation.Seat seat) {
        excused.add(seat);
    }

    /// Who was to answer and has not.
    Set<Rotation.Seat> open() {
        Set<Rotation.Seat> silent = new LinkedHashSet<>(open);
        silent.removeAll(excused);
        return silent;
    }
}
