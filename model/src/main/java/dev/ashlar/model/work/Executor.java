package dev.ashlar.model.work;

/// Carries out work. Blocks the calling (virtual) thread; safe for use by many at once.
public interface Executor {

    /// Does the work and says what came of it. A failure is a [Report.NotDone], never an exception;
    /// exceptions are bugs. When the calling thread is interrupted, what runs on the node is ended
    /// and the answer is [Report.Stopped].
    ///
    /// @param again true when the intent is from before a crash: what a finishing step left on the
    ///   node is collected instead of done once more
    Report execute(Work work, boolean again);
}
