package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import java.util.Collection;

/// Counts of a run that phases alone do not tell.
final class Tally {
    int changed;
    int resumed;
    boolean amended;
    private boolean hasOld;
    private final long lastDone;
    private final boolean takesBack;

    Tally(Past past) {
        lastDone = lastDone(past);
        takesBack =
                !past.runs().isEmpty() && past.runs().getLast().start().purpose() == Purpose.DOWN;
    }

    /// The last run of the whole that was done; 0 where none was.
    static long lastDone(Past past) {
        return past.runs().stream()
                .filter(run ->
                        run.end().map(RunEnded::outcome).filter(RunEnded.DONE::equals).isPresent())
                .filter(run -> run.start().selection().isEmpty())
                .mapToLong(run -> run.start().run())
                .max()
                .orElse(0);
    }

    /// A success that stands from before the last run of the whole that was done has not been
    /// looked at since.
    void achieved(Phase phase, Success success) {
        hasOld |= phase == Phase.SKIPPED && success.run() <= lastDone;
    }

    Totals totals(Collection<Cell> cells) {
        return new Totals(
                count(cells, Phase.SUCCEEDED),
                changed,
                count(cells, Phase.SKIPPED),
                count(cells, Phase.FAILED),
                count(cells, Phase.BLOCKED),
                count(cells, Phase.LEFT_OUT),
                count(cells, Phase.CANCELLED),
                resumed);
    }

    /// Everything is known to hold when all was done by this run and the unfinished ones before it.
    RunEnded ended(long run, Totals totals, long atMs) {
        String outcome =
                totals.isDone()
                        ? RunEnded.DONE
                        : totals.cancelled() == 0
                                ? "failed"
                                : amended ? RunEnded.AMENDED : "cancelled";
        return new RunEnded(
                run,
                outcome,
                totals.ran(),
                totals.skipped(),
                totals.failed(),
                totals.blocked(),
                totals.isDone() && totals.leftOut() == 0 && !hasOld && !takesBack,
                atMs);
    }

    private static int count(Collection<Cell> cells, Phase phase) {
        return (int) cells.stream().filter(cell -> cell.phase == phase).count();
    }
}
