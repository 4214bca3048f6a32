package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which cells have to wait for their node's turn, in which group: everything of members that were
/// founded, what is taken back of them, what comes in its place, and what makes a new one a member.
final class Seating {
    final Map<String, Rotation> groups = new LinkedHashMap<>();
    final Map<Cell, Seat> seats = new LinkedHashMap<>();
    private final Map<String, Set<String>> afterJoin = new LinkedHashMap<>();
    private final Graph graph;
    private final Past past;
    private final Removals removals;
    private final Selection selection;
    private final long lastDone;

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
        this.lastDone = Tally.lastDone(past);
        Set<String> losing = new LinkedHashSet<>();
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
            if (loses && isNewUse(cell) && !seats.containsKey(cell)) {
                use(cell.key.use()).ifPresent(use -> seat(use.group(), cell));
            }
        }
    }

    /// The members of a step's use that stay, were healthy before, and of which nothing else is
    /// known, in the order of the files: also such as could not be asked.
    List<String> ready(InstanceKey membership, Rotation rotation) {
        String use = membership.use();
        return graph.members(use).stream()
                .filter(node -> past.isFounded(use, node))
                .filter(node -> rotation.isReady(node, use))
                .toList();
    }

    /// True of what may have been done already, by one who is still there.
    boolean isResumed(InstanceKey membership) {
        return past.sponsor(membership)
                .filter(node -> graph.isMember(membership.use(), node))
                .isPresent();
    }

    private Optional<UseSpec> use(String name) {
        return Optional.ofNullable(graph.composition().uses().get(name));
    }

    /// The group of a member that was founded and that an instance on record is part of. A member
    /// that leaves is one of those it leaves; what is left of one that has left is nobody's, and
    /// however that is, it is not out; of a group that goes as a whole nobody is spared.
    private Optional<String> group(Cell cell) {
        InstanceKey key = cell.key;
        if (key.isLeave() || comes(cell)) {
            return use(key.use()).map(UseSpec::group);
        }
        boolean goes = cell.task instanceof Cell.Task.TakeBack;
        if (goes && hasLeave(key) && past.isFounded(key.use(), key.node().orElseThrow())) {
            return use(key.use()).map(UseSpec::group);
        }
        if (goes && key.isMachine()) {
            return key.node().flatMap(this::groupOfMachine);
        }
        return key.node()
                .filter(node ->
                        past.isFounded(key.use(), node)
                                || (goes
                                        && past.isReduced(node)
                                        && !past.isRemnant(key.use(), node)))
                .flatMap(node ->
                        graph.groupOfNode(node).or(() -> use(key.use()).map(UseSpec::group)));
    }

    /// From the moment a new member is announced to the others until it is healthy.
    private boolean comes(Cell cell) {
        InstanceKey key = cell.key;
        return cell.task instanceof Cell.Task.Bring(Instance.Step step)
                && key.node()
                        .filter(node -> graph.joins(key.use(), node))
                        .filter(node -> !past.isFounded(key.use(), node))
                        .isPresent()
                && (key.isJoin() || stepsAfterJoin(step.use()).contains(key.step()));
    }

    private Set<String> stepsAfterJoin(UseSpec use) {
        return afterJoin.computeIfAbsent(use.name(), _ -> use.component().stepsAfterJoin());
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

    private Arrival arrival(Cell cell) {
        if (isNewUse(cell)) {
            return Arrival.NEW_USE;
        }
        boolean stands = past.success(cell.key).isPresent() && !removals.contains(cell.key);
        return stands || graph.isUndecided(cell.key) ? Arrival.STANDING : Arrival.NEW;
    }

    private void seat(String group, Cell cell) {
        Rotation rotation =
                groups.computeIfAbsent(group, name -> new Rotation(name, budget(graph, name)));
        String node = cell.key.node().orElseThrow();
        boolean sick = past.isSick(cell.key);
        Seat seat = rotation.seat(node, cell, sick, isAsked(cell), arrival(cell), move(cell));
        seats.put(cell, seat);
        seat.leftOffMs = Math.max(seat.leftOffMs, leftOffMs(cell));
        if (past.isReduced(node) && isNewUse(cell) && cell.health().isPresent()) {
            rotation.countOut(seat, cell, Mishap.missing(cell.key));
        }
        if (Joiners.isAnnounced(past, cell.key.use(), node)
                && (cell.health().isPresent() || cell.key.isLeave())) {
            rotation.countOut(seat, cell, Mishap.announced(cell.key));
            seat.announced();
        }
        if (sick && selection.leavesOut(cell.key, Optional.empty())) {
            rotation.leaveSick(seat);
        }
    }

    /// When a run that was not done did it, since the last that was; 0 where none did.
    private long leftOffMs(Cell cell) {
        return past.success(cell.key)
                .filter(success -> success.run() > lastDone)
                .map(Success::atMs)
                .orElse(0L);
    }

    /// Whoever is replaced is asked for the one that is there, whoever leaves for what it leaves;
    /// who was announced and goes again is out until it has left.
    private boolean isAsked(Cell cell) {
        return switch (cell.task) {
            case Cell.Task.Leave(_, var answering) ->
                    answering.isPresent()
                            && past.isFounded(cell.key.use(), cell.key.node().orElseThrow());
            case Cell.Task.TakeBack _ ->
                    !hasLeave(cell.key)
                            && past.success(cell.key).flatMap(Success::health).isPresent();
            case Cell.Task.Bring _ -> cell.health().isPresent() && !removals.contains(cell.key);
            case Cell.Task.Gate _, Cell.Task.Look _ -> false;
        };
    }

    private boolean hasLeave(InstanceKey key) {
        return key.node()
                .map(node -> InstanceKey.leave(key.use(), node))
                .filter(removals::contains)
                .isPresent();
    }

    private Move move(Cell cell) {
        if (!cell.key.isMembership() || past.success(cell.key).isPresent()) {
            return Move.NONE;
        }
        return cell.key.isJoin() && past.isSick(cell.key) ? Move.RESUMED : Move.NEW;
    }

    private static int budget(Graph graph, String group) {
        return graph.composition().uses().values().stream()
                .filter(use -> use.group().equals(group))
                .mapToInt(use -> use.component().rollout().maxUnavailable())
                .min()
                .orElse(1);
    }
}
