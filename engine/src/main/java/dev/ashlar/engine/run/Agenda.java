package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
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
        return cells;
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
            from.dependents.add(to);
            to.unmet++;
        }
    }
}
