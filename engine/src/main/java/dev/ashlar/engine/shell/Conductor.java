package dev.ashlar.engine.shell;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Event;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.journal.Journal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Executor;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The thin shell around the core: one thread takes events and carries commands out; each piece of
/// work has a virtual thread of its own that feeds its end back as an event. Records are committed
/// in groups: everything that came in meanwhile goes into one append, and no work starts before the
/// append that holds its intent has returned.
public final class Conductor {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(15);

    private final Core core;
    private final Journal journal;
    private final Executor executor;
    private final long beganMs;
    private final long beganNanos = System.nanoTime();
    private final Observer observer;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();
    private final AtomicInteger logsLost = new AtomicInteger();

    public Conductor(
            Core core, Journal journal, Executor executor, Clock clock, Observer observer) {
        this.core = core;
        this.journal = journal;
        this.executor = executor;
        this.beganMs = clock.millis();
        this.observer = observer;
    }

    /// Runs to the end.
    ///
    /// @throws InterruptedException when the calling thread is interrupted; what is in flight is
    ///   then stopped and the run can be resumed
    public Totals run() throws InterruptedException {
        events.add(new Event.Begin(nowMs()));
        try {
            while (true) {
                Optional<Totals> end = carryOut(answerAll());
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } finally {
            stopAtWork();
        }
    }

    /// Whatever made the run end early, nothing it started is left behind: what runs is stopped and
    /// waited for, within a bound.
    private void stopAtWork() {
        List<Thread> threads = List.copyOf(atWork);
        threads.forEach(Thread::interrupt);
        long untilNanos = System.nanoTime() + STOP_WITHIN.toNanos();
        boolean interrupted = Thread.interrupted();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, untilNanos - System.nanoTime())));
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Asks the run to end: nothing new starts; with `stopRunning` what runs is stopped too. From
    /// any thread, at any time.
    public void cancel(boolean stopRunning) {
        events.add(new Event.Cancelled(stopRunning, nowMs()));
    }

    /// Has the run give way to one with another goal: nothing new starts, what runs finishes. From
    /// any thread, at any time.
    public void amend() {
        events.add(new Event.Amended(nowMs()));
    }

    private List<Command> answerAll() throws InterruptedException {
        List<Event> batch = new ArrayList<>(List.of(events.take()));
        events.drainTo(batch);
        List<Command> commands = new ArrayList<>();
        batch.forEach(event -> commands.addAll(core.handle(event)));
        return commands;
    }

    private Optional<Totals> carryOut(List<Command> commands) {
        List<JournalRecord> entries = new ArrayList<>();
        for (Command command : commands) {
            if (command instanceof Command.Append(JournalRecord entry)) {
                entries.add(entry);
            }
        }
        if (!entries.isEmpty()) {
            journal.append(entries);
        }
        Optional<Totals> end = Optional.empty();
        SequencedMap<String, List<Work.Apply>> light = new LinkedHashMap<>();
        for (Command command : commands) {
            switch (command) {
                case Command.Append _ -> {}
                case Command.Start(Work.Apply apply, boolean again)
                        when apply.isLight() && !again ->
                        light.computeIfAbsent(apply.node(), _ -> new ArrayList<>()).add(apply);
                case Command.Start start -> start(start);
                case Command.WakeAt(long token, long atMs) -> wakeAt(token, atMs);
                case Command.StopAll _ -> atWork.forEach(Thread::interrupt);
                case Command.Tell tell -> observer.told(tell);
                case Command.Visit visit -> observer.visits(visit);
                case Command.Postpone postpone -> observer.postpones(postpone);
                case Command.Answered answered -> observer.answered(answered);
                case Command.Finish(Totals totals) -> end = Optional.of(totals);
            }
        }
        light.values().forEach(this::startTogether);
        return end;
    }

    /// The clock is read once; from then on time goes by at its own pace, so that a clock that is
    /// set neither delays nor hurries a run.
    private long nowMs() {
        return beganMs + Duration.ofNanos(System.nanoTime() - beganNanos).toMillis();
    }

    private void start(Command.Start start) {
        carryOut(
                List.of(start.work()),
                () -> List.of(executor.execute(start.work(), start.again())));
    }

    private void startTogether(List<Work.Apply> works) {
        carryOut(works, () -> executor.together(works));
    }

    /// @param executed gives the report of each
    private void carryOut(List<? extends Work> works, Supplier<List<Report>> executed) {
        Thread thread =
                Thread.ofVirtual()
                        .name(works.getFirst().key().toString())
                        .unstarted(() -> {
                            List<Report> reports = reportsOf(works, executed);
                            atWork.remove(Thread.currentThread());
                            for (int i = 0; i < works.size(); i++) {
                                ended(works.get(i), reports.get(i));
                            }
                        });
        atWork.add(thread);
        thread.start();
    }

    private void ended(Work work, Report report) {
        try {
            keepLog(work, report);
        } finally {
            events.add(new Event.Ended(work.intent(), report, nowMs()));
        }
    }

    /// A log is no part of the truth: the run goes on without it when it cannot be kept. What was
    /// stopped must not hand its interrupt on to the store.
    private void keepLog(Work work, Report report) {
        boolean interrupted = Thread.interrupted();
        if (report.log().isEmpty()) {
            return;
        }
        try {
            journal.keepLog(logOf(work), report.log());
        } catch (RuntimeException lost) {
            logsLost.incrementAndGet();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// How many logs could not be kept.
    public int logsLost() {
        return logsLost.get();
    }

    /// Under which name the log of a piece of work is kept: a probe must not take the place of what
    /// it probes.
    public static String logOf(Work work) {
        return work instanceof Work.Probe ? work.intent() + HEALTH : work.intent();
    }

    /// What is added to an intent for the log of its last probe.
    public static final String HEALTH = "-health";

    /// An exception out of an executor is a bug of ours: it becomes the failure of those instances
    /// alone, with its stack in the log.
    private static List<Report> reportsOf(
            List<? extends Work> works, Supplier<List<Report>> executed) {
        try {
            return executed.get();
        } catch (RuntimeException | Error bug) {
            return works.stream().map(work -> internal(work, bug)).toList();
        }
    }

    private static Report internal(Work work, Throwable bug) {
        Failure failure =
                Failure.lasting(
                                "internal",
                                Failure.Fault.BUG,
                                "internal error in " + work.key() + ": " + bug)
                        .withHint("this is a bug in Ashlar; the log holds the details");
        return new Report.NotDone(failure, List.of(), Stack.of(bug));
    }

    private void wakeAt(long token, long atMs) {
        Thread.ofVirtual()
                .name("timer-" + token)
                .start(() -> {
                    try {
                        Thread.sleep(Duration.ofMillis(Math.max(0, atMs - nowMs())));
                        events.add(new Event.Woken(token, nowMs()));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
