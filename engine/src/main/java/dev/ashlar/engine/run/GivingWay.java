package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of [Withdrawal] that hold as far as they do not lead back to where they came from.
final class GivingWay {
    private final Withdrawn all;

    GivingWay(Withdrawn all) {
        this.all = all;
    }

    /// @param parts what is taken back
    void order(Collection<List<Cell>> parts) {
        parts.forEach(this::readersFirst);
        parts.forEach(this::settledFirst);
        Map<Cell, List<Cell>> before = before();
        joined(parts).forEach(cells -> together(cells, before));
    }

    // ---- 3 and 4: who comes first

    private void readersFirst(List<Cell> losing) {
        Set<Cell> reached = all.reached(losing);
        List<Cell> free =
                all.brought.values().stream()
                        .filter(cell -> all.past.success(cell.key).isPresent())
                        .filter(cell -> !reached.contains(cell))
                        .toList();
        Map<Cell, Cell> gates = new LinkedHashMap<>();
        lanes(losing)
                .values()
                .forEach(lane -> {
                    Cell gate = Withdrawn.newGate();
                    lane.forEach(cell -> gates.put(cell, gate));
                });
        Set<Cell> gatesUsed = new LinkedHashSet<>();
        for (Cell reader : free) {
            Set<Cell> before = new LinkedHashSet<>();
            for (InstanceKey key : all.after(reader.key)) {
                all.expanded(key)
                        .forEach(each -> before.add(gates.get(all.taken.get(all.standIn(each)))));
            }
            before.remove(null);
            before.forEach(gate -> Cell.edge(reader, gate));
            gatesUsed.addAll(before);
        }
        gates.forEach((cell, gate) -> {
            if (gatesUsed.contains(gate)) {
                Cell.edge(gate, cell);
            }
        });
        Set<String> uses = new LinkedHashSet<>();
        losing.forEach(cell -> uses.add(cell.key.use()));
        all.served(free, member -> uses.contains(member.use()));
    }

    private static Map<String, List<Cell>> lanes(List<Cell> losing) {
        Map<String, List<Cell>> lanes = new LinkedHashMap<>();
        losing.forEach(cell -> Withdrawn.listed(lanes, cell.key.node().orElse("")).add(cell));
        return lanes;
    }

    /// What an earlier run has left of a member waits for none of that: it stands half changed
    /// already, and what it reads may have to wait for its group, which waits for it.
    private void settledFirst(List<Cell> losing) {
        Set<String> uses = new LinkedHashSet<>();
        for (Cell cell : losing) {
            uses.add(cell.key.use());
            if (!all.isUse(cell.key.use())) {
                cell.key.node().ifPresent(n -> uses.addAll(all.newUsesAt(n)));
            }
        }
        Set<String> readByThem = new LinkedHashSet<>();
        uses.forEach(use -> readByThem.addAll(all.readers.readBy(use)));
        readByThem.removeAll(uses);
        List<Cell> read = new ArrayList<>();
        readByThem.forEach(other -> read.addAll(all.broughtOf(other)));
        readByThem.addAll(uses);
        readByThem.retainAll(all.graph.composition().uses().keySet());
        readByThem.forEach(use -> read.addAll(machines(use)));
        all.gate(read, losing.stream().filter(cell -> !all.isRest(cell)).toList());
    }

    private List<Cell> machines(String use) {
        return all.graph.members(use).stream()
                .map(node -> all.brought.get(InstanceKey.acquire(node)))
                .toList();
    }

    /// The parts, as far as they are of members; as one where what goes of them on a node goes
    /// beside a use that goes altogether.
    private List<List<Cell>> joined(Collection<List<Cell>> parts) {
        Set<Optional<String>> nodes =
                all.taken.keySet().stream()
                        .filter(key -> !all.isUse(key.use()))
                        .map(InstanceKey::node)
                        .filter(Optional::isPresent)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        List<List<Cell>> joined = new ArrayList<>();
        List<Cell> beside = new ArrayList<>();
        for (List<Cell> part : parts) {
            List<Cell> cells = part.stream().filter(cell -> cell.key.node().isPresent()).toList();
            if (cells.stream().anyMatch(cell -> nodes.contains(cell.key.node()))) {
                beside.addAll(cells);
            } else {
                joined.add(cells);
            }
        }
        joined.add(beside);
        return joined;
    }

    /// What each that is taken back waits for.
    private Map<Cell, List<Cell>> before() {
        Map<Cell, List<Cell>> before = new LinkedHashMap<>();
        Set<Cell> seen = new LinkedHashSet<>(all.brought.values());
        seen.addAll(all.taken.values());
        Deque<Cell> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Cell cell = open.poll();
            for (Cell next : cell.dependents) {
                if (next.task instanceof Cell.Task.TakeBack) {
                    before.computeIfAbsent(next, _ -> new ArrayList<>()).add(cell);
                }
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return before;
    }

    /// Nothing of a member goes before all of it can: it is not to stand there without a part and
    /// wait for others.
    private void together(List<Cell> losing, Map<Cell, List<Cell>> before) {
        Set<Cell> reached = all.reached(losing);
        for (List<Cell> lane : lanes(losing).values()) {
            Set<Cell> first = new LinkedHashSet<>();
            lane.forEach(cell -> first.addAll(before.getOrDefault(cell, List.of())));
            first.removeAll(reached);
            if (lane.size() > 1 && !first.isEmpty()) {
                Cell gate = Withdrawn.newGate();
                first.forEach(cell -> Cell.edge(cell, gate));
                lane.forEach(cell -> Cell.edge(gate, cell));
            }
        }
    }
}
