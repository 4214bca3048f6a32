package dev.ashlar.app.execution;

import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Verdict;
import dev.ashlar.store.Requests;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.utils.Signals;

/// Turns a person's wish to stop into a cancelled run: Ctrl-C once lets what runs finish, twice
/// stops it; `ashlar cancel` from another terminal does the same through the state's requests, and
/// so does a time limit. What a person makes of a machine meanwhile comes the same way. Another
/// `up` that amends the run is heard the same way; a Ctrl-C after it stops what runs, a `cancel`
/// after it lets that finish: it is meant for both.
final class Interruption implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 200;
    private static final String STOPPING = "stopping what runs; the same command resumes";

    private final Conductor conductor;
    private final Requests requests;
    private final Consumer<String> say;
    private final Supplier<String> inFlight;
    private final Predicate<Judged> judge;
    private final TimeLimit limit;
    private final long run;
    private final Object before;
    private final Object beforeTerm;
    private volatile boolean ended;
    private int wishes;
    private long seen;
    private Optional<Amender> amender = Optional.empty();

    /// @param run its number
    /// @param heard the newest request when it had not begun
    /// @param inFlight what runs at the moment, in a few words
    /// @param judge puts a verdict on record and goes by it; false where it does not count any more
    Interruption(
            Conductor conductor,
            Requests requests,
            long run,
            long heard,
            Consumer<String> say,
            Supplier<String> inFlight,
            Predicate<Judged> judge,
            TimeLimit limit) {
        this.conductor = conductor;
        this.requests = requests;
        this.say = say;
        this.inFlight = inFlight;
        this.judge = judge;
        this.limit = limit;
        this.run = run;
        this.seen = heard;
        this.before = Signals.register("INT", () -> signalled(false));
        this.beforeTerm = Signals.register("TERM", () -> signalled(true));
        Thread.ofVirtual().name("requests").start(this::listen);
        limit.endsBy(this::timeIsOver);
    }

    /// Takes no lock of its own: the limit holds one while it calls.
    private void timeIsOver() {
        say.accept("the time limit is over: " + STOPPING);
        conductor.cancel(true);
    }

    private synchronized void signalled(boolean now) {
        wish(now || amender.isPresent(), "");
    }

    /// @param by who wishes it, where that is somebody at another terminal
    private synchronized void wish(boolean now, String by) {
        wishes++;
        boolean stop = now || wishes > 1;
        say.accept(
                by
                        + (stop
                                ? STOPPING
                                : finishing()
                                        + "; once more stops it, and the same command goes on from there"));
        conductor.cancel(stop);
        amender = Optional.empty();
    }

    /// Gives way, unless the request is for another run, has been withdrawn, or is nobody's any
    /// more. Who comes while another is waited for is not heard.
    private synchronized void amend(Requests.Request request) {
        Optional<Amender> asks =
                Amender.parse(request.argument())
                        .filter(one -> one.run() == run)
                        .filter(Amender::isThere);
        if (ended
                || asks.isEmpty()
                || amender.filter(Amender::isThere).isPresent()
                || !requests.turn(request.number(), Amender.ASKED, Amender.TAKEN)) {
            return;
        }
        if (wishes == 0) {
            say.accept(
                    "run %d is amended by %s: %s; Ctrl-C stops it"
                            .formatted(run, asks.get().withPart(), finishing()));
            if (amender.isEmpty()) {
                conductor.amend();
            }
            amender = asks;
        }
    }

    /// Who judges when the run has ended enters it by himself.
    private synchronized void judge(Requests.Request request) {
        if (!ended) {
            Ruling.takeUp(request, requests)
                    .ifPresent(verdict -> {
                        if (judge.test(verdict)) {
                            say.accept(told(verdict));
                        } else {
                            Ruling.overtake(request, requests);
                        }
                    });
        }
    }

    private static String told(Judged word) {
        return word.verdict() == Verdict.INVITED
                ? "a token was given for " + word.node() + " by " + word.who()
                : "the machine of " + word.node() + " was " + word.title();
    }

    /// Who the run gives way to.
    synchronized Optional<Amender> amender() {
        return amender;
    }

    private String finishing() {
        return "nothing new is started, what runs finishes: " + inFlight.get();
    }

    private void listen() {
        try {
            while (!ended) {
                for (Requests.Request request : news()) {
                    seen = request.number();
                    Cancellation.of(request)
                            .ifPresent(one -> wish(one.now(), "cancelled by " + one.by() + ": "));
                    judge(request);
                    if (request.kind().equals(Amender.ASKED)) {
                        amend(request);
                    }
                }
                Thread.sleep(LOOK_EVERY_MS);
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
