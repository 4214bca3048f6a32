package dev.ashlar.engine.run;

import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Whether a member has lost something in its turn and what comes in its place is not there yet:
/// from the first thing that is taken back of a use to the end of the last that is new of it. Where
/// nothing is new nothing comes in the place of what went, and the member is as much there as in
/// any other change. A use that goes altogether leaves its gap to the uses that are new there.
final class Gaps {
    private final Map<String, Set<Cell>> open = new LinkedHashMap<>();
    private final Map<String, Set<Cell>> fresh = new LinkedHashMap<>();
    private final Set<String> kept = new LinkedHashSet<>();
    private final Set<Cell> newcomers = new LinkedHashSet<>();
    private final Set<String> begun = new LinkedHashSet<>();
    private boolean hasNewcomers;

    void add(Cell cell, Arrival arrival) {
        of(open, cell).add(cell);
        if (cell.effect() == Effect.DO) {
            kept.add(cell.key.use());
            if (arrival != Arrival.STANDING) {
                of(fresh, cell).add(cell);
            }
        }
        if (arrival == Arrival.NEW_USE) {
            newcomers.add(cell);
            hasNewcomers = true;
        }
    }

    private static Set<Cell> of(Map<String, Set<Cell>> byUse, Cell cell) {
        return byUse.computeIfAbsent(cell.key.use(), _ -> new LinkedHashSet<>());
    }

    void begun(Cell cell) {
        if (cell.effect() == Effect.UNDO) {
            begun.add(cell.key.use());
        }
    }

    void ended(Cell cell) {
        of(open, cell).remove(cell);
        of(fresh, cell).remove(cell);
        newcomers.remove(cell);
    }

    /// True when nothing comes in its place.
    boolean isForGood(Cell taken) {
        return !kept.contains(taken.key.use()) && !hasNewcomers;
    }

    /// What is of uses that are new there, and not there yet, in the order of the files.
    Set<Cell> newcomers() {
        return new LinkedHashSet<>(newcomers);
    }

    boolean isOpen() {
        boolean isLeftTo = begun.stream().anyMatch(use -> !kept.contains(use));
        return isOpenBut(Set.of()) || (isLeftTo && !newcomers.isEmpty());
    }

    /// True when something else than `later` is missing.
    boolean isOpenBut(Set<Cell> later) {
        return begun.stream().map(this::missing).anyMatch(cells -> !later.containsAll(cells));
    }

    private Set<Cell> missing(String use) {
        return (kept.contains(use) ? fresh : open).getOrDefault(use, Set.of());
    }
}
