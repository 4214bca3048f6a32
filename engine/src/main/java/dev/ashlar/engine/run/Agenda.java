package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The cells of a run and the order edges among them.
final class Agenda {
    private Agenda() {}

    static SequencedMap<InstanceKey, Cell> bringing(Graph graph) {
        SequencedMap<InstanceKey, Cell> cells = new LinkedHashMap<>();
        graph.instances()
                .forEach((key, instance) ->
                        cells.put(key, new Cell(key, new Cell.Task.Bring(instance))));
        for (Instance instance : graph.instances().values()) {
            instance.after().forEach(before -> edge(cells, before, instance.key()));
        }
        return cells;
    }

    /// Everything on record, each after those that came after it. On a node that is given back
    /// whole, only giving it back remains.
    static SequencedMap<InstanceKey, Cell> takingBack(Past past, Set<String> whole) {
        SequencedMap<InstanceKey, Cell> cells = new LinkedHashMap<>();
        for (Map.Entry<InstanceKey, List<Owned>> standing : standing(past).entrySet()) {
            InstanceKey key = standing.getKey();
            boolean isMachine = key.use().equals(InstanceKey.NODE_USE);
            Optional<String> node = isMachine ? Optional.empty() : past.place(key);
            if (node.filter(whole::contains).isEmpty()) {
                cells.put(key, new Cell(key, new Cell.Task.TakeBack(standing.getValue(), node)));
            }
        }
        for (InstanceKey key : List.copyOf(cells.keySet())) {
            Set<InstanceKey> later = new LinkedHashSet<>();
            for (InstanceKey before : after(past, key)) {
                expanded(cells, before).forEach(each -> later.add(standIn(cells, past, each)));
            }
            later.remove(key);
            later.forEach(before -> edge(cells, key, before));
        }
        gates(past, cells);
        return cells;
    }

    /// What asked for a use's health is taken back before the use is: through a gate for each use,
    /// so that edges grow with consumers plus members, never with their product. Files that have
    /// changed since may have put a consumer's own basis behind it; what it came after counts more.
    private static void gates(Past past, SequencedMap<InstanceKey, Cell> cells) {
        Map<String, List<Cell>> consumers = new LinkedHashMap<>();
        for (Cell cell : cells.values()) {
            past.success(cell.key).map(Success::served).orElse(List.of()).stream()
                    .filter(use -> !isMemberOf(use, cell.key))
                    .forEach(use ->
                            consumers.computeIfAbsent(use, _ -> new ArrayList<>()).add(cell));
        }
        Map<String, Set<Cell>> members = new HashMap<>();
        for (InstanceKey key : past.standing().keySet()) {
            Cell member = cells.get(standIn(cells, past, key));
            if (member != null && consumers.containsKey(key.use()) && key.node().isPresent()) {
                members.computeIfAbsent(key.use(), _ -> new LinkedHashSet<>()).add(member);
            }
        }
        consumers.forEach((use, all) -> {
            Cell gate = new Cell(InstanceKey.ofCluster(use, "gate"), new Cell.Task.Gate());
            Set<Cell> later = reached(members.getOrDefault(use, Set.of()));
            all.stream().filter(cell -> !later.contains(cell)).forEach(cell -> edge(cell, gate));
            if (gate.unmet > 0) {
                members.getOrDefault(use, Set.of()).forEach(member -> edge(gate, member));
            }
        });
    }

    /// These and all that comes after them.
    private static Set<Cell> reached(Set<Cell> from) {
        Set<Cell> reached = new HashSet<>(from);
        Deque<Cell> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (Cell next : open.poll().dependents) {
                if (reached.add(next)) {
                    open.add(next);
                }
            }
        }
        return reached;
    }

    /// Health is that of a use's steps on nodes.
    private static boolean isMemberOf(String use, InstanceKey key) {
        return key.use().equals(use) && key.node().isPresent();
    }

    /// A step without a node that is none of the cluster's own stands for all its instances.
    private static List<InstanceKey> expanded(Map<InstanceKey, Cell> cells, InstanceKey key) {
        if (key.node().isPresent() || cells.containsKey(key)) {
            return List.of(key);
        }
        return cells.keySet().stream()
                .filter(other -> other.use().equals(key.use()) && other.step().equals(key.step()))
                .toList();
    }

    /// Where a node is given back whole, giving it back stands for all that is taken back with it.
    private static InstanceKey standIn(Map<InstanceKey, Cell> cells, Past past, InstanceKey key) {
        return cells.containsKey(key) ? key : past.place(key).map(InstanceKey::acquire).orElse(key);
    }

    private static SequencedMap<InstanceKey, List<Owned>> standing(Past past) {
        SequencedMap<InstanceKey, List<Owned>> all = new LinkedHashMap<>();
        past.standing().forEach((key, success) -> all.put(key, success.owned()));
        past.leftovers()
                .forEach((key, owned) -> {
                    if (!owned.isEmpty()) {
                        all.put(key, owned);
                    }
                });
        past.interruptions().keySet().forEach(key -> all.putIfAbsent(key, List.of()));
        return all;
    }

    private static Set<InstanceKey> after(Past past, InstanceKey key) {
        Set<InstanceKey> after =
                new LinkedHashSet<>(past.success(key).map(Success::after).orElse(List.of()));
        past.place(key)
                .map(InstanceKey::acquire)
                .filter(machine -> !machine.equals(key))
                .ifPresent(after::add);
        return after;
    }

    private static void edge(Map<InstanceKey, Cell> cells, InstanceKey first, InstanceKey then) {
        Cell from = cells.get(first);
        Cell to = cells.get(then);
        if (from != null && to != null) {
            edge(from, to);
        }
    }

    private static void edge(Cell from, Cell to) {
        from.dependents.add(to);
        to.unmet++;
    }
}
