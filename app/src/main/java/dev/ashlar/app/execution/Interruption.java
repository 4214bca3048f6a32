package dev.ashlar.app.execution;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.store.Requests;
import java.util.List;
import java.util.function.Consumer;
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
    private final TimeLimit limit;
    private final Object before;
    private final Object beforeTerm;
    private volatile boolean ended;
    private int wishes;
    private long seen;

    Interruption(Conductor conductor, Requests requests, Consumer<String> say, TimeLimit limit) {
        this.conductor = conductor;
        this.requests = requests;
        this.say = say;
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
        say.accept(
                stop ? STOPPING : "nothing new is started, what runs finishes; once more stops it");
        conductor.cancel(stop);
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
