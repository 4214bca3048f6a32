package dev.ashlar.app.execution;

import dev.ashlar.engine.run.Totals;
import dev.ashlar.engine.shell.Conductor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/// What ends a row of runs before its time: a person, by Ctrl-C or SIGTERM, or that its time is
/// over. What runs then is stopped, and nothing more of the row begins. Until it is closed a signal
/// does not end the process, so that there is time to clean up.
public final class EarlyEnd implements AutoCloseable {
    private final Consumer<Reason> told;
    private final Thread timer;
    private final Object beforeInt;
    private final Object beforeTerm;
    private Optional<Reason> reason = Optional.empty();
    private Optional<Conductor> running = Optional.empty();

    /// Who or what ended it.
    public enum Reason {
        PERSON,
        TIME
    }

    private EarlyEnd(Duration limit, Consumer<Reason> told) {
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
        this.beforeInt = Signals.register("INT", () -> end(Reason.PERSON));
        this.beforeTerm = Signals.register("TERM", () -> end(Reason.PERSON));
    }

    /// Time runs from now on.
    ///
    /// @param told hears of it at once, whenever a person asks and when the time is over
    public static EarlyEnd within(Duration limit, Consumer<Reason> told) {
        return new EarlyEnd(limit, told);
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
        Signals.unregister("INT", beforeInt);
        Signals.unregister("TERM", beforeTerm);
    }
}
