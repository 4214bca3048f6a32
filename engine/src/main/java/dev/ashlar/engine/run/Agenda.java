package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// The cells of a run and the order edges among them.
public final class Agenda {
    private Agenda() {}

    /// What is left out, or comes after something that is.
    ///
    /// @param left what is not brought about, because it is left out
    public static Set<InstanceKey> heldUp(
            Graph graph, Past past, Removals removals, Selection selection, Set<InstanceKey> left) {
        Deque<Cell> open = new ArrayDeque<>();
        for (Cell cell : of(graph, past, removals, Set.of())) {
            boolean isLeft =
                    cell.effect() == Effect.UNDO
                            ? selection.leavesOut(cell.key, cell.place())
                            : left.contains(cell.key);
            if (isLeft) {
                open.add(cell);
            }
        }
        Set<Cell> reached = new LinkedHashSet<>(open);
        Set<InstanceKey> held = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Cell cell = open.poll();
            if (!(cell.task instanceof Cell.Task.Gate)) {
                held.add(cell.key);
            }
            cell.dependents.stream().filter(reached::add).forEach(open::add);
        }
        return held;
    }

    /// What is to be brought about, in the order of the files, then what is to be taken back.
    ///
    /// @param whole nodes that are given back with everything on them: of these only giving them
    ///   back remains
    static List<Cell> of(Graph graph, Past past, Removals removals, Set<String> whole) {
        SequencedMap<InstanceKey, Cell> brought = new LinkedHashMap<>();
        graph.instances()
                .forEach((key, instance) ->
                        brought.put(key, new Cell(key, new Cell.Task.Bring(instance))));
        for (Instance instance : graph.instances().values()) {
            Cell cell = brought.get(instance.key());
            instance.after().forEach(before -> Cell.edge(brought.get(before), cell));
        }
        List<Cell> all = new ArrayList<>(brought.values());
        if (!removals.isEmpty()) {
            all.addAll(Withdrawal.of(graph, past, removals, brought, whole));
        }
        return all;
    }
}
