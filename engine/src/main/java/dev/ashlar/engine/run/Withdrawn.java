package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Readers;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;

/// The cells of what is taken back beside those of what is brought about: how each stands on record
/// and in the files, and how edges come between them.
final class Withdrawn {
    final Graph graph;
    final Past past;
    final Readers readers;
    final SequencedMap<InstanceKey, Cell> brought;
    final SequencedMap<InstanceKey, Cell> taken = new LinkedHashMap<>();
    private final Removals removals;
    private final Map<String, List<Cell>> byUse = new LinkedHashMap<>();
    private final Map<String, Set<String>> newUses = new LinkedHashMap<>();
    private final Map<InstanceKey, List<InstanceKey>> instances = new LinkedHashMap<>();

    /// @param whole nodes that are given back with everything on them
    Withdrawn(
            Graph graph,
            Past past,
            Removals removals,
            SequencedMap<InstanceKey, Cell> brought,
            Set<String> whole) {
        this.graph = graph;
        this.past = past;
        this.removals = removals;
        this.brought = brought;
        this.readers = Readers.of(graph);
        brought.values().forEach(cell -> listed(byUse, cell.key.use()).add(cell));
        removals.leaves()
                .forEach((key, leave) ->
                        taken.put(
                                key, new Cell(key, new Cell.Task.Leave(leave, answering(leave)))));
        past.everything()
                .forEach((key, owned) -> {
                    if (removals.contains(key) && !taken.containsKey(key)) {
                        take(key, owned, whole);
                    }
                });
        newUses();
        for (InstanceKey key : taken.keySet()) {
            listed(instances, InstanceKey.ofCluster(key.use(), key.step())).add(key);
        }
    }

    private Optional<InstanceKey> answering(Instance.Step leave) {
        String node = leave.key().node().orElseThrow();
        return leave.use().component().steps().stream()
                .map(step -> InstanceKey.onNode(leave.key().use(), step.name(), node))
                .filter(key -> past.success(key).flatMap(Success::health).isPresent())
                .findFirst();
    }

    private void take(InstanceKey key, List<Owned> owned, Set<String> whole) {
        boolean isMachine = key.isMachine();
        Optional<String> node = isMachine ? Optional.empty() : past.place(key);
        boolean goesWithIt =
                node.filter(whole::contains)
                        .map(InstanceKey::acquire)
                        .filter(removals::contains)
                        .isPresent();
        if (!goesWithIt) {
            taken.put(key, new Cell(key, new Cell.Task.TakeBack(owned, node)));
        }
    }

    private void newUses() {
        for (Cell cell : brought.values()) {
            Optional<String> node =
                    cell.key.node().filter(_ -> isUse(cell.key.use()) && isNew(cell));
            if (node.isPresent() && !removals.contains(cell.key)) {
                newUses.computeIfAbsent(node.get(), _ -> new LinkedHashSet<>()).add(cell.key.use());
            }
        }
    }

    // ---- how they stand

    boolean isUse(String name) {
        return name.equals(InstanceKey.NODE_USE) || graph.composition().uses().containsKey(name);
    }

    /// True when its name is still wanted, on a node that is, or something else there is new.
    boolean stays(InstanceKey key) {
        return key.node().map(graph::hasNode).orElse(true)
                && (isUse(key.use()) || key.node().filter(newUses::containsKey).isPresent());
    }

    /// True when it goes in its node's turn.
    boolean isTurned(InstanceKey key) {
        return key.node().isPresent()
                && (isUse(key.use()) || key.node().filter(graph::hasNode).isPresent());
    }

    /// True of what is left of a member that an earlier run began to take back.
    boolean isRest(Cell cell) {
        return cell.key
                .node()
                .filter(past::isReduced)
                .filter(node -> !past.isFounded(cell.key.use(), node))
                .isPresent();
    }

    boolean isNew(Cell cell) {
        return removals.contains(cell.key) || past.success(cell.key).isEmpty();
    }

    /// The uses of which something comes to a node that was not there before.
    Set<String> newUsesAt(String node) {
        return newUses.getOrDefault(node, Set.of());
    }

    List<Cell> broughtOf(String use) {
        return byUse.getOrDefault(use, List.of());
    }

    // ---- edges

    /// What asked for a use's health comes before the use goes: through a gate for each use, so
    /// that edges grow with consumers plus members, never with their product. Files that have
    /// changed since may have put a consumer's own basis behind it; what it came after counts more.
    ///
    /// @param counts the members that wait for them
    void served(Collection<Cell> consumers, Predicate<InstanceKey> counts) {
        Map<String, List<Cell>> of = new LinkedHashMap<>();
        for (Cell cell : consumers) {
            past.success(cell.key).map(Success::served).orElse(List.of()).stream()
                    .filter(use -> !isMemberOf(use, cell.key))
                    .forEach(use -> listed(of, use).add(cell));
        }
        Map<String, Set<Cell>> members = new LinkedHashMap<>();
        for (InstanceKey key : removals.reasons().keySet()) {
            Cell member = taken.get(standIn(key));
            boolean asked = past.success(key).isPresent() && key.node().isPresent();
            if (member != null && asked && counts.test(key) && of.containsKey(key.use())) {
                members.computeIfAbsent(key.use(), _ -> new LinkedHashSet<>()).add(member);
            }
        }
        of.forEach((use, all) -> gate(all, members.getOrDefault(use, Set.of())));
    }

    /// Health is that of a use's steps on nodes.
    private static boolean isMemberOf(String use, InstanceKey key) {
        return key.use().equals(use) && key.node().isPresent();
    }

    /// Lets all of `then` wait for all of `first` that do not come after any of them.
    void gate(Collection<Cell> first, Collection<Cell> then) {
        if (then.isEmpty()) {
            return;
        }
        Cell gate = newGate();
        Set<Cell> later = reached(then);
        first.stream().filter(cell -> !later.contains(cell)).forEach(cell -> Cell.edge(cell, gate));
        if (gate.unmet > 0) {
            then.forEach(cell -> Cell.edge(gate, cell));
        }
    }

    static Cell newGate() {
        return new Cell(InstanceKey.ofCluster(InstanceKey.NODE_USE, "gate"), new Cell.Task.Gate());
    }

    /// These and all that comes after them, by order or because its use reads one that does.
    Set<Cell> reached(Collection<Cell> from) {
        Set<Cell> reached = new LinkedHashSet<>(from);
        Set<String> uses = new LinkedHashSet<>();
        Deque<Cell> open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            Cell cell = open.poll();
            List<Cell> next = new ArrayList<>(cell.dependents);
            if (cell.task instanceof Cell.Task.Bring && uses.add(cell.key.use())) {
                readers.readersOf(cell.key.use())
                        .forEach(use -> next.addAll(byUse.getOrDefault(use, List.of())));
            }
            next.stream().filter(reached::add).forEach(open::add);
        }
        return reached;
    }

    // ---- the record

    /// What it came after when it last succeeded, and the machine it is on.
    Set<InstanceKey> after(InstanceKey key) {
        Set<InstanceKey> after =
                new LinkedHashSet<>(past.success(key).map(Success::after).orElse(List.of()));
        past.place(key).map(InstanceKey::acquire).ifPresent(after::add);
        after.remove(key);
        return after;
    }

    /// What of its member a step comes after, reads or watches as its component says, also beyond
    /// steps that are off: what goes of that may be known to none of those that stood without it.
    Set<InstanceKey> wired(Cell cell) {
        Set<InstanceKey> wired = new LinkedHashSet<>();
        Deque<Instance.Step> open = new ArrayDeque<>();
        if (cell.task instanceof Cell.Task.Bring(Instance.Step step)) {
            open.add(step);
        }
        while (!open.isEmpty() && !graph.off().isEmpty()) {
            Instance.Step step = open.poll();
            for (InstanceKey before : predecessors(step)) {
                Instance.Step off = graph.off().get(before);
                if (off != null && wired.add(before)) {
                    open.add(off);
                }
            }
        }
        return wired;
    }

    private List<InstanceKey> predecessors(Instance.Step step) {
        return step.step().predecessors().stream()
                .flatMap(name -> step.use().component().step(name).stream())
                .filter(before -> before.subject() == step.step().subject())
                .flatMap(before -> graph.keys(step.use(), before, step.key().node()).stream())
                .toList();
    }

    /// A step without a node that is none of the cluster's own stands for all its instances.
    List<InstanceKey> expanded(InstanceKey key) {
        if (key.node().isPresent() || taken.containsKey(key)) {
            return List.of(key);
        }
        return instances.getOrDefault(key, List.of());
    }

    /// Where a node is given back whole, giving it back stands for all that is taken back with it.
    InstanceKey standIn(InstanceKey key) {
        return taken.containsKey(key) || !removals.contains(key)
                ? key
                : past.place(key).map(InstanceKey::acquire).orElse(key);
    }

    static <K, V> List<V> listed(Map<K, List<V>> lists, K name) {
        return lists.computeIfAbsent(name, _ -> new ArrayList<>());
    }
}
