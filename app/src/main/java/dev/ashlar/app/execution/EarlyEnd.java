package dev.ashlar.app.execution;

import dev.ashlar.engine.run.Totals;
import dev.ashlar.engine.shell.Conductor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// What ends a row of runs before its time: a person's wish, or that its time is over. What runs
/// then is stopped, and nothing more of the row begins.
public final class EarlyEnd implements AutoCloseable {
    private final Wish wish;
    private final Consumer<Reason> told;
    private final Thread timer;
    private Optional<Reason> reason = Optional.empty();
    private Optional<Conductor> running = Optional.empty();

    /// Who or what ended it.
    public enum Reason {
        PERSON,
        TIME
    }

    private EarlyEnd(Duration limit, Wish wish, Consumer<Reason> told) {
        this.wish = wish;
        this.told = told;
        this.timer =
                Thread.ofVirtual()
                        .name("early-end")
                        .start(() -> {
                            try {
                                Thread.sleep(limit);
                                end(Reason.TIME);
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /// Time runs from now on.
    ///
    /// @param wish of a person, which may be there already
    /// @param told hears of it at once, whenever a person asks and when the time is over
    public static EarlyEnd within(Duration limit, Wish wish, Consumer<Reason> told) {
        EarlyEnd end = new EarlyEnd(limit, wish, told);
        wish.isHeardBy(() -> end.end(Reason.PERSON));
        if (wish.isThere()) {
            end.end(Reason.PERSON);
        }
        return end;
    }

    private synchronized void end(Reason why) {
        told.accept(why);
        reason = Optional.of(reason.orElse(why));
        running.ifPresent(conductor -> conductor.cancel(true));
    }

    /// Why the row has ended early; empty as long as it has not.
    public synchronized Optional<Reason> reason() {
        return reason;
    }

    /// Returns when the row may go on.
    ///
    /// @throws InterruptedException when it may not
    public void check() throws InterruptedException {
        if (reason().isPresent()) {
            throw new InterruptedException("told to end");
        }
    }

    /// Runs one of the row to its end.
    ///
    /// @throws InterruptedException when the row has ended, before it or while it ran
    public Totals conduct(Conductor conductor) throws InterruptedException {
        runs(Optional.of(conductor));
        try {
            check();
            return conductor.run();
        } finally {
            runs(Optional.empty());
            check();
        }
    }

    private synchronized void runs(Optional<Conductor> conductor) {
        running = conductor;
    }

    @Override
    public void close() {
        timer.interrupt();
        wish.isHeardBy(() -> {});
    }
}
