package dev.ashlar.app.execution;

import dev.ashlar.model.work.Failure;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/// A person's wish, by Ctrl-C or SIGTERM, that a command end before its time. As long as it is open
/// a signal does not end the process: whenever it comes, there is time to clean up. Safe for use by
/// several threads.
public final class Wish implements AutoCloseable {
    /// The exit codes of a program that was ended by the same signal: a terminal's Ctrl-C reaches
    /// every program that runs there, and who stops a service stops all that it runs.
    private static final Set<Integer> ENDED_TOO = Set.of(130, 143);

    private static final int MOST_TRIES = 20;

    private final Object beforeInt;
    private final Object beforeTerm;
    private int times;
    private Runnable heard = () -> {};

    /// Hears signals from now on.
    public Wish() {
        beforeInt = Signals.register("INT", this::utter);
        beforeTerm = Signals.register("TERM", this::utter);
    }

    /// Once more.
    void utter() {
        Runnable now;
        synchronized (this) {
            times++;
            now = heard;
        }
        now.run();
    }

    /// From now on each wish is told to this one alone; those before are not told again.
    synchronized void isHeardBy(Runnable next) {
        heard = next;
    }

    public boolean isThere() {
        return times() > 0;
    }

    private synchronized int times() {
        return times;
    }

    /// True of a failure that may be no more than the wish, which has ended a program of ours.
    public static boolean mayBe(Failure failure) {
        return failure.exitCode().filter(ENDED_TOO::contains).isPresent();
    }

    /// Does what has to be done whatever is wished: when it fails as a wish comes in, it is done
    /// again.
    ///
    /// @param what may be done again at any time
    /// @return the failure of its last try
    public Optional<Failure> inSpite(Supplier<Optional<Failure>> what) {
        int tries = 0;
        while (true) {
            int before = times();
            Optional<Failure> failure = what.get();
            tries++;
            boolean disturbed = times() > before || failure.filter(Wish::mayBe).isPresent();
            if (failure.isEmpty() || !disturbed || tries == MOST_TRIES) {
                return failure;
            }
        }
    }

    @Override
    public void close() {
        Signals.unregister("INT", beforeInt);
        Signals.unregister("TERM", beforeTerm);
    }
}
