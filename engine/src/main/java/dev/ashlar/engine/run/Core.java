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
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

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
/// 5. every run ends: when nothing is in flight and nothing can start, [Command.Finish] is given;
/// 6. an event costs what it brings about, not what waits.
public final class Core {
    private static final int MAX_DOUBLINGS = 10;

    private final Settings settings;
    private final Past past;
    private final Set<InstanceKey> forced;
    private final Achieved achieved;
    private final Resolver resolver;
    private final Waits waits;
    private final Turns turns;
    private final Probing probing;
    private final Founders founders;
    private final Places places;
    private final Lobby lobby;
    private final SequencedMap<InstanceKey, Cell> cells;
    private final Map<String, Cell> byIntent = new HashMap<>();
    private final Timers timers = new Timers();
    private final Deque<Cell> toConsider = new ArrayDeque<>();
    private final Tally tally;
    private List<Command> commands = new ArrayList<>();
    private long nowMs;
    private long nextIntent;
    private boolean cancelled;
    private boolean stopped;
    private boolean finished;

    private Core(
            Settings settings,
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            SequencedMap<InstanceKey, Cell> cells) {
        this.settings = settings;
        this.past = past;
        this.forced = Set.copyOf(forced);
        this.cells = cells;
        this.achieved = new Achieved(graph);
        this.resolver = new Resolver(graph, past, achieved);
        this.waits = new Waits(graph, achieved);
        this.turns = new Turns(graph, past, cells.values());
        this.probing = new Probing(past, cells.values());
        this.founders = new Founders(graph, past);
        this.places = new Places(settings);
        this.lobby = new Lobby(places);
        this.tally = new Tally(past);
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
            case Event.Woken woken -> timers.ring(woken.token()).ifPresent(this::woken);
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
            lobby.addAll(turns.released());
            startDue();
        } while (!toConsider.isEmpty() || (isIdle() && !finished && breaksStall()));
        if (!finished && isIdle()) {
            finish();
        }
    }

    private boolean isIdle() {
        return places.isIdle() && timers.isIdle();
    }

    /// Nothing runs: those who wait only for each other's sake go on.
    private boolean breaksStall() {
        List<Cell> founding = probing.giveUpWaiting();
        founding.forEach(this::probeDue);
        return !founding.isEmpty() || turns.pass();
    }

    // ---- from pending to ready

    private void consider(Cell cell) {
        if (cell.phase != Phase.PENDING || cancelled) {
            return;
        }
        switch (cell.task) {
            case Cell.Task.Bring(Instance instance) -> resolve(cell, instance);
            case Cell.Task.TakeBack _ -> ready(cell);
        }
    }

    private void resolve(Cell cell, Instance instance) {
        switch (resolver.resolve(instance)) {
            case Resolution.Impossible(Failure failure) -> refused(cell, failure);
            case Resolution.Waiting(Set<Await> awaits) -> await(cell, awaits);
            case Resolution.Known known -> {
                cell.known = Optional.of(known);
                if (!known.awaits().isEmpty()) {
                    await(cell, known.awaits());
                } else if (stands(cell, known)) {
                    past.success(cell.key)
                            .ifPresent(success -> achieved(cell, Phase.SKIPPED, success));
                } else {
                    ready(cell);
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

    private void ready(Cell cell) {
        enter(cell, Phase.READY, "");
        lobby.add(cell);
    }

    // ---- from ready to running

    private void startDue() {
        for (Optional<Cell> next = lobby.next(); next.isPresent(); next = lobby.next()) {
            startOrKeep(next.get());
        }
    }

    private void startOrKeep(Cell cell) {
        Optional<InstanceKey> halt = turns.haltedBy(cell);
        if (halt.isPresent() && cell.phase == Phase.READY) {
            blocked(cell, halt.get());
        } else if (cell.phase == Phase.READY && !turns.admits(cell)) {
            return;
        } else if (!places.isFreeAt(cell)) {
            lobby.standAside(cell);
        } else if (cell.phase == Phase.READY) {
            start(cell);
        } else {
            probe(cell);
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
        Cell cell = byIntent.get(intent);
        if (cell == null || (cell.phase != Phase.RUNNING && cell.phase != Phase.PROBING)) {
            return;
        }
        places.give(cell);
        lobby.freed(cell);
        boolean wasProbe = cell.phase == Phase.PROBING;
        switch (report) {
            case Report.Done _ when wasProbe -> probePassed(cell);
            case Report.Done done -> applied(cell, done);
            case Report.NotDone notDone when wasProbe -> probeFailed(cell, notDone.failure());
            case Report.NotDone notDone -> notDone(cell, notDone);
            case Report.Stopped _ -> failed(cell, Mishap.stopped(), ownedSoFar(cell));
        }
    }

    private static List<Owned> ownedSoFar(Cell cell) {
        return cell.applied.map(Report.Done::owned).orElse(List.of());
    }

    /// After a cancel founders are not waited for, and after a stop nothing is asked any more; the
    /// intent stays open and is taken up again by the next run.
    private void applied(Cell cell, Report.Done done) {
        cell.applied = Optional.of(done);
        if (effect(cell) == Effect.UNDO || cell.health().isEmpty()) {
            succeeded(cell, done);
        } else if (stopped || (cancelled && probing.isFounding(cell))) {
            enter(cell, Phase.CANCELLED, "");
        } else {
            enter(cell, Phase.APPLIED, "");
        }
    }

    /// Every failed attempt is on record, so that nothing it brought about is forgotten.
    private void notDone(Cell cell, Report.NotDone notDone) {
        Optional<StepSpec.Policy> policy = cell.step().map(StepSpec::policy);
        int retries = policy.map(StepSpec.Policy::retries).orElse(0);
        if (notDone.failure().lasting() || cell.attempt > retries || cancelled) {
            failed(cell, notDone.failure(), notDone.owned());
            return;
        }
        append(failure(cell, notDone.failure(), notDone.owned()));
        long backoffMs = policy.map(p -> p.backoff().toMillis()).orElse(0L);
        long pauseMs = backoffMs << Math.min(cell.attempt - 1, MAX_DOUBLINGS);
        enter(cell, Phase.PAUSED, "again in " + pauseMs + " ms: " + notDone.failure().message());
        commands.add(timers.set(cell, nowMs + pauseMs));
    }

    private void woken(Cell cell) {
        if (cell.phase != Phase.PAUSED) {
            return;
        }
        if (cell.applied.isPresent()) {
            probeDue(cell);
        } else {
            ready(cell);
        }
    }

    // ---- health

    private void probeDue(Cell cell) {
        cell.probeDue = true;
        lobby.add(cell);
    }

    private void probe(Cell cell) {
        if (cell.phase == Phase.APPLIED) {
            cell.probeUntilMs = nowMs + cell.health().orElseThrow().within().toMillis();
        }
        cell.probeDue = false;
        places.take(cell);
        enter(cell, Phase.PROBING, "");
        cell.known
                .flatMap(Resolution.Known::probe)
                .ifPresent(
                        probe -> commands.add(new Command.Start(probe.apply(cell.intent), false)));
    }

    private void probePassed(Cell cell) {
        cell.passes++;
        StepSpec.Health health = cell.health().orElseThrow();
        if (cell.passes >= health.consecutive()) {
            succeeded(cell, cell.applied.orElseThrow());
        } else {
            pauseProbe(cell, health, "healthy " + cell.passes + " of " + health.consecutive());
        }
    }

    private void probeFailed(Cell cell, Failure failure) {
        cell.passes = 0;
        StepSpec.Health health = cell.health().orElseThrow();
        if (nowMs < cell.probeUntilMs) {
            pauseProbe(cell, health, "not healthy yet");
        } else {
            failed(cell, Mishap.unhealthy(health, failure), ownedSoFar(cell));
        }
    }

    private void pauseProbe(Cell cell, StepSpec.Health health, String detail) {
        if (stopped) {
            enter(cell, Phase.CANCELLED, "");
            return;
        }
        enter(cell, Phase.PAUSED, detail);
        commands.add(timers.set(cell, nowMs + health.every().toMillis()));
    }

    // ---- ends

    private void succeeded(Cell cell, Report.Done done) {
        if (!done.changed().isEmpty()) {
            tally.changed++;
        }
        append(Records.succeeded(settings.run(), cell, effect(cell), done, nowMs));
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
        tally.achieved(phase, success);
        cell.dependents.forEach(this::met);
        for (Await now : achieved.achieve(success)) {
            toConsider.addAll(waits.release(now));
            if (now instanceof Await.Gathered(String use, Holds holds) && holds == Holds.ALL) {
                founders.passed(settings.run(), use, nowMs).ifPresent(this::append);
                probing.foundedNow(use);
            }
        }
    }

    private void met(Cell dependent) {
        dependent.unmet--;
        if (dependent.unmet == 0) {
            toConsider.add(dependent);
        }
    }

    private JournalRecord failure(Cell cell, Failure failure, List<Owned> owned) {
        return new JournalRecord.Failed(
                settings.run(), cell.key, cell.intent, effect(cell), failure, owned, nowMs);
    }

    private void failed(Cell cell, Failure failure, List<Owned> owned) {
        append(failure(cell, failure, owned));
        cell.cause = Optional.of(cell.key);
        enter(cell, Phase.FAILED, failure.message(), Optional.of(failure));
        lose(cell, cell.key);
    }

    /// It fails before anything is tried.
    private void refused(Cell cell, Failure failure) {
        cell.intent = newIntent();
        failed(cell, failure, List.of());
    }

    private void blocked(Cell cell, InstanceKey cause) {
        if (!cell.phase.isEnd()) {
            cell.cause = Optional.of(cause);
            enter(cell, Phase.BLOCKED, "by " + cause);
            lose(cell, cause);
        }
    }

    /// Blocks all that depends on what was lost, however long the chain.
    private void lose(Cell first, InstanceKey cause) {
        Deque<Cell> lost = new ArrayDeque<>(List.of(first));
        while (!lost.isEmpty()) {
            Cell cell = lost.poll();
            List<Cell> next = new ArrayList<>(cell.dependents);
            if (cell.task instanceof Cell.Task.Bring) {
                next.addAll(waits.lose(cell.key, cause));
            }
            for (Cell dependent : next) {
                if (!dependent.phase.isEnd()) {
                    dependent.cause = Optional.of(cause);
                    enter(dependent, Phase.BLOCKED, "by " + cause);
                    lost.add(dependent);
                }
            }
        }
    }

    // ---- cancel and finish

    private void cancel(boolean stopRunning) {
        cancelled = true;
        stopped |= stopRunning;
        for (Cell cell : cells.values()) {
            boolean ends =
                    switch (cell.phase) {
                        case READY -> true;
                        case APPLIED -> stopped || probing.isFounding(cell);
                        case PAUSED -> stopped || cell.applied.isEmpty();
                        case PENDING,
                                RUNNING,
                                PROBING,
                                SUCCEEDED,
                                SKIPPED,
                                FAILED,
                                BLOCKED,
                                CANCELLED ->
                                false;
                    };
            if (ends) {
                enter(cell, Phase.CANCELLED, "");
            }
        }
        timers.forgetEnded();
        if (stopRunning) {
            commands.add(new Command.StopAll());
        }
    }

    private void finish() {
        finished = true;
        for (Cell cell : cells.values()) {
            if (!cell.phase.isEnd()) {
                if (cancelled) {
                    enter(cell, Phase.CANCELLED, "");
                } else {
                    refused(cell, Mishap.stuck(cell.key));
                }
            }
        }
        Totals totals = tally.totals(cells.values());
        append(tally.ended(settings.run(), totals, nowMs));
        commands.add(new Command.Finish(totals));
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
        turns.changed(cell, phase);
        commands.add(new Command.Tell(cell.key, phase, detail, failure));
        probing.changed(cell, before, phase).forEach(this::probeDue);
    }
}
