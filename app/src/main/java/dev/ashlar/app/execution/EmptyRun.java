package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.util.List;

/// A run that had nothing to do but to be on record: for what was found, or for the goal that was
/// accepted.
public final class EmptyRun {
    private EmptyRun() {}

    /// Durable when it returns. Only a run that looked at everything says that all was verified.
    ///
    /// @param unchanged how many instances stand as they are
    public static void record(
            Acting acting, Runner.Subject subject, Purpose purpose, int unchanged, long nowMs) {
        long run = acting.past().nextRun();
        RunStarted started = subject.started(run, purpose, nowMs);
        RunEnded ended =
                new RunEnded(
                        run, RunEnded.DONE, 0, unchanged, 0, 0, purpose == Purpose.VERIFY, nowMs);
        acting.journal().append(List.of(started, ended));
        acting.past().apply(started);
        acting.past().apply(ended);
    }
}
