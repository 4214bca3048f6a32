package dev.ashlar.simulation;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Event;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.simulation.fleet.Fleet;
import dev.ashlar.simulation.referee.Referee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SequencedMap;

/// One life of a controller: from the beginning of a run to its end or the controller's death, in
/// virtual time on one thread.
final class Life {
    private static final int EVENTS_PER_INSTANCE = 400;

    private sealed interface Due {
        long atMs();

        long number();
    }

    /// @param crashes its node goes down then
    private record Ends(long atMs, long number, Command.Start start, boolean crashes)
            implements Due {}

    private record Boots(long atMs, long number, String node) implements Due {}

    private record Wakes(long atMs, long number, long token) implements Due {}

    private record Stops(long atMs, long number, String intent, List<Owned> owned) implements Due {}

    private final Core core;
    private final List<JournalRecord> journal;
    private final Fleet fleet;
    private final Optional<Referee> referee;
    private final Tampering tampering;
    private final Mishaps mishaps;
    private final SimulationOptions options;
    private final Trace trace = new Trace();
    private final Profiler profiler;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(
                    java.util.Comparator.comparingLong(Due::atMs).thenComparingLong(Due::number));
    private final Map<String, Ends> running = new LinkedHashMap<>();
    private final Map<InstanceKey, Failure> failures = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final long startMs;
    private long nowMs;
    private long number;
    private int events;
    private int records;
    private int timers;
    private boolean dead;
    private boolean amended;
    private Optional<Totals> totals = Optional.empty();

    Life(
            Core core,
            List<JournalRecord> journal,
            Fleet fleet,
            Optional<Referee> referee,
            Tampering tampering,
            SimulationOptions options,
            long startMs) {
        this.core = core;
        this.journal = journal;
        this.fleet = fleet;
        this.referee = referee;
        this.tampering = tampering;
        this.options = options;
        this.mishaps = new Mishaps(options, core.instances());
        this.profiler = new Profiler(options.parallel(), options.perNode());
        this.startMs = startMs;
        this.nowMs = startMs;
    }

    Timeline live() {
        int most = 1_000 + EVENTS_PER_INSTANCE * core.instances().size();
        take(new Event.Begin(nowMs));
        while (totals.isEmpty() && !dead) {
            Due due = queue.poll();
            if (due == null || events > most) {
                violations.add("the run does not end: " + stuck());
                break;
            }
            nowMs = Math.max(nowMs, due.atMs());
            switch (due) {
                case Ends ends when ends.crashes() -> crash(ends);
                case Ends ends -> ends(ends);
                case Boots boots -> fleet.power().boots(boots.node());
                case Wakes wakes -> {
                    timers--;
                    profiler.woken(wakes.token());
                    take(new Event.Woken(wakes.token(), nowMs));
                }
                case Stops stops -> answer(stops.intent(), new Report.Stopped(stops.owned(), ""));
            }
            befall();
        }
        fleet.power().bootAll();
        if (totals.isPresent()) {
            referee.ifPresent(Referee::finished);
        }
        referee.map(Referee::violations).ifPresent(violations::addAll);
        return timeline();
    }

    private String stuck() {
        return core.instances().stream()
                .filter(key -> !core.phase(key).isEnd())
                .limit(5)
                .map(key -> key + " " + core.phase(key))
                .toList()
                .toString();
    }

    // ---- what the core says

    private void take(Event event) {
        events++;
        Optional<Event> heard = tampering.event(event);
        if (heard.isPresent()) {
            carryOut(tampering.commands(core.handle(heard.get())));
        }
    }

    private void carryOut(List<Command> commands) {
        // One answer lets all go at once that waited for each other's sake.
        boolean idle = running.isEmpty() && timers == 0;
        referee.ifPresent(r -> r.answers(idle));
        if (tampering.startsFirst()) {
            commands.forEach(this::act);
        }
        for (Command command : commands) {
            if (command instanceof Command.Append(JournalRecord entry) && !dead) {
                trace.add(nowMs, command);
                journal.add(entry);
                referee.ifPresent(r -> r.durable(entry));
                records++;
                dead = hasCome(Fault.CONTROLLER_CRASH);
            }
        }
        if (dead) {
            die();
        } else if (!tampering.startsFirst()) {
            commands.forEach(this::act);
        }
        if (hasCome(Fault.AMEND) && !amended) {
            amend();
        }
        if (hasCome(Fault.CANCEL) && mishaps.cancelsNow()) {
            cancel(false);
        }
    }

    private boolean hasCome(Fault interruption) {
        return records >= options.interruptions().getOrDefault(interruption, Integer.MAX_VALUE);
    }

    private void act(Command command) {
        if (!(command instanceof Command.Append)) {
            trace.add(nowMs, command);
        }
        profiler.said(command, nowMs);
        referee.ifPresent(r -> r.told(command));
        switch (command) {
            case Command.Append _, Command.Visit _, Command.Answered _, Command.Postpone _ -> {}
            case Command.Start start -> start(start);
            case Command.WakeAt(long token, long atMs) -> {
                timers++;
                queue.add(new Wakes(atMs, number++, token));
            }
            case Command.StopAll _ -> stopAll();
            case Command.Tell tell ->
                    tell.failure().ifPresent(failure -> failures.put(tell.key(), failure));
            case Command.Finish(Totals all) -> totals = Optional.of(all);
        }
    }

    private void start(Command.Start start) {
        referee.ifPresent(r -> r.started(start.work(), nowMs));
        long lastsMs = mishaps.durationMs(start.work());
        Optional<Long> crash = mishaps.crashesAfterMs(start.work(), lastsMs);
        Ends ends = new Ends(nowMs + crash.orElse(lastsMs), number++, start, crash.isPresent());
        running.put(start.work().intent(), ends);
        queue.add(ends);
    }

    private void stopAll() {
        for (Ends ends : List.copyOf(running.values())) {
            queue.remove(ends);
            List<Owned> owned = mishaps.cutOff(fleet, ends.start().work());
            queue.add(new Stops(nowMs + 1, number++, ends.start().work().intent(), owned));
        }
    }

    // ---- what comes back

    private void ends(Ends ends) {
        Work work = ends.start().work();
        fleet.at(nowMs);
        answer(work.intent(), mishaps.carryOut(fleet, work, nowMs));
    }

    /// A node goes down: what is carried out there is cut off anywhere, and nobody hears how.
    private void crash(Ends first) {
        String node = Mishaps.place(first.start().work()).orElseThrow();
        trace.add(nowMs, node + " goes down");
        fleet.at(nowMs);
        List<Work> there =
                running.values().stream()
                        .map(ends -> ends.start().work())
                        .filter(work -> Mishaps.place(work).equals(Optional.of(node)))
                        .toList();
        queue.removeIf(due -> due instanceof Ends ends && there.contains(ends.start().work()));
        there.forEach(work -> mishaps.cutOff(fleet, work));
        fleet.power().goesDown(node);
        queue.add(new Boots(mishaps.goesDown(node, nowMs), number++, node));
        for (Work work : there) {
            if (running.containsKey(work.intent())) {
                answer(work.intent(), Mishaps.cutLine());
            }
        }
    }

    private void answer(String intent, Report report) {
        running.remove(intent);
        profiler.ended(intent, nowMs);
        referee.ifPresent(r -> r.answered(intent, report));
        trace.add(nowMs, intent + " " + report.getClass().getSimpleName());
        take(new Event.Ended(intent, report, nowMs));
    }

    private void befall() {
        if (dead || totals.isPresent()) {
            return;
        }
        if (mishaps.crashesAt(events)) {
            dead = true;
            die();
        } else if (mishaps.amendsAt(events)) {
            amend();
        } else if (mishaps.cancelsAt(events)) {
            cancel(false);
        } else if (mishaps.stopsAt(events)) {
            cancel(true);
        }
        mishaps.outages(events, nowMs);
    }

    private void cancel(boolean stop) {
        mishaps.strike(Fault.CANCEL);
        referee.ifPresent(Referee::cancelled);
        trace.add(nowMs, "cancel" + (stop ? " and stop" : ""));
        take(new Event.Cancelled(stop, nowMs));
    }

    private void amend() {
        amended = true;
        mishaps.strike(Fault.AMEND);
        referee.ifPresent(Referee::cancelled);
        trace.add(nowMs, "amend");
        take(new Event.Amended(nowMs));
    }

    /// What is in flight is cut off anywhere: not begun, half done, done without an answer.
    private void die() {
        mishaps.strike(Fault.CONTROLLER_CRASH);
        trace.add(nowMs, "the controller dies");
        running.values().forEach(ends -> mishaps.cutOff(fleet, ends.start().work()));
        running.clear();
        queue.clear();
    }

    private Timeline timeline() {
        SequencedMap<InstanceKey, Phase> phases = new LinkedHashMap<>();
        core.instances().forEach(key -> phases.put(key, core.phase(key)));
        return new Timeline(
                totals,
                nowMs - startMs,
                events,
                phases,
                failures,
                trace.lines(),
                trace.digest(),
                mishaps.struck(),
                profiler.profile(nowMs),
                violations);
    }
}
