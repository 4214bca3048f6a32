package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// When health is asked. Founders are started together and asked only when all of them have been
/// started or never will be: the first of three members cannot be healthy alone. Once a use has
/// been founded, and where it takes the place of another node by node, each member is asked as soon
/// as it has changed.
final class Probing {
    private record Cohort(String use, String step) {}

    private final Set<String> founding = new LinkedHashSet<>();
    private final Set<String> byTurns = new LinkedHashSet<>();
    private final Map<Cohort, Integer> notYet = new LinkedHashMap<>();
    private final Map<Cohort, Set<Cell>> applied = new LinkedHashMap<>();

    Probing(Past past, Turns turns, Collection<Cell> cells) {
        for (Cell cell : cells) {
            if (cell.health().isPresent()) {
                notYet.merge(cohort(cell), 1, Integer::sum);
                founding.add(cell.key.use());
            }
            if (past.isFounded(cell.key.use()) || turns.isSeated(cell)) {
                byTurns.add(cell.key.use());
            }
        }
        founding.removeAll(byTurns);
    }

    void foundedNow(String use) {
        founding.remove(use);
    }

    /// True while its use has not been founded.
    boolean isFounding(Cell cell) {
        return founding.contains(cell.key.use());
    }

    /// True when its members come, or change, one by one.
    boolean isByTurns(String use) {
        return byTurns.contains(use);
    }

    /// Keeps the count; returns the cells whose health is to be asked now, each once.
    List<Cell> changed(Cell cell, Phase from, Phase to) {
        if (cell.health().isEmpty()) {
            return List.of();
        }
        Cohort cohort = cohort(cell);
        Set<Cell> waiting = applied.computeIfAbsent(cohort, _ -> new LinkedHashSet<>());
        if (to == Phase.APPLIED) {
            waiting.add(cell);
        }
        if (from == Phase.APPLIED) {
            waiting.remove(cell);
        }
        boolean arrives = to == Phase.APPLIED || (to.isEnd() && !hasArrived(cell, from));
        if (arrives) {
            notYet.merge(cohort, -1, Integer::sum);
        }
        boolean all = !isFounding(cell) || notYet.getOrDefault(cohort, 0) == 0;
        return all ? taken(waiting) : List.of();
    }

    /// Founders that wait for others which in turn wait for them: they are asked although not all
    /// have been started.
    List<Cell> giveUpWaiting() {
        List<Cell> all = new ArrayList<>();
        applied.values().forEach(waiting -> all.addAll(taken(waiting)));
        return all;
    }

    private static List<Cell> taken(Set<Cell> waiting) {
        List<Cell> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    private static boolean hasArrived(Cell cell, Phase from) {
        return from == Phase.APPLIED
                || from == Phase.PROBING
                || (from == Phase.PAUSED && cell.applied.isPresent());
    }

    private static Cohort cohort(Cell cell) {
        return new Cohort(cell.key.use(), cell.key.step());
    }
}
