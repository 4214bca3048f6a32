package dev.ashlar.app.execution;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// How long a command may take as a whole. When the time is over, what is being done is ended the
/// way it can be: a run stops and can be resumed; where nothing says how, the process ends, as it
/// does on Ctrl-C.
public final class TimeLimit {
    private final Runnable otherwise;
    private Optional<Runnable> way = Optional.empty();
    private boolean settled;

    private TimeLimit(Runnable otherwise) {
        this.otherwise = otherwise;
    }

    /// No limit.
    public static TimeLimit none() {
        return new TimeLimit(() -> {});
    }

    /// Time runs from now on.
    ///
    /// @param otherwise ends a command that has not said how it is to be ended
    public static TimeLimit start(Duration limit, Runnable otherwise) {
        TimeLimit time = new TimeLimit(otherwise);
        Thread.ofVirtual()
                .name("time-limit")
                .start(() -> {
                    try {
                        Thread.sleep(limit);
                        time.isOver();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        return time;
    }

    synchronized void isOver() {
        if (!settled) {
            settled = true;
            way.orElse(otherwise).run();
        }
    }

    /// From now on this is how the command is ended.
    synchronized void endsBy(Runnable now) {
        way = Optional.of(now);
    }

    /// From now on it is ended as one that has not said how.
    synchronized void endsAtOnce() {
        way = Optional.empty();
    }

    /// Does what must not be cut in the middle: when the time is over meanwhile, that waits.
    public synchronized <T> T undivided(Supplier<T> what) {
        return what.get();
    }

    /// What was to be bounded has ended: telling of it is not cut short.
    public synchronized void settle() {
        settled = true;
    }
}
