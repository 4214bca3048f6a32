package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Selection;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.simulation.referee.Rotation.Seat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who of each group is on record as not well, and is not well yet.
final class Sick {
    private final Books books;
    private final Map<InstanceKey, Seat> seats;
    private final Map<String, Set<String>> sick = new LinkedHashMap<>();
    private final Map<String, Set<String>> leftSick = new LinkedHashMap<>();

    /// @param seats where each instance has its turn; may lose some later
    Sick(Books books, Map<InstanceKey, Seat> seats, Selection selection) {
        this.books = books;
        this.seats = seats;
        seats.forEach((key, seat) -> {
            if (books.isSick(key)) {
                add(sick, seat);
                if (selection.leavesOut(key, Optional.empty())) {
                    add(leftSick, seat);
                }
            }
        });
    }

    private static void add(Map<String, Set<String>> of, Seat seat) {
        of.computeIfAbsent(seat.group(), _ -> new LinkedHashSet<>()).add(seat.node());
    }

    Set<String> of(String group) {
        return sick.getOrDefault(group, Set.of());
    }

    /// Those that are not for this run to mend.
    Set<String> leftOf(String group) {
        return leftSick.getOrDefault(group, Set.of());
    }

    void fell(Seat seat) {
        add(sick, seat);
    }

    void isWell(Seat seat) {
        sick.getOrDefault(seat.group(), new LinkedHashSet<>()).remove(seat.node());
    }

    /// What was sick of who has left is nobody's; something else at its node may be so still.
    void left(String node) {
        if (seats.keySet().stream()
                .filter(books::isSick)
                .noneMatch(key -> key.node().filter(node::equals).isPresent())) {
            sick.values().forEach(nodes -> nodes.remove(node));
        }
    }
}
