package dev.ashlar.engine.run;

import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Whether a member has lost something in its turn and what comes in its place is not there yet:
/// from the first thing that is taken back of a use to the end of the last that is brought about of
/// it. A use that goes altogether leaves its gap to what is new there.
final class Gaps {
    private final Map<String, Set<Cell>> open = new HashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final Set<Cell> newcomers = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private boolean hasNewcomers;

    void add(Cell cell, boolean isNew) {
        open.computeIfAbsent(cell.key.use(), _ -> new HashSet<>()).add(cell);
        if (cell.effect() == Effect.DO) {
            kept.add(cell.key.use());
        }
        if (isNew) {
            newcomers.add(cell);
            hasNewcomers = true;
        }
    }

    void begun(Cell cell) {
        if (cell.effect() == Effect.UNDO) {
            begun.add(cell.key.use());
        }
    }

    void ended(Cell cell) {
        open.getOrDefault(cell.key.use(), new HashSet<>()).remove(cell);
        newcomers.remove(cell);
    }

    /// True when nothing comes in its place.
    boolean isForGood(Cell taken) {
        return !kept.contains(taken.key.use()) && !hasNewcomers;
    }

    boolean isOpen() {
        return begun.stream().anyMatch(this::isOpen);
    }

    private boolean isOpen(String use) {
        return !open.getOrDefault(use, Set.of()).isEmpty()
                || (!kept.contains(use) && !newcomers.isEmpty());
    }
}
