package dev.ashlar.model.work;

import java.util.ArrayList;
import java.util.List;

/// Carries out work. Blocks the calling (virtual) thread; safe for use by many at once.
public interface Executor {

    /// Does the work and says what came of it. A failure is a [Report.NotDone], never an exception;
    /// exceptions are bugs. When the calling thread is interrupted, what runs on the node is ended
    /// and the answer is [Report.Stopped].
    ///
    /// @param again true when the intent is from before a crash: what a finishing step left on the
    ///   node is collected instead of done once more
    Report execute(Work work, boolean again);

    /// Does several pieces of light work of one node that begin at the same moment and do not
    /// depend on each other, in as few round trips as it can. Each ends as it would alone.
    ///
    /// @return the reports, in order
    default List<Report> together(List<Work.Apply> works) {
        List<Report> reports = new ArrayList<>();
        boolean stopped = false;
        for (Work.Apply work : works) {
            Report report = stopped ? new Report.Stopped("") : execute(work, false);
            stopped |= report instanceof Report.Stopped;
            reports.add(report);
        }
        return reports;
    }
}
