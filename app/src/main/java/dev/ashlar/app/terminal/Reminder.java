package dev.ashlar.app.terminal;

/// When one who waits where nothing can be written over is told again: after 5 seconds, and
/// whenever it has taken twice as long as the last time. Confined to one thread.
final class Reminder {
    private static final long FIRST_MS = 5_000;

    private long dueMs = FIRST_MS;

    /// True once for each time that comes.
    ///
    /// @param waitedMs since the wait began
    boolean isDue(long waitedMs) {
        if (waitedMs < dueMs) {
            return false;
        }
        dueMs = 2 * Math.max(dueMs, waitedMs);
        return true;
    }

    /// Another wait begins.
    void reset() {
        dueMs = FIRST_MS;
    }
}
