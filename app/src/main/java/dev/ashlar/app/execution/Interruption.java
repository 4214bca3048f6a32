package dev.ashlar.app.execution;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.store.Requests;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/// Turns a person's wish to stop into a cancelled run: Ctrl-C once lets what runs finish, twice
/// stops it; `ashlar cancel` from another terminal does the same through the state's requests, and
/// so does a time limit.
final class Interruption implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 200;
    private static final String STOPPING = "stopping what runs; the same command resumes";

    private final Conductor conductor;
    private final Requests requests;
    private final Consumer<String> say;
    private final Supplier<String> inFlight;
    private final TimeLimit limit;
    private final Object before;
    private final Object beforeTerm;
    private volatile boolean ended;
    private int wishes;
    private long seen;

    /// @param inFlight what runs at the moment, in a few words
    Interruption(
            Conductor conductor,
            Requests requests,
            Consumer<String> say,
            Supplier<String> inFlight,
            TimeLimit limit) {
        this.conductor = conductor;
        this.requests = requests;
        this.say = say;
        this.inFlight = inFlight;
        this.limit = limit;
        this.seen = requests.last();
        this.before = Signals.register("INT", () -> wish(false));
        this.beforeTerm = Signals.register("TERM", () -> wish(true));
        Thread.ofVirtual().name("requests").start(this::listen);
        limit.endsBy(this::timeIsOver);
    }

    /// Takes no lock of its own: the limit holds one while it calls.
    private void timeIsOver() {
        say.accept("the time limit is over: " + STOPPING);
        conductor.cancel(true);
    }

    private synchronized void wish(boolean now) {
        wishes++;
        boolean stop = now || wishes > 1;
        say.accept(stop ? STOPPING : finishing());
        conductor.cancel(stop);
    }

    private String finishing() {
        return "nothing new is started, what runs finishes: "
                + inFlight.get()
                + "; once more stops it, and the same command goes on from there";
    }

    private void listen() {
        try {
            while (!ended) {
                Thread.sleep(LOOK_EVERY_MS);
                for (Requests.Request request : news()) {
                    seen = request.number();
                    if (request.kind().equals("cancel")) {
                        wish(request.argument().equals("now"));
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The requests that came in since the last look; none once the run has ended and the state may
    /// be closed.
    private synchronized List<Requests.Request> news() {
        return !ended && requests.stirred() ? requests.after(seen) : List.of();
    }

    @Override
    public synchronized void close() {
        ended = true;
        limit.settle();
        Signals.unregister("INT", before);
        Signals.unregister("TERM", beforeTerm);
    }
}
