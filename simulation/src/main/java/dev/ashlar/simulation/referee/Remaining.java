package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.simulation.referee.Rotation.Part;
import dev.ashlar.simulation.referee.Rotation.Seat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What is still to be done at each node within its turn.
final class Remaining {
    private final Graph graph;
    private final Books books;
    private final Departures departures;
    private final Seating seating;
    private final Map<Seat, Set<Part>> open = new LinkedHashMap<>();
    private final Map<InstanceKey, Seat> machines = new LinkedHashMap<>();

    Remaining(Graph graph, Books books, Departures departures, Seating seating) {
        this.graph = graph;
        this.books = books;
        this.departures = departures;
        this.seating = seating;
        seating.seats.forEach(this::open);
    }

    private void open(InstanceKey key, Seat seat) {
        Set<Part> parts = open.computeIfAbsent(seat, _ -> new LinkedHashSet<>());
        if (departures.goesWithItsMachine(key)) {
            // What is about another node has no part in this one's turn.
            InstanceKey machine = InstanceKey.acquire(seat.node());
            if (books.place(key).filter(seat.node()::equals).isPresent()) {
                machines.put(machine, seat);
                parts.add(new Part(machine, Effect.UNDO));
            }
        } else if (key.isLeave()
                || (departures.contains(key) && seating.isTurned(key, Effect.UNDO))) {
            parts.add(new Part(key, Effect.UNDO));
        }
        if (graph.instances().containsKey(key) && seating.isTurned(key, Effect.DO)) {
            parts.add(new Part(key, Effect.DO));
        }
    }

    /// The machines that are given back with all that is on them.
    Map<InstanceKey, Seat> machines() {
        return machines;
    }

    Set<Part> at(Seat seat) {
        return open.getOrDefault(seat, Set.of());
    }

    /// It has ended.
    ///
    /// @return false of what had no part in the turn
    boolean ended(Seat seat, Part part) {
        return open.getOrDefault(seat, new LinkedHashSet<>()).remove(part);
    }

    /// It needs no turn any more.
    void forget(Seat seat, InstanceKey key) {
        open.getOrDefault(seat, new LinkedHashSet<>()).removeIf(part -> part.key().equals(key));
    }
}
