package dev.ashlar.engine.past;

import dev.ashlar.model.journal.RunSummary;
import java.util.Optional;

/// How fresh what is on record is: each instance was known to hold when it last succeeded, or when
/// everything was last verified, whichever is later.
///
/// @param newestRun the run that last established something
/// @param oldestRun the run that established the part that has not been looked at for longest
public record Knowledge(long newestRun, long newestMs, long oldestRun, long oldestMs) {

    /// Empty when nothing stands.
    public static Optional<Knowledge> of(Past past) {
        Optional<RunSummary> all = past.lastVerified();
        long allRun = all.map(run -> run.start().run()).orElse(0L);
        long allMs = all.flatMap(RunSummary::end).map(end -> end.atMs()).orElse(0L);
        return past.standing().values().stream()
                .map(success ->
                        success.run() > allRun
                                ? of(success.run(), success.atMs())
                                : of(allRun, allMs))
                .reduce(Knowledge::both);
    }

    private static Knowledge of(long run, long atMs) {
        return new Knowledge(run, atMs, run, atMs);
    }

    private Knowledge both(Knowledge other) {
        boolean newer = other.newestMs > newestMs;
        boolean older = other.oldestMs < oldestMs;
        return new Knowledge(
                newer ? other.newestRun : newestRun,
                newer ? other.newestMs : newestMs,
                older ? other.oldestRun : oldestRun,
                older ? other.oldestMs : oldestMs);
    }

    /// True when one run established everything.
    public boolean isOfOneRun() {
        return newestRun == oldestRun;
    }
}
