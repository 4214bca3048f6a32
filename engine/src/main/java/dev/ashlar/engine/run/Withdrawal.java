package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.identity.InstanceKey;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// The cells of what is taken back, and how they stand among those of what is brought about.
///
/// 1. What goes for good is taken back in reverse of the recorded order ([RecordedOrder]). What is
///    replaced, or loses a step, goes member by member, so that of it only the order on one node
///    counts. A use that goes from a node where another is new is replaced by that. A member that
///    goes takes leave of the others before anything of it is taken back. That waits for nobody:
///    readers may not be able to change before a dead member has left.
/// 2. What is new of a use on a node comes after what goes of it there, and after uses that go
///    altogether; what stays of a use after what it came after, or would, that goes.
/// 3. Whoever read what goes of a member comes before all that goes of it, so that nothing is taken
///    away under its readers.
/// 4. Nothing of a member goes before all of it that goes can.
/// 5. A use loses something only when all that it reads has settled, and the machines of all of
///    them are there, so that no member stands half changed and waits. What is left of one that
///    does so already goes at once.
///
/// The last three give way where they would lead back to where they came from, be it by the values
/// that uses read of each other: what needs the new cannot come before the old goes.
final class Withdrawal {
    private static final String ALL_THAT_GO = "";

    /// What opens when of a node all has gone of one use, or of all uses that go altogether.
    private record Lane(String node, String use) {}

    private final Withdrawn all;
    private final Map<Lane, Cell> lanes = new LinkedHashMap<>();

    private Withdrawal(Withdrawn all) {
        this.all = all;
    }

    /// @param brought what is brought about; gets edges to and from what is taken back
    /// @param whole nodes that are given back with everything on them
    static Collection<Cell> of(
            Graph graph,
            Past past,
            Removals removals,
            SequencedMap<InstanceKey, Cell> brought,
            Set<String> whole) {
        Withdrawn all = new Withdrawn(graph, past, removals, brought, whole);
        Withdrawal withdrawal = new Withdrawal(all);
        withdrawal.reverse();
        withdrawal.leaveFirst();
        withdrawal.servedFirst();
        withdrawal.replace();
        new GivingWay(all).order(withdrawal.parts());
        return all.taken.values();
    }

    /// What is to be seen as one where something may have to give way.
    private Collection<List<Cell>> parts() {
        Map<String, List<Cell>> parts = new LinkedHashMap<>();
        all.taken.values().stream()
                .filter(cell -> !(cell.task instanceof Cell.Task.Leave))
                .forEach(cell -> Withdrawn.listed(parts, part(cell.key)).add(cell));
        return parts.values();
    }

    /// A member that leaves goes as one, whatever it is made of.
    private String part(InstanceKey key) {
        boolean leaves = key.node().filter(node -> !all.graph.hasNode(node)).isPresent();
        return leaves ? ALL_THAT_GO : key.use();
    }

    // ---- 1: in reverse

    private void reverse() {
        new RecordedOrder(all)
                .earlier()
                .forEach((key, earlier) ->
                        earlier.forEach(
                                before -> Cell.edge(all.taken.get(key), all.taken.get(before))));
    }

    /// A member goes only when the others no longer count on it.
    private void leaveFirst() {
        for (Cell cell : all.taken.values()) {
            cell.key
                    .node()
                    .map(node -> all.taken.get(InstanceKey.leave(cell.key.use(), node)))
                    .ifPresent(leave -> Cell.edge(leave, cell));
        }
    }

    /// Who asked for a use's health before it goes itself. One that leaves others behind does not
    /// hold up what is replaced: that changes under the others as well.
    private void servedFirst() {
        for (boolean isUse : new boolean[] {true, false}) {
            all.served(
                    all.taken.values().stream()
                            .filter(cell -> !all.stays(cell.key))
                            .filter(cell -> all.isUse(cell.key.use()) == isUse)
                            .toList(),
                    member -> !isUse || !all.stays(member));
        }
    }

    // ---- 2: the new after the old

    private void replace() {
        for (Cell cell : all.taken.values()) {
            String use = all.isUse(cell.key.use()) ? cell.key.use() : ALL_THAT_GO;
            cell.key.node().ifPresent(node -> Cell.edge(cell, lane(node, use)));
        }
        for (Cell cell : all.brought.values()) {
            if (all.isNew(cell)) {
                Cell.edge(all.taken.get(cell.key), cell);
                cell.key
                        .node()
                        .ifPresent(node -> {
                            Cell.edge(lanes.get(new Lane(node, cell.key.use())), cell);
                            Cell.edge(lanes.get(new Lane(node, ALL_THAT_GO)), cell);
                        });
            } else {
                Set<InstanceKey> before = new LinkedHashSet<>(all.wired(cell));
                all.after(cell.key).stream()
                        .filter(key -> key.use().equals(cell.key.use()))
                        .filter(key -> key.node().equals(cell.key.node()))
                        .forEach(before::add);
                before.forEach(key -> Cell.edge(all.taken.get(key), cell));
            }
        }
    }

    private Cell lane(String node, String use) {
        return lanes.computeIfAbsent(new Lane(node, use), _ -> Withdrawn.newGate());
    }
}
