package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// The steps of one node that tell how its members are, and have not been asked since something was
/// last done there.
final class Unseen {
    private final Set<Cell> telling = new LinkedHashSet<>();
    private final Set<Cell> unseen = new LinkedHashSet<>();

    void add(Cell cell) {
        boolean brings = cell.task instanceof Cell.Task.Bring;
        if (brings && cell.step().flatMap(StepSpec::health).isPresent()) {
            telling.add(cell);
        }
    }

    /// Something is done there: what was answered before is not known to be so any more.
    void touched() {
        unseen.addAll(telling);
    }

    void seen(Cell cell) {
        unseen.remove(cell);
    }

    boolean contains(Cell cell) {
        return unseen.contains(cell);
    }

    boolean isEmpty() {
        return unseen.isEmpty();
    }

    List<Cell> cells() {
        return List.copyOf(unseen);
    }

    /// What is not part of its turn any more does not have to tell.
    void forget(Predicate<Cell> gone) {
        telling.removeIf(gone);
        unseen.removeIf(gone);
    }
}
