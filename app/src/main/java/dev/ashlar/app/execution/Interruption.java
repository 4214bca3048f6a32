package dev.ashlar.app.execution;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.store.Requests;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Turns a person's wish to stop into a cancelled run: Ctrl-C once lets what runs finish, twice
/// stops it; `ashlar cancel` from another terminal does the same through the state's requests.
final class Interruption implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 200;

    private final Conductor conductor;
    private final Requests requests;
    private final Consumer<String> say;
    private final SignalHandler before;
    private final SignalHandler beforeTerm;
    private final Thread listener;
    private int wishes;
    private long seen;

    Interruption(Conductor conductor, Requests requests, Consumer<String> say) {
        this.conductor = conductor;
        this.requests = requests;
        this.say = say;
        this.seen = requests.last();
        this.before = Signal.handle(new Signal("INT"), _ -> wish(false));
        this.beforeTerm = Signal.handle(new Signal("TERM"), _ -> wish(true));
        this.listener = Thread.ofPlatform().daemon().name("requests").start(this::listen);
    }

    private synchronized void wish(boolean now) {
        wishes++;
        boolean stop = now || wishes > 1;
        say.accept(
                stop
                        ? "stopping what runs; the same command resumes"
                        : "nothing new is started, what runs finishes; once more stops it");
        conductor.cancel(stop);
    }

    private void listen() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY_MS);
                if (!requests.stirred()) {
                    continue;
                }
                for (Requests.Request request : requests.after(seen)) {
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

    @Override
    public void close() throws InterruptedException {
        listener.interrupt();
        listener.join();
        Signal.handle(new Signal("INT"), before);
        Signal.handle(new Signal("TERM"), beforeTerm);
    }
}
