package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which cells have to wait for their node's turn, in which group: everything of members that were
/// founded, what is taken back of them, and what comes in its place.
final class Seating {
    final Map<String, Rotation> groups = new LinkedHashMap<>();
    final Map<Cell, Rotation.Seat> seats = new HashMap<>();
    private final Graph graph;
    private final Past past;
    private final Removals removals;
    private final Selection selection;

    Seating(
            Graph graph,
            Past past,
            Removals removals,
            Selection selection,
            Collection<Cell> cells) {
        this.graph = graph;
        this.past = past;
        this.removals = removals;
        this.selection = selection;
        Set<String> losing = new HashSet<>();
        for (Cell cell : cells) {
            Optional<String> group = group(cell);
            group.ifPresent(name -> seat(name, cell));
            if (group.isPresent() && use(cell.key.use()).isEmpty()) {
                cell.key.node().ifPresent(losing::add);
            }
        }
        for (Cell cell : cells) {
            boolean loses =
                    cell.key
                            .node()
                            .filter(n -> losing.contains(n) || past.isReduced(n))
                            .isPresent();
            if (loses && isNewUse(cell)) {
                use(cell.key.use()).ifPresent(use -> seat(use.group(), cell));
            }
        }
    }

    private Optional<UseSpec> use(String name) {
        return Optional.ofNullable(graph.composition().uses().get(name));
    }

    /// The group of a member that was founded and that an instance on record is part of. A member
    /// that leaves is one of those it leaves; of a group that goes as a whole nobody is spared.
    private Optional<String> group(Cell cell) {
        InstanceKey key = cell.key;
        boolean goes = cell.task instanceof Cell.Task.TakeBack;
        if (goes && key.use().equals(InstanceKey.NODE_USE)) {
            return key.node().flatMap(this::groupOfMachine);
        }
        return key.node()
                .filter(node -> past.isFounded(key.use(), node) || (goes && past.isReduced(node)))
                .flatMap(node ->
                        graph.groupOfNode(node).or(() -> use(key.use()).map(UseSpec::group)));
    }

    /// A machine that is given back takes what it carries out of the group.
    private Optional<String> groupOfMachine(String node) {
        return past.foundedAt(node).stream()
                .flatMap(name -> use(name).stream())
                .map(UseSpec::group)
                .findFirst();
    }

    /// What comes to a member in the place of a use that goes is part of the same turn, unless its
    /// members can only be founded together.
    private boolean isNewUse(Cell cell) {
        return cell.task instanceof Cell.Task.Bring(Instance.Step step)
                && cell.key.node().filter(n -> past.isFounded(cell.key.use(), n)).isEmpty()
                && (past.isFounded(cell.key.use()) || !step.use().component().isFoundedTogether());
    }

    private void seat(String group, Cell cell) {
        Rotation rotation =
                groups.computeIfAbsent(group, name -> new Rotation(name, budget(graph, name)));
        String node = cell.key.node().orElseThrow();
        boolean sick = past.isSick(cell.key);
        Rotation.Seat seat = rotation.seat(node, cell, sick, isAsked(cell), isNewUse(cell));
        seats.put(cell, seat);
        if (past.isReduced(node) && isNewUse(cell) && cell.health().isPresent()) {
            rotation.isMissing(seat, cell);
        }
        if (sick && selection.leavesOut(cell.key, Optional.empty())) {
            rotation.leaveSick(seat);
        }
    }

    /// Whoever is replaced is asked for the one that is there.
    private boolean isAsked(Cell cell) {
        return removals.contains(cell.key)
                ? cell.task instanceof Cell.Task.TakeBack
                        && past.success(cell.key).flatMap(Success::health).isPresent()
                : cell.health().isPresent();
    }

    private static int budget(Graph graph, String group) {
        return graph.composition().uses().values().stream()
                .filter(use -> use.group().equals(group))
                .mapToInt(use -> use.component().rollout().maxUnavailable())
                .min()
                .orElse(1);
    }
}
