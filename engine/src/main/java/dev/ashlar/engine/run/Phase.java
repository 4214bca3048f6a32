package dev.ashlar.engine.run;

/// Where an instance is in a run.
public enum Phase {
    /// Waits for values, for order, or for its turn to be looked at.
    PENDING,
    /// Could run; waits for its turn or for a free place.
    READY,
    /// Its work is being carried out.
    RUNNING,
    /// Its work is done; waits until all founders have got as far before it is probed.
    APPLIED,
    /// Its health is being asked.
    PROBING,
    /// Waits before the next try.
    PAUSED,
    SUCCEEDED,
    /// Stands unchanged.
    SKIPPED,
    FAILED,
    /// Something it depends on failed.
    BLOCKED,
    /// It is not for this run to do, or it depends on what is not.
    LEFT_OUT,
    /// The run was cancelled before it ended.
    CANCELLED;

    public boolean isEnd() {
        return switch (this) {
            case SUCCEEDED, SKIPPED, FAILED, BLOCKED, LEFT_OUT, CANCELLED -> true;
            case PENDING, READY, RUNNING, APPLIED, PROBING, PAUSED -> false;
        };
    }
}
