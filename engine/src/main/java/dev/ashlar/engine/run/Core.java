package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.engine.resolve.Inquiry;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The core of a run: takes one event at a time and answers with commands. Deterministic: the same
/// past, graph and events give the same commands, so that a run can be simulated, replayed and
/// resumed. Does no IO, reads no clock, starts no thread. Confined to one thread.
///
/// Invariants:
/// 1. no [Command.Start] of anything that has an effect without an [JournalRecord.Intended] before
///    it in the same or an earlier answer;
/// 2. an instance starts only when its order edges are met and all its inputs are known and hold;
/// 3. a member that was founded before changes only inside its node's turn, no turn is given before
///    all members of its group have been asked for their health, and none is over before all that
///    tells of the node's has been asked since the last thing that was done there;
/// 4. one failure blocks its dependents and nothing else, and nothing that is left out starts;
/// 5. every run ends: when nothing is in flight and nothing can start, [Command.Finish] is given;
/// 6. an event costs what it brings about, not what waits.
public final class Core {
    private final Settings settings;
    private final Standing standing;
    private final Selection selection;
    private final Resolver resolver;
    private final Turns turns;
    private final Probing probing;
    private final Places places;
    private final Lobby lobby;
    private final Desk desk;
    private final Outcomes outcomes;
    private final Health health;
    private final Looks looks;
    private final Rounds rounds;
    private final Closing closing;
    private final Sponsorship sponsorship;
    private final Renewals renewals;
    private final List<Cell> cells;
    private final Map<InstanceKey, Cell> byKey = new LinkedHashMap<>();
    private final Attempts attempts;
    private final Timers timers = new Timers();
    private final Deque<Cell> toConsider = new ArrayDeque<>();
    private final Tally tally;
    private boolean cancelled;
    private boolean stopped;
    private boolean finished;

    private Core(
            Settings settings,
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            Selection selection,
            Set<String> whole) {
        this.settings = settings;
        this.standing = new Standing(past, forced);
        Removals removals = Removals.of(graph, past);
        this.selection = removals.closed(selection);
        this.cells = Agenda.of(graph, past, removals, whole);
        cells.forEach(cell -> byKey.putIfAbsent(cell.key, cell));
        Achieved achieved = new Achieved(graph);
        this.resolver = new Resolver(graph, past, achieved);
        this.turns = new Turns(new Seating(graph, past, removals, this.selection, cells));
        this.probing = new Probing(past, turns, cells);
        this.places = new Places(settings);
        this.lobby = new Lobby(places);
        this.tally = new Tally(past);
        this.desk = new Desk(settings, past, turns, probing, lobby);
        this.outcomes =
                new Outcomes(
                        desk, graph, past, achieved, probing, tally, this.selection, toConsider);
        this.sponsorship = new Sponsorship(graph, past, resolver, this.selection, turns, outcomes);
        this.renewals = new Renewals(desk, graph, past, this.selection, resolver, outcomes, lobby);
        this.health = new Health(desk, places, timers, outcomes);
        this.looks = new Looks(graph, past, places, lobby);
        this.rounds = new Rounds(desk, turns, looks, timers);
        this.closing = new Closing(desk, turns, looks, timers, outcomes);
        this.attempts = new Attempts(settings, desk, past, places, timers, outcomes, tally, cells);
    }

    /// A run that brings about what is in the graph and takes back what is on record and not in it,
    /// as far as it is selected.
    ///
    /// @param forced instances that run even if their inputs are unchanged
    /// @param whole nodes that are given back with everything on them, where they are not in the
    ///   graph
    public static Core up(
            Settings settings,
            Graph graph,
            Past past,
            Set<InstanceKey> forced,
            Selection selection,
            Set<String> whole) {
        return new Core(settings, graph, past, forced, selection, whole);
    }

    /// A run that takes everything on record back, in reverse of the recorded order.
    ///
    /// @param cluster its name
    public static Core down(Settings settings, String cluster, Past past, Set<String> whole) {
        Graph nothing = Graph.of(Composition.empty(cluster));
        return up(settings, nothing, past, Set.of(), Selection.WHOLE, whole);
    }

    /// Takes an event; the commands are to be carried out in order.
    public List<Command> handle(Event event) {
        desk.open(event.atMs());
        switch (event) {
            case Event.Begin _ -> begin();
            case Event.Ended ended -> ended(ended.intent(), ended.report());
            case Event.Woken woken -> timers.ring(woken.token()).ifPresent(this::woken);
            case Event.Cancelled cancel -> cancel(cancel.stopRunning());
            case Event.Amended _ -> amend();
        }
        settle();
        return desk.commands();
    }

    /// Where an instance is; of one that is taken back and brought about anew, the latter.
    public Phase phase(InstanceKey key) {
        Cell cell = byKey.get(key);
        return cell == null ? Phase.PENDING : cell.phase;
    }

    /// What is to be brought about, in the order of the files, then what is to be taken back; what
    /// is replaced is in both.
    public List<InstanceKey> instances() {
        return cells.stream().map(cell -> cell.key).toList();
    }

    /// What can be told of this run's instances and uses, as far as it has come.
    public Inquiry inquiry() {
        return resolver.inquiry();
    }

    private void begin() {
        cells.stream().filter(cell -> cell.unmet == 0).forEach(toConsider::add);
    }

    /// A turn that ends badly lets cells go that end others' turns in their turn: only when nobody
    /// is let go any more does nothing move.
    private void settle() {
        boolean moved;
        do {
            while (!toConsider.isEmpty()) {
                consider(toConsider.poll());
            }
            // Who is visited is asked by the visit first, unless there is nobody to ask.
            rounds.begin();
            closing.begin();
            turns.answers().forEach(outcomes::ready);
            List<Cell> released = turns.released();
            lobby.addAll(released);
            startDue();
            moved = !toConsider.isEmpty() || !released.isEmpty() || !turns.toVisit().isEmpty();
        } while (moved || (isIdle() && !finished && breaksStall()));
        if (!finished && isIdle()) {
            finish();
        }
    }

    private boolean isIdle() {
        return places.isIdle() && timers.isIdle();
    }

    /// Nothing runs: those who wait only for each other's sake go on, and those who wait for what
    /// will not be hear of it.
    private boolean breaksStall() {
        List<Cell> founding = probing.giveUpWaiting();
        founding.forEach(desk::probeDue);
        return !founding.isEmpty()
                || outcomes.refuses(turns.hopeless())
                || turns.pass()
                || desk.postpones(turns.postponed())
                || sponsorship.opens()
                || outcomes.refuses(turns.refusal())
                || sponsorship.nobodyIsReady();
    }

    // ---- from pending to ready

    private void consider(Cell cell) {
        if (cell.phase != Phase.PENDING || cancelled) {
            return;
        }
        switch (cell.task) {
            case Cell.Task.Bring(Instance instance) -> resolve(cell, instance);
            case Cell.Task.Leave(Instance.Step instance, _) -> resolve(cell, instance);
            case Cell.Task.TakeBack(_, Optional<String> node)
                    when selection.leavesOut(cell.key, node) ->
                    outcomes.leftOut(cell);
            case Cell.Task.TakeBack _ -> ready(cell);
            case Cell.Task.Look _, Cell.Task.Gate _ -> {}
        }
    }

    private void resolve(Cell cell, Instance instance) {
        Optional<Set<Await>> open = resolver.open(instance);
        if (open.isPresent()) {
            sponsorship.await(cell, open.get());
            return;
        }
        switch (resolver.resolve(instance)) {
            case Resolution.Impossible _ when selection.leavesOut(cell.key, Optional.empty()) ->
                    outcomes.leftOut(cell);
            case Resolution.Impossible(Failure failure) -> outcomes.refused(cell, failure);
            case Resolution.Waiting(Set<Await> awaits) -> sponsorship.await(cell, awaits);
            case Resolution.Known known -> {
                cell.known = Optional.of(known);
                if (!known.awaits().isEmpty()) {
                    sponsorship.await(cell, known.awaits());
                } else if (resolver.isNothing(cell.key, known)) {
                    outcomes.off(cell);
                } else if (standing.includes(cell.key, known)) {
                    stands(cell);
                } else if (selection.leavesOut(cell.key, Sponsorship.about(cell, known))) {
                    outcomes.leftOut(cell);
                } else if (!sponsorship.keepsOutside(cell)) {
                    renewals.leftOut(cell)
                            .ifPresentOrElse(
                                    missing -> outcomes.leftOut(cell, missing), () -> ready(cell));
                }
            }
        }
    }

    /// Nothing is to be done; but where it tells how its member is, something else may have been
    /// done there.
    private void stands(Cell cell) {
        if (!turns.isToAnswer(cell) || !closing.asks(cell)) {
            outcomes.stands(cell);
        }
    }

    private void ready(Cell cell) {
        desk.enter(cell, Phase.READY, "");
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
            outcomes.blocked(cell, halt.get());
        } else if (cell.phase == Phase.READY && !turns.admits(cell)) {
            return;
        } else if (!places.isFreeFor(cell)) {
            lobby.standAside(cell);
        } else if (cell.task instanceof Cell.Task.Look) {
            attempts.expect(cell);
            desk.add(looks.ask(cell));
        } else if (cell.phase == Phase.READY) {
            sponsorship.renew(cell);
            if (!renewals.await(cell)) {
                attempts.start(cell);
            }
        } else {
            health.probe(cell);
        }
    }

    // ---- what comes back

    private void ended(String intent, Report report) {
        Cell cell = attempts.of(intent);
        if (cell == null || (cell.phase != Phase.RUNNING && cell.phase != Phase.PROBING)) {
            return;
        }
        places.give(cell);
        lobby.freed(cell);
        if (cell.task instanceof Cell.Task.Look(_, _, Looks.Asker asker)) {
            asker.answered(cell, report);
            return;
        }
        boolean wasProbe = cell.phase == Phase.PROBING;
        if (report instanceof Report.Done done && !cell.dropping.isEmpty()) {
            takenBack(cell, done);
            return;
        }
        switch (report) {
            case Report.Done _ when wasProbe -> health.probePassed(cell);
            case Report.Done done -> applied(cell, Attempts.inAll(cell, done));
            case Report.NotDone notDone when wasProbe ->
                    health.probeFailed(cell, notDone.failure());
            case Report.NotDone notDone -> attempts.notDone(cell, notDone, cancelled);
            case Report.Stopped halted when cancelled -> outcomes.stopped(cell, halted.owned());
            case Report.Stopped(List<Owned> owned, _) ->
                    outcomes.failed(cell, Failure.stop(), cell.ownedWith(owned));
        }
    }

    /// What a step no longer brings about has been taken back: now for its work.
    private void takenBack(Cell cell, Report.Done done) {
        if (stopped) {
            outcomes.stopped(cell, List.of());
        } else {
            attempts.goOn(cell, done);
        }
    }

    /// After a cancel founders are not waited for, and after a stop nothing is asked any more; the
    /// intent stays open and is taken up again by the next run.
    private void applied(Cell cell, Report.Done done) {
        cell.applied = Optional.of(done);
        if (renewals.isOne(cell)) {
            renewals.renewed(cell, done);
        } else if (cell.effect() == Effect.UNDO || cell.health().isEmpty()) {
            outcomes.succeeded(cell, done);
        } else if (stopped || (cancelled && probing.isFounding(cell))) {
            desk.enter(cell, Phase.CANCELLED, "");
        } else {
            desk.enter(cell, Phase.APPLIED, "");
        }
    }

    private void woken(Cell cell) {
        if (cell.phase != Phase.PAUSED) {
            return;
        }
        if (cell.task instanceof Cell.Task.Look) {
            looks.due(cell);
        } else if (cell.applied.isPresent()) {
            desk.probeDue(cell);
        } else {
            ready(cell);
        }
    }

    // ---- cancel and finish

    private void amend() {
        boolean isFirst = !cancelled;
        cancel(false);
        tally.amended = isFirst;
    }

    private void cancel(boolean stopRunning) {
        tally.amended = false;
        cancelled = true;
        stopped |= stopRunning;
        closing.cancel();
        if (stopRunning) {
            health.stop();
        }
        cells.stream()
                .filter(cell -> cell.endsByCancel(stopped, probing.isFounding(cell)))
                .forEach(cell -> desk.enter(cell, Phase.CANCELLED, ""));
        rounds.cancel();
        renewals.cancel(stopped);
        timers.forgetEnded();
        if (stopRunning) {
            desk.add(new Command.StopAll());
        }
    }

    private void finish() {
        finished = true;
        cells.stream().filter(cell -> !cell.phase.isEnd()).forEach(this::leave);
        renewals.conclude(byKey);
        Totals totals = tally.totals(cells);
        desk.append(tally.ended(settings.run(), totals, desk.nowMs()));
        desk.add(new Command.Finish(totals));
    }

    private void leave(Cell cell) {
        if (cancelled) {
            desk.enter(cell, Phase.CANCELLED, "");
        } else {
            outcomes.refused(cell, Mishap.stuck(cell.key));
        }
    }
}
