package dev.ashlar.engine.run;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The named limits: how much is carried out at once, probes included, in all and on each node.
/// What is light at one node counts as one, for it shares a round trip, and takes no room there.
final class Places {
    private final Settings settings;
    private final Map<String, Integer> perNode = new LinkedHashMap<>();
    private final Map<String, Integer> light = new LinkedHashMap<>();
    private final Set<Cell> alone = new LinkedHashSet<>();
    private final Set<Cell> shared = new LinkedHashSet<>();

    Places(Settings settings) {
        this.settings = settings;
    }

    boolean isFree() {
        return alone.size() + light.size() < settings.parallel();
    }

    /// True when there is a place for the cell, and its node has room for it.
    boolean isFreeFor(Cell cell) {
        Optional<String> node = cell.place();
        if (node.isEmpty()) {
            return isFree();
        }
        return cell.isLight()
                ? isFree() || light.containsKey(node.get())
                : isFree() && perNode.getOrDefault(node.get(), 0) < settings.perNode();
    }

    void take(Cell cell) {
        Optional<String> node = cell.place();
        if (cell.isLight() && node.isPresent()) {
            if (shared.add(cell)) {
                light.merge(node.get(), 1, Integer::sum);
            }
        } else if (alone.add(cell)) {
            node.ifPresent(name -> perNode.merge(name, 1, Integer::sum));
        }
    }

    void give(Cell cell) {
        if (shared.remove(cell)) {
            less(light, cell);
        } else if (alone.remove(cell)) {
            less(perNode, cell);
        }
    }

    private static void less(Map<String, Integer> counts, Cell cell) {
        cell.place()
                .ifPresent(node ->
                        counts.computeIfPresent(node, (_, count) -> count == 1 ? null : count - 1));
    }

    boolean isIdle() {
        return alone.isEmpty() && shared.isEmpty();
    }
}
