package dev.ashlar.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The named limits: how much is carried out at once, probes included, in all and on each node.
final class Places {
    private final Settings settings;
    private final Map<String, Integer> perNode = new HashMap<>();
    private final Set<Cell> taken = new HashSet<>();

    Places(Settings settings) {
        this.settings = settings;
    }

    boolean isFree() {
        return taken.size() < settings.parallel();
    }

    /// True when the node of the cell has room for it.
    boolean isFreeAt(Cell cell) {
        return cell.place()
                .map(node -> perNode.getOrDefault(node, 0) < settings.perNode())
                .orElse(true);
    }

    void take(Cell cell) {
        if (taken.add(cell)) {
            cell.place().ifPresent(node -> perNode.merge(node, 1, Integer::sum));
        }
    }

    void give(Cell cell) {
        if (taken.remove(cell)) {
            cell.place().ifPresent(node -> perNode.merge(node, -1, Integer::sum));
        }
    }

    boolean isIdle() {
        return taken.isEmpty();
    }
}
