package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Words;
import dev.ashlar.store.Requests;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jline.utils.Signals;

/// Asks the process that carries a run out to let it give way, and waits for the right to act. What
/// runs there finishes first, so the wait is as long as that takes; a process that does not hear is
/// not waited for. Confined to one thread, but for [#stop].
public final class Handover implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 200;
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final int MAX_NAMED = 5;

    /// How long a process may take to hear a request: it looks five times a second.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final StateFolder state;
    private final Underway run;
    private final Requests requests;
    private final TimeLimit limit;
    private final Consumer<String> say;
    private final long number;
    private Past past = new Past();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Object before;
    private final Object beforeTerm;
    private long read;
    private Optional<Cancellation> cancelled = Optional.empty();
    private List<InstanceKey> told = List.of();
    private long toldNanos;

    /// What came of it.
    public sealed interface Outcome {
        record Granted(Acting acting) implements Outcome {}

        /// Nobody took the request up; it has been withdrawn.
        record Unheard() implements Outcome {}

        /// Another process was faster.
        record Overtaken(ControllerLock.Holder by) implements Outcome {}

        /// Another had asked for the same before, and waits; the request has been withdrawn.
        record Second(Amender first) implements Outcome {}

        /// Somebody cancelled what runs: that is meant for who waits too.
        ///
        /// @param by who, for people
        record Cancelled(String by) implements Outcome {}

        /// A person or a time limit ended the wait.
        ///
        /// @param withdrawn false where the run gives way already
        record Stopped(boolean withdrawn) implements Outcome {}
    }

    private Handover(
            Path folder,
            StateFolder state,
            Underway run,
            Requests requests,
            String part,
            TimeLimit limit,
            Consumer<String> say) {
        this.folder = folder;
        this.state = state;
        this.run = run;
        this.requests = requests;
        this.limit = limit;
        this.say = say;
        this.before = Signals.register("INT", this::stop);
        this.beforeTerm = Signals.register("TERM", this::stop);
        limit.endsBy(this::stop);
        this.number = requests.append(Amender.ASKED, Amender.ofThisProcess(run.run(), part).text());
    }

    /// Asks. Until it is closed a signal and the time limit end the wait, not the process.
    ///
    /// @param part of the cluster that this goes on with, as it was typed; empty for the whole
    /// @param say told what is waited for
    public static Handover ask(
            Path folder,
            StateFolder state,
            Underway run,
            String part,
            TimeLimit limit,
            Consumer<String> say) {
        return new Handover(folder, state, run, SqliteRequests.open(state), part, limit, say);
    }

    /// Who has asked for the same before, has not taken it back and is still there.
    public static Optional<Amender> another(StateFolder state, Underway run) {
        try (Requests requests = SqliteRequests.open(state)) {
            return waiting(requests, Long.MAX_VALUE)
                    .filter(amender -> amender.run() == run.run())
                    .findFirst();
        }
    }

    /// Who waits for some run to give way.
    public static Optional<Amender> anybody(StateFolder state) {
        try (Requests requests = SqliteRequests.open(state)) {
            return waiting(requests, Long.MAX_VALUE).findFirst();
        }
    }

    private static Stream<Amender> waiting(Requests requests, long before) {
        return requests.after(0).stream()
                .filter(request -> request.number() < before)
                .flatMap(request -> Amender.of(request).stream())
                .filter(Amender::isThere);
    }

    /// Ends the wait. From any thread, at any time.
    public void stop() {
        stopped.countDown();
    }

    /// Waits.
    ///
    /// @param patience how long the request may lie there before somebody has to have heard it
    public Outcome await(Duration patience) throws InterruptedException {
        long unheardNanos = System.nanoTime() + patience.toNanos();
        Optional<Amender> first =
                waiting(requests, number).filter(one -> one.run() == run.run()).findFirst();
        if (first.isPresent() && withdraw()) {
            return new Outcome.Second(first.get());
        }
        while (true) {
            look();
            Optional<Outcome> end = called().or(this::taken);
            if (end.isPresent()) {
                return end.get();
            }
            if (System.nanoTime() > unheardNanos && !isEnded() && withdraw()) {
                return new Outcome.Unheard();
            }
            var _ = stopped.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        }
    }

    /// Somebody has ended the wait, or all that is done about the cluster.
    private Optional<Outcome> called() {
        if (stopped.getCount() == 0) {
            return Optional.of(new Outcome.Stopped(withdraw()));
        }
        if (cancelled.isPresent()) {
            withdraw();
        }
        return cancelled.map(one -> new Outcome.Cancelled(one.by()));
    }

    private Optional<Outcome> taken() {
        return switch (Acting.take(folder)) {
            case Acting.Attempt.Granted(Acting acting) -> Optional.of(granted(acting));
            case Acting.Attempt.Held(Optional<ControllerLock.Holder> holder)
                    when holder.filter(one -> !one.equals(run.holder())).isPresent() -> {
                withdraw();
                yield Optional.of(new Outcome.Overtaken(holder.get()));
            }
            case Acting.Attempt.Held _ -> Optional.empty();
        };
    }

    /// Nobody is there any more who could hear it. What is asked from here on is asked of who acts.
    private Outcome granted(Acting acting) {
        listen();
        Optional<Outcome> end = called();
        if (end.isPresent()) {
            acting.close();
            return end.get();
        }
        withdraw();
        return new Outcome.Granted(acting);
    }

    private void listen() {
        cancelled =
                requests.after(number).stream()
                        .flatMap(request -> Cancellation.of(request).stream())
                        .findFirst();
    }

    private boolean withdraw() {
        return requests.turn(number, Amender.ASKED, Amender.WITHDRAWN);
    }

    private void look() {
        if (requests.stirred()) {
            listen();
            SqliteJournal.openToRead(state)
                    .ifPresent(journal -> {
                        try (journal) {
                            if (read == 0) {
                                past = journal.checkpoint().map(Past::of).orElse(past);
                                read = past.records();
                            }
                            journal.readAfter(
                                    read,
                                    (at, entry) -> {
                                        read = at;
                                        past.apply(entry);
                                    });
                        }
                    });
        }
        List<InstanceKey> inFlight = Underway.begun(past, run.run());
        boolean isNews = !inFlight.equals(told) && !inFlight.isEmpty() && !isEnded();
        boolean isDue = told.isEmpty() || System.nanoTime() - toldNanos > TELL_EVERY.toNanos();
        if (isNews && isDue) {
            told = inFlight;
            toldNanos = System.nanoTime();
            say.accept(waiting(inFlight));
        }
    }

    private String waiting(List<InstanceKey> inFlight) {
        int count = inFlight.size();
        return "waiting for %d step%s of run %d to finish: %s"
                .formatted(
                        count,
                        count == 1 ? "" : "s",
                        run.run(),
                        Words.some(
                                inFlight.stream().map(InstanceKey::toString).toList(), MAX_NAMED));
    }

    /// True when the run is over, and only its process is not: it needs to hear nothing any more.
    private boolean isEnded() {
        return past.runs().stream()
                .anyMatch(one -> one.start().run() == run.run() && one.end().isPresent());
    }

    @Override
    public void close() {
        limit.endsAtOnce();
        Signals.unregister("INT", before);
        Signals.unregister("TERM", beforeTerm);
        requests.close();
    }
}
