package dev.ashlar.engine.run;

import java.util.Collection;

/// Counts of a run that phases alone do not tell.
final class Tally {
    int changed;
    int resumed;

    Totals totals(Collection<Cell> cells) {
        return new Totals(
                count(cells, Phase.SUCCEEDED),
                changed,
                count(cells, Phase.SKIPPED),
                count(cells, Phase.FAILED),
                count(cells, Phase.BLOCKED),
                count(cells, Phase.CANCELLED),
                resumed);
    }

    private static int count(Collection<Cell> cells, Phase phase) {
        return (int) cells.stream().filter(cell -> cell.phase == phase).count();
    }
}
