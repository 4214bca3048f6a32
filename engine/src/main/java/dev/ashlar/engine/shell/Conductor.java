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
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// The thin shell around the core: one thread takes events and carries commands out; each piece of
/// work has a virtual thread of its own that feeds its end back as an event. Records are committed
/// in groups: everything that came in meanwhile goes into one append, and no work starts before the
/// append that holds its intent has returned.
public final class Conductor {
    private final Core core;
    private final Journal journal;
    private final Executor executor;
    private final Clock clock;
    private final Observer observer;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();

    public Conductor(
            Core core, Journal journal, Executor executor, Clock clock, Observer observer) {
        this.core = core;
        this.journal = journal;
        this.executor = executor;
        this.clock = clock;
        this.observer = observer;
    }

    /// Runs to the end.
    ///
    /// @throws InterruptedException when the calling thread is interrupted; what is in flight is
    ///   then stopped and the run can be resumed
    public Totals run() throws InterruptedException {
        events.add(new Event.Begin(clock.millis()));
        try {
            while (true) {
                Optional<Totals> end = carryOut(answerAll());
                if (end.isPresent()) {
                    return end.get();
                }
            }
        } finally {
            atWork.forEach(Thread::interrupt);
        }
    }

    /// Asks the run to end: nothing new starts; with `stopRunning` what runs is stopped too. From
    /// any thread, at any time.
    public void cancel(boolean stopRunning) {
        events.add(new Event.Cancelled(stopRunning, clock.millis()));
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
        for (Command command : commands) {
            switch (command) {
                case Command.Append _ -> {}
                case Command.Start start -> start(start);
                case Command.WakeAt(long token, long atMs) -> wakeAt(token, atMs);
                case Command.StopAll _ -> atWork.forEach(Thread::interrupt);
                case Command.Tell tell -> observer.told(tell);
                case Command.Finish(Totals totals) -> end = Optional.of(totals);
            }
        }
        return end;
    }

    private void start(Command.Start start) {
        String intent = start.work().intent();
        Thread thread =
                Thread.ofVirtual()
                        .name(start.work().key().toString())
                        .unstarted(() -> {
                            Report report = reportOf(start);
                            atWork.remove(Thread.currentThread());
                            if (!report.log().isEmpty()) {
                                journal.keepLog(intent, report.log());
                            }
                            events.add(new Event.Ended(intent, report, clock.millis()));
                        });
        atWork.add(thread);
        thread.start();
    }

    /// An exception out of an executor is a bug of ours: it becomes the failure of that one
    /// instance, with its stack in the log.
    private Report reportOf(Command.Start start) {
        try {
            return executor.execute(start.work(), start.again());
        } catch (RuntimeException | Error bug) {
            Failure failure =
                    Failure.lasting(
                                    "internal",
                                    Failure.Fault.BUG,
                                    "internal error in " + start.work().key() + ": " + bug)
                            .withHint("this is a bug in Ashlar; the log holds the details");
            return new Report.NotDone(failure, List.of(), Stack.of(bug));
        }
    }

    private void wakeAt(long token, long atMs) {
        Thread.ofVirtual()
                .name("timer-" + token)
                .start(() -> {
                    try {
                        Thread.sleep(Duration.ofMillis(Math.max(0, atMs - clock.millis())));
                        events.add(new Event.Woken(token, clock.millis()));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
