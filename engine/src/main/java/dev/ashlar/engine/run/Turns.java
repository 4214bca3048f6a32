package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How changes pass over a founded group: a node at a time (or as many as the budget allows), the
/// next only once all changed instances of the one before have ended well. A failed turn halts the
/// group.
final class Turns {
    private record Seat(String group, String node) {}

    private final Graph graph;
    private final Past past;
    private final Map<String, Set<String>> holders = new HashMap<>();
    private final Map<Seat, Integer> active = new HashMap<>();
    private final Map<String, InstanceKey> halted = new HashMap<>();

    Turns(Graph graph, Past past) {
        this.graph = graph;
        this.past = past;
    }

    /// True when the cell may only run inside its node's turn: its member was founded before.
    boolean governs(Cell cell) {
        return cell.task instanceof Cell.Task.Bring
                && cell.key.node().filter(n -> past.isFounded(cell.key.use(), n)).isPresent();
    }

    /// The failure that halted the cell's group, if it has been halted and the cell's node is not
    /// in a turn.
    Optional<InstanceKey> haltedBy(Cell cell) {
        Seat seat = seat(cell);
        return holders.getOrDefault(seat.group(), Set.of()).contains(seat.node())
                ? Optional.empty()
                : Optional.ofNullable(halted.get(seat.group()));
    }

    /// Takes or keeps a turn for the cell's node; false when the budget is used up.
    boolean admits(Cell cell) {
        Seat seat = seat(cell);
        Set<String> nodes = holders.computeIfAbsent(seat.group(), _ -> new HashSet<>());
        if (nodes.contains(seat.node())) {
            return true;
        }
        return nodes.size() < budget(seat.group()) && nodes.add(seat.node());
    }

    void changed(Cell cell, Phase from, Phase to) {
        if (!governs(cell)) {
            return;
        }
        int difference = (to.holdsTurn() ? 1 : 0) - (from.holdsTurn() ? 1 : 0);
        active.merge(seat(cell), difference, Integer::sum);
        if (to == Phase.FAILED) {
            halted.putIfAbsent(seat(cell).group(), cell.key);
        }
    }

    /// Ends the turns of nodes on which nothing runs or could run.
    void endIdle() {
        holders.forEach((group, nodes) ->
                nodes.removeIf(node -> active.getOrDefault(new Seat(group, node), 0) == 0));
    }

    private int budget(String group) {
        return graph.composition().uses().values().stream()
                .filter(use -> use.group().equals(group))
                .mapToInt(use -> use.component().rollout().maxUnavailable())
                .min()
                .orElse(1);
    }

    private Seat seat(Cell cell) {
        UseSpec use = graph.composition().uses().get(cell.key.use());
        if (use == null || cell.key.node().isEmpty()) {
            throw new IllegalStateException(cell.key + " has no turn");
        }
        return new Seat(use.group(), cell.key.node().get());
    }
}
