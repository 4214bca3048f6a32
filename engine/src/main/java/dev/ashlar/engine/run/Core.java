package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Interrupted;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// The core of a run: takes one event at a time and answers with commands. Deterministic: the same
/// past, graph and events give the same commands, so that a run can be simulated, replayed and
/// resumed. Does no IO, reads no clock, starts no thread. Confined to one thread.
///
/// Invariants:
/// 1. no [Command.Start] without an [JournalRecord.Intended] before it in the same or an earlier
///    answer;
/// 2. an instance starts only when its order edges are met and all its inputs are known and hold;
/// 3. a member that was founded before changes only inside its node's turn;
/// 4. one failure blocks its dependents and nothing else;
/// 5. every run ends: when nothing is in flight and nothing can start, [Command.Finish] is given.
public final class Core {
    private final Settings settings;
    private final Graph graph;
    private final Past past;
    private final Set<InstanceKey> forced;
    private final Achieved achieved;
    private final Resolver resolver;
    private final Waits waits;
    private final Turns turns;
    private final Probing probing;
    private final Places places;
    private final SequencedMap<InstanceKey, Cell> cells;
    private final Map<String, Cell> byIntent = new HashMap<>();
    private final Map<Long, Cell> timers = new HashMap<>();
    private final Deque<Cell> toConsider = new ArrayDeque<>();
    private final Set<Cell> ready = new LinkedHashSet<>();
    private final Tally tally = new Tally();
    private List<Command> commands = new ArrayList<>();
    private long nowMs;
    private long nextTimer;
    private long nextIntent;
    private boolean cancelled;
    private boolean finished;

    private Core(
            Settings settings,
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            SequencedMap<InstanceKey, Cell> cells) {
        this.settings = settings;
        this.graph = graph;
        this.past = past;
        this.forced = Set.copyOf(forced);
        this.cells = cells;
        this.achieved = new Achieved(graph);
        this.resolver = new Resolver(graph, past, achieved);
        this.waits = new Waits(graph, achieved);
        this.turns = new Turns(graph, past);
        this.probing = new Probing(past, cells.values());
        this.places = new Places(settings);
    }

    /// A run that brings everything in the graph about.
    ///
    /// @param forced instances that run even if their inputs are unchanged
    public static Core up(Settings settings, Graph graph, Past past, Set<InstanceKey> forced) {
        return new Core(settings, graph, past, forced, Agenda.bringing(graph));
    }

    /// A run that takes everything on record back, in reverse of the recorded order.
    ///
    /// @param whole nodes that are given back with everything on them
    public static Core down(Settings settings, Graph graph, Past past, Set<String> whole) {
        return new Core(settings, graph, past, Set.of(), Agenda.takingBack(past, whole));
    }

    /// Takes an event; the commands are to be carried out in order.
    public List<Command> handle(Event event) {
        commands = new ArrayList<>();
        nowMs = Math.max(nowMs, event.atMs());
        switch (event) {
            case Event.Begin _ -> begin();
            case Event.Ended ended -> ended(ended.intent(), ended.report());
            case Event.Woken woken -> woken(woken.token());
            case Event.Cancelled cancel -> cancel(cancel.stopRunning());
        }
        settle();
        return commands;
    }

    /// Where each instance is, in the order of the files.
    public Phase phase(InstanceKey key) {
        Cell cell = cells.get(key);
        return cell == null ? Phase.PENDING : cell.phase;
    }

    public Collection<InstanceKey> instances() {
        return cells.keySet();
    }

    /// The resolver of this run, for what is shown at its end.
    public Resolver resolver() {
        return resolver;
    }

    private void begin() {
        cells.values().stream().filter(cell -> cell.unmet == 0).forEach(toConsider::add);
    }

    private void settle() {
        do {
            while (!toConsider.isEmpty()) {
                consider(toConsider.poll());
            }
            turns.endIdle();
            startReady();
        } while (!toConsider.isEmpty());
        if (!finished && places.isIdle() && timers.isEmpty() && probing.isIdle()) {
            finish();
        }
    }

    // ---- from pending to ready

    private void consider(Cell cell) {
        if (cell.phase != Phase.PENDING || cancelled) {
            return;
        }
        switch (cell.task) {
            case Cell.Task.Bring(Instance instance) -> resolve(cell, instance);
            case Cell.Task.TakeBack _ -> enter(cell, Phase.READY, "");
        }
    }

    private void resolve(Cell cell, Instance instance) {
        switch (resolver.resolve(instance)) {
            case Resolution.Impossible(Failure failure) -> {
                cell.intent = newIntent();
                failed(cell, failure, List.of());
            }
            case Resolution.Waiting(Set<Await> awaits) -> await(cell, awaits);
            case Resolution.Known known -> {
                cell.known = Optional.of(known);
                if (!known.awaits().isEmpty()) {
                    await(cell, known.awaits());
                } else if (stands(cell, known)) {
                    past.success(cell.key)
                            .ifPresent(success -> achieved(cell, Phase.SKIPPED, success));
                } else {
                    enter(cell, Phase.READY, "");
                }
            }
        }
    }

    private boolean stands(Cell cell, Resolution.Known known) {
        return past.interrupted(cell.key).isEmpty()
                && !forced.contains(cell.key)
                && past.success(cell.key)
                        .filter(success -> !success.tainted())
                        .filter(success -> success.fingerprint().equals(known.fingerprint()))
                        .isPresent();
    }

    private void await(Cell cell, Set<Await> awaits) {
        waits.add(cell, awaits).ifPresent(cause -> blocked(cell, cause));
    }

    // ---- from ready to running

    private void startReady() {
        if (cancelled) {
            return;
        }
        for (Cell cell : List.copyOf(ready)) {
            if (turns.governs(cell)) {
                Optional<InstanceKey> halt = turns.haltedBy(cell);
                if (halt.isPresent()) {
                    blocked(cell, halt.get());
                    continue;
                }
            }
            if (places.isFree(cell) && (!turns.governs(cell) || turns.admits(cell))) {
                start(cell);
            }
        }
    }

    private void start(Cell cell) {
        Effect effect = effect(cell);
        Optional<Interrupted> open =
                past.interrupted(cell.key)
                        .filter(_ -> cell.attempt == 0)
                        .filter(i -> i.effect() == effect)
                        .filter(i -> i.fingerprint().equals(fingerprint(cell)));
        cell.again = open.isPresent();
        cell.intent = open.map(Interrupted::intent).orElseGet(this::newIntent);
        cell.attempt++;
        if (cell.attempt == 1 && past.interrupted(cell.key).isPresent()) {
            tally.resumed++;
        }
        append(
                new JournalRecord.Intended(
                        settings.run(),
                        cell.key,
                        cell.intent,
                        effect,
                        cell.attempt,
                        fingerprint(cell),
                        nowMs));
        byIntent.put(cell.intent, cell);
        places.take(cell);
        enter(cell, Phase.RUNNING, cell.attempt > 1 ? "attempt " + cell.attempt : "");
        commands.add(new Command.Start(Works.of(cell), cell.again));
    }

    private static Effect effect(Cell cell) {
        return cell.task instanceof Cell.Task.Bring ? Effect.DO : Effect.UNDO;
    }

    private static String fingerprint(Cell cell) {
        return cell.known.map(Resolution.Known::fingerprint).orElse("");
    }

    private String newIntent() {
        nextIntent++;
        return settings.lineage() + "-" + settings.run() + "-" + nextIntent;
    }

    // ---- what comes back

    private void ended(String intent, Report report) {
        Cell cell = byIntent.remove(intent);
        if (cell == null) {
            return;
        }
        places.give(cell);
        if (cell.phase.isEnd()) {
            return;
        }
        boolean wasProbe = cell.phase == Phase.PROBING;
        switch (report) {
            case Report.Done done when wasProbe -> probePassed(cell);
            case Report.Done done -> applied(cell, done);
            case Report.NotDone notDone when wasProbe -> probeFailed(cell, notDone.failure());
            case Report.NotDone notDone -> notDone(cell, notDone);
            case Report.Stopped _ ->
                    failed(
                            cell,
                            Failure.passing("stopped", Failure.Fault.USER, "stopped on request"),
                            List.of());
        }
    }

    private void applied(Cell cell, Report.Done done) {
        cell.applied = Optional.of(done);
        if (effect(cell) == Effect.DO && cell.health().isPresent()) {
            enter(cell, Phase.APPLIED, "");
        } else {
            succeeded(cell);
        }
    }

    private void notDone(Cell cell, Report.NotDone notDone) {
        Optional<StepSpec.Policy> policy = cell.step().map(StepSpec::policy);
        int retries = policy.map(StepSpec.Policy::retries).orElse(0);
        if (notDone.failure().lasting() || cell.attempt > retries || cancelled) {
            failed(cell, notDone.failure(), notDone.owned());
            return;
        }
        long backoffMs = policy.map(p -> p.backoff().toMillis()).orElse(0L);
        long pauseMs = backoffMs << Math.min(cell.attempt - 1, MAX_DOUBLINGS);
        enter(cell, Phase.PAUSED, "again in " + pauseMs + " ms: " + notDone.failure().message());
        wakeAt(cell, nowMs + pauseMs);
    }

    private static final int MAX_DOUBLINGS = 10;

    private void woken(long token) {
        Cell cell = timers.remove(token);
        if (cell == null || cell.phase != Phase.PAUSED) {
            return;
        }
        if (cell.applied.isPresent()) {
            probe(cell);
        } else if (!cancelled) {
            enter(cell, Phase.READY, "");
        } else {
            enter(cell, Phase.CANCELLED, "");
        }
    }

    private void wakeAt(Cell cell, long atMs) {
        nextTimer++;
        timers.put(nextTimer, cell);
        commands.add(new Command.WakeAt(nextTimer, atMs));
    }

    // ---- health

    private void probe(Cell cell) {
        Function<String, Work> probe = cell.known.flatMap(Resolution.Known::probe).orElseThrow();
        cell.asked++;
        String intent = cell.intent + "-health-" + cell.asked;
        byIntent.put(intent, cell);
        places.take(cell);
        enter(cell, Phase.PROBING, "");
        commands.add(new Command.Start(probe.apply(intent), false));
    }

    private void probePassed(Cell cell) {
        cell.passes++;
        StepSpec.Health health = cell.health().orElseThrow();
        if (cell.passes >= health.consecutive()) {
            succeeded(cell);
        } else {
            pauseProbe(cell, health, "healthy " + cell.passes + " of " + health.consecutive());
        }
    }

    private void probeFailed(Cell cell, Failure failure) {
        cell.passes = 0;
        StepSpec.Health health = cell.health().orElseThrow();
        if (nowMs < cell.probeUntilMs) {
            pauseProbe(cell, health, "not healthy yet");
            return;
        }
        String within = health.within().toSeconds() + " s";
        failed(
                cell,
                new Failure(
                        "unhealthy",
                        Failure.Fault.NODE,
                        false,
                        "not healthy within " + within + ": " + failure.message(),
                        failure.command(),
                        failure.exitCode(),
                        failure.lastOutput(),
                        failure.hint()),
                cell.applied.map(Report.Done::owned).orElse(List.of()));
    }

    private void pauseProbe(Cell cell, StepSpec.Health health, String detail) {
        enter(cell, Phase.PAUSED, detail);
        wakeAt(cell, nowMs + health.every().toMillis());
    }

    // ---- ends

    private void succeeded(Cell cell) {
        Report.Done done = cell.applied.orElseThrow();
        if (!done.changed().isEmpty()) {
            tally.changed++;
        }
        JournalRecord.Succeeded entry =
                Records.succeeded(settings.run(), cell, effect(cell), done, nowMs);
        append(entry);
        if (effect(cell) == Effect.UNDO) {
            enter(cell, Phase.SUCCEEDED, String.join(", ", done.changed()));
            cell.dependents.forEach(this::met);
            return;
        }
        past.success(cell.key).ifPresent(success -> achieved(cell, Phase.SUCCEEDED, success));
    }

    private void achieved(Cell cell, Phase phase, Success success) {
        enter(
                cell,
                phase,
                String.join(", ", cell.applied.map(Report.Done::changed).orElse(List.of())));
        cell.dependents.forEach(this::met);
        for (Await now : achieved.achieve(success)) {
            toConsider.addAll(waits.release(now));
            if (now instanceof Await.Gathered(String use, Holds holds) && holds == Holds.ALL) {
                found(use);
            }
        }
    }

    private void met(Cell dependent) {
        dependent.unmet--;
        if (dependent.unmet == 0) {
            toConsider.add(dependent);
        }
    }

    private void found(String use) {
        UseSpec spec = graph.composition().uses().get(use);
        if (spec != null && !past.isFounded(use) && !graph.members(use).isEmpty()) {
            JournalRecord.Founded entry =
                    new JournalRecord.Founded(settings.run(), use, graph.members(use), nowMs);
            append(entry);
            probing.foundedNow(use);
        }
    }

    private void failed(Cell cell, Failure failure, List<Owned> owned) {
        JournalRecord.Failed entry =
                new JournalRecord.Failed(
                        settings.run(), cell.key, cell.intent, effect(cell), failure, owned, nowMs);
        append(entry);
        enter(cell, Phase.FAILED, failure.message(), Optional.of(failure));
        lose(cell, cell.key);
    }

    private void blocked(Cell cell, InstanceKey cause) {
        if (cell.phase.isEnd()) {
            return;
        }
        enter(cell, Phase.BLOCKED, "by " + cause);
        lose(cell, cause);
    }

    private void lose(Cell cell, InstanceKey cause) {
        cell.dependents.forEach(dependent -> blocked(dependent, cause));
        if (cell.task instanceof Cell.Task.Bring) {
            waits.lose(cell.key, cause).forEach(waiting -> blocked(waiting, cause));
        }
    }

    // ---- cancel and finish

    private void cancel(boolean stopRunning) {
        cancelled = true;
        for (Cell cell : cells.values()) {
            switch (cell.phase) {
                case READY, APPLIED -> enter(cell, Phase.CANCELLED, "");
                case PAUSED -> {
                    if (cell.applied.isEmpty() || stopRunning) {
                        enter(cell, Phase.CANCELLED, "");
                    }
                }
                case PENDING, RUNNING, PROBING, SUCCEEDED, SKIPPED, FAILED, BLOCKED, CANCELLED -> {}
            }
        }
        timers.values().removeIf(cell -> cell.phase.isEnd());
        if (stopRunning) {
            commands.add(new Command.StopAll());
        }
    }

    private void finish() {
        finished = true;
        for (Cell cell : cells.values()) {
            if (cell.phase == Phase.PENDING || cell.phase == Phase.READY) {
                leftOver(cell);
            }
        }
        Totals totals = tally.totals(cells.values());
        String outcome = totals.isDone() ? "done" : totals.cancelled() > 0 ? "cancelled" : "failed";
        boolean verified = totals.isDone() && totals.skipped() == 0;
        append(
                new JournalRecord.RunEnded(
                        settings.run(),
                        outcome,
                        totals.ran(),
                        totals.skipped(),
                        totals.failed(),
                        totals.blocked(),
                        verified,
                        nowMs));
        commands.add(new Command.Finish(totals));
    }

    private void leftOver(Cell cell) {
        if (cancelled) {
            enter(cell, Phase.CANCELLED, "");
            return;
        }
        cell.intent = newIntent();
        failed(
                cell,
                Failure.lasting(
                        "stuck",
                        Failure.Fault.BUG,
                        "nothing runs and " + cell.key + " still waits; this should be impossible"),
                List.of());
    }

    /// State is the fold of the records: what is appended is applied, here as after a crash.
    private void append(JournalRecord entry) {
        past.apply(entry);
        commands.add(new Command.Append(entry));
    }

    private void enter(Cell cell, Phase phase, String detail) {
        enter(cell, phase, detail, Optional.empty());
    }

    /// The one place where phases change, so that every book that is kept on them is kept here.
    private void enter(Cell cell, Phase phase, String detail, Optional<Failure> failure) {
        Phase before = cell.phase;
        cell.phase = phase;
        if (phase == Phase.READY) {
            ready.add(cell);
        } else if (before == Phase.READY) {
            ready.remove(cell);
        }
        turns.changed(cell, before, phase);
        commands.add(new Command.Tell(cell.key, phase, detail, failure));
        for (Cell due : probing.changed(cell, before, phase)) {
            startProbing(due);
        }
    }

    private void startProbing(Cell cell) {
        if (cell.phase != Phase.APPLIED) {
            return;
        }
        if (cancelled) {
            enter(cell, Phase.CANCELLED, "");
            return;
        }
        cell.probeUntilMs = nowMs + cell.health().orElseThrow().within().toMillis();
        probe(cell);
    }
}
