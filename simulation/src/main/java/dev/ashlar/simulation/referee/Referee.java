package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Watches one run, event by event. What breaks a rule is kept in words; nothing is stopped.
public final class Referee {
    private final Graph graph;
    private final Selection selection;
    private final Books books = new Books();
    private final Layout layout;
    private final Load load;
    private final Needs needs;
    private final Unwanted unwanted;
    private final Validity validity;
    private final Departures departures;
    private final Admissions admissions;
    private final Rotation rotation;
    private final List<String> violations = new ArrayList<>();
    private final Map<InstanceKey, Phase> phases = new LinkedHashMap<>();
    private final Map<InstanceKey, Phase> undoPhases = new LinkedHashMap<>();
    private final Map<String, Report> answers = new LinkedHashMap<>();
    private final Visits visits = new Visits(books);
    private final Set<InstanceKey> started = new LinkedHashSet<>();
    private final Achievements achieved;
    private final Set<String> foundedBefore = new LinkedHashSet<>();
    private final Misfits misfits = new Misfits();
    private boolean cancelled;
    private boolean idle;

    /// @param durable everything that was durable before the run
    /// @param graph what is wanted; of a `down` nothing is
    /// @param whole nodes that are given back with everything on them
    /// @param healthy whether an instance is, in truth, whatever anybody knows
    public Referee(
            Graph graph,
            List<JournalRecord> durable,
            int parallel,
            int perNode,
            Selection selection,
            Set<String> whole,
            Predicate<InstanceKey> healthy) {
        this.graph = graph;
        this.achieved = new Achievements(graph);
        this.selection = selection;
        this.layout = new Layout(graph);
        this.load = new Load(layout, parallel, perNode);
        this.needs = new Needs(graph);
        this.unwanted = new Unwanted(graph, books);
        this.validity = new Validity(graph, needs, phases);
        durable.forEach(books::take);
        durable.forEach(validity::take);
        // For what is not wanted nobody waits.
        graph.off().keySet().forEach(achieved::add);
        graph.composition().uses().keySet().stream()
                .filter(books::isFounded)
                .forEach(foundedBefore::add);
        this.departures = new Departures(graph, books, needs, whole);
        this.admissions = new Admissions(graph, books, healthy);
        this.rotation = new Rotation(graph, books, departures, admissions, selection, healthy);
    }

    public List<String> violations() {
        return List.copyOf(violations);
    }

    /// A record has become durable.
    public void durable(JournalRecord entry) {
        switch (entry) {
            case JournalRecord.Intended intended -> intended(intended);
            case JournalRecord.Succeeded done ->
                    check(
                            answers.get(done.intent()) instanceof Report.Done,
                            done.key() + " has succeeded, but its work has not");
            case JournalRecord.Founded group -> founded(group);
            case JournalRecord.Failed _,
                    JournalRecord.RunStarted _,
                    JournalRecord.RunEnded _,
                    JournalRecord.Judged _,
                    JournalRecord.VaultChanged _,
                    JournalRecord.AuthorityOrdered _ -> {}
        }
        books.take(entry);
        validity.take(entry);
        if (entry instanceof JournalRecord.Succeeded done && done.effect() == Effect.DO) {
            achieved.add(done.key());
        } else if (entry instanceof JournalRecord.Succeeded done) {
            departures.went(done.key());
        }
    }

    private void intended(JournalRecord.Intended intended) {
        check(!cancelled, intended.key() + " is begun after a cancel");
        Optional<String> before = books.chosen(intended.key());
        if (intended.chosen().isPresent() && before.isPresent()) {
            check(
                    before.equals(intended.chosen()),
                    intended.key() + " moves from " + before + " to " + intended.chosen());
        }
    }

    private void founded(JournalRecord.Founded group) {
        for (String node : group.nodes()) {
            check(
                    achieved.isEach(
                            group.use(),
                            node,
                            k -> achieved.contains(k) || books.stands(k) || unwanted.isNothing(k)),
                    group.use() + " is founded though " + node + " is not healthy");
            rotation.founded(group.use(), node);
        }
    }

    /// The core has answered an event: what it starts now it starts at once.
    ///
    /// @param isIdle true when nothing is in flight and no timer runs: the core's last resort
    public void answers(boolean isIdle) {
        idle = isIdle;
        rotation.answers(isIdle);
    }

    /// Work is handed out.
    public void started(Work work, long nowMs) {
        InstanceKey key = work.key();
        boolean durable =
                books.open(key)
                        .filter(i ->
                                work.intent().equals(i.intent() + (isDrop(work) ? Work.DROP : "")))
                        .isPresent();
        boolean isLook = work instanceof Work.Probe && !durable;
        check(durable || isLook, key + " is started without a durable intent");
        switch (work) {
            case Work.Run run when run.key().isLeave() -> left(run);
            case Work.Probe probe when isLook -> looked(probe);
            case Work.Probe probe -> probed(probe);
            case Work.Undo undo when isDrop(undo) -> dropped(undo);
            case Work.Undo undo -> undone(undo);
            case Work.Acquire _, Work.Gather _, Work.Apply _, Work.Run _, Work.Call _ -> {
                if (work instanceof Work.Run run && key.isJoin()) {
                    sponsored(run);
                }
                violations.addAll(validity.started(work, achieved.contains(key), nowMs));
                if (!validity.renews(work.intent())) {
                    brought(key, unwanted.isTakenBackBy(work));
                }
                placed(work);
            }
        }
        violations.addAll(load.begun(work));
    }

    /// @param off whether nothing of it is to be there
    private void brought(InstanceKey key, boolean off) {
        Instance instance = graph.instances().get(key);
        if (instance == null) {
            violations.add(key + " is not in the graph");
            return;
        }
        for (InstanceKey before : instance.after()) {
            check(achieved.contains(before), key + " is started before " + before);
        }
        if (instance instanceof Instance.Step step) {
            Set<Await> needed =
                    off ? needs.ofCondition(step) : needs.of(step, n -> books.isFrozen(key, n));
            for (Await await : needed) {
                check(achieved.hold(await), key + " is started before " + await);
            }
        }
        if (departures.isNew(key)) {
            key.node()
                    .flatMap(node -> departures.inTheWay(key, node))
                    .ifPresent(
                            there -> violations.add(key + " is started before " + there + " went"));
        }
        started.add(key);
        rotation.start(key, Effect.DO).ifPresent(violations::add);
    }

    /// A member is taken leave of while it is one.
    private void left(Work.Run run) {
        InstanceKey key = run.key();
        String node = key.node().orElseThrow();
        check(!graph.members(key.use()).contains(node), key + " is started though it is to stay");
        check(!selection.leavesOut(key, key.node()), key + " is left out");
        sponsored(run);
        rotation.start(key, Effect.UNDO).ifPresent(violations::add);
    }

    /// Only who serves, and stays, lets others in or out, and never itself.
    private void sponsored(Work.Run run) {
        InstanceKey key = run.key();
        check(!key.node().equals(Optional.of(run.node())), key + " is done by itself");
        check(
                books.isFounded(key.use(), run.node())
                        && graph.members(key.use()).contains(run.node()),
                key + " is done on " + run.node() + ", which is no member that stays");
        admissions.sponsors(key, run.node()).ifPresent(violations::add);
    }

    private static boolean isDrop(Work work) {
        return work instanceof Work.Undo && work.intent().endsWith(Work.DROP);
    }

    /// What a step no longer brings about is taken back as a part of it.
    private void dropped(Work.Undo undo) {
        check(
                graph.instances().containsKey(undo.key()),
                undo.key() + " drops what it had before, and is not wanted");
        rotation.start(undo.key(), Effect.DO).ifPresent(violations::add);
    }

    /// Work is done on nodes that are there, and only where it is for this run to do.
    private void placed(Work work) {
        check(
                !selection.leavesOut(
                        work.key(),
                        work.key().isMembership() ? work.key().node() : layout.place(work)),
                work.key() + " is started though it is left out");
        layout.place(work)
                .map(InstanceKey::acquire)
                .ifPresent(there ->
                        check(achieved.contains(there), work.key() + " is done before " + there));
    }

    private void probed(Work.Probe probe) {
        String use = probe.key().use();
        boolean comesByTurn = rotation.isByTurns(use);
        if (probe.key().node().isEmpty()
                || comesByTurn
                || books.isFounded(use)
                || foundedBefore.contains(use)
                || idle) {
            return;
        }
        for (String member : graph.members(use)) {
            InstanceKey other = InstanceKey.onNode(use, probe.key().step(), member);
            check(
                    started.contains(other) || phases.getOrDefault(other, Phase.PENDING).isEnd(),
                    probe.key() + " is probed before " + other + " was started");
        }
    }

    /// A look at a member before its group is touched; it has no effect and so needs no intent.
    private void looked(Work.Probe probe) {
        InstanceKey key = probe.key();
        check(
                rotation.isMember(key),
                key + " is asked for its health though it is no member that was founded");
        check(!cancelled, key + " is asked for its health after a cancel");
        boolean isTurned = phases.get(key) == Phase.PROBING || rotation.isParting(key);
        rotation.looked(key, visits.looks(probe, isTurned)).ifPresent(violations::add);
    }

    private void undone(Work.Undo undo) {
        InstanceKey key = undo.key();
        check(departures.contains(key), key + " is taken back though it is wanted");
        key.node()
                .filter(node -> admissions.leaves(key.use(), node))
                .ifPresent(node ->
                        check(
                                !books.isListed(key.use(), node),
                                key + " is taken back before its member has left"));
        check(!selection.leavesOut(key, undo.node()), key + " is taken back though it is left out");
        Optional<String> where = books.chosen(key);
        check(
                where.isEmpty() || undo.node().equals(where),
                key + " is taken back on " + undo.node() + ", not on " + where);
        for (InstanceKey later : books.after(key)) {
            boolean isOver =
                    achieved.contains(later) || phases.getOrDefault(later, Phase.PENDING).isEnd();
            check(
                    departures.isOutOfTheWay(later, key, rotation.isMember(key), isOver),
                    key + " is taken back before " + later);
        }
        violations.addAll(Losses.unnamed(undo, books.open(key)));
        rotation.start(key, Effect.UNDO).ifPresent(violations::add);
    }

    /// Work has ended, before the core hears of it.
    public void answered(String intent, Report report) {
        load.ended(intent)
                .ifPresent(work -> {
                    answers.put(intent, report);
                    Optional<Boolean> inItsTurn = visits.answered(intent);
                    if (inItsTurn.isPresent()) {
                        boolean serves = report instanceof Report.Done;
                        rotation.found(work.key(), serves, inItsTurn.get());
                    } else if (!(work instanceof Work.Probe) && !validity.renews(intent)) {
                        rotation.done(work.key(), report instanceof Report.NotDone);
                    }
                });
    }

    /// The core has said something.
    public void told(Command command) {
        switch (command) {
            case Command.Tell tell -> entered(tell);
            case Command.Postpone(InstanceKey key, _) -> postponed(key);
            case Command.Visit(_, List<InstanceKey> members) -> visits.begin(members);
            case Command.Answered(InstanceKey member) -> visits.end(member);
            case Command.Append _,
                    Command.Start _,
                    Command.WakeAt _,
                    Command.StopAll _,
                    Command.Finish _ -> {}
        }
    }

    /// An instance has come to a phase.
    private void entered(Command.Tell tell) {
        if (tell.phase() == Phase.READY) {
            rotation.ready(tell.key(), tell.effect());
        }
        Passages.violation(tell, tell.effect() == Effect.UNDO ? undoPhases : phases)
                .ifPresent(violations::add);
        if (tell.effect() == Effect.UNDO) {
            undoPhases.put(tell.key(), tell.phase());
        } else {
            brought(tell);
        }
        boolean isPart = !selection.equals(Selection.WHOLE);
        check(isPart || tell.phase() != Phase.LEFT_OUT, tell.key() + " is left out of the whole");
        if (tell.phase().isEnd() && !validity.isRenewed(tell.key())) {
            rotation.end(tell.key(), tell.effect(), misfits.phase(tell));
        }
    }

    private void brought(Command.Tell tell) {
        phases.put(tell.key(), tell.phase());
        if (tell.phase() == Phase.APPLIED || tell.phase() == Phase.PROBING) {
            rotation.asked(tell.key());
        }
        if (tell.phase() == Phase.SKIPPED) {
            check(!started.contains(tell.key()), tell.key() + " was started and is called skipped");
            check(
                    books.stands(tell.key())
                            || unwanted.isNothing(tell.key())
                            || validity.isBegunAnew(tell.key(), books),
                    tell.key() + " is skipped but does not stand");
            achieved.add(tell.key());
        }
        if (tell.phase() == Phase.LEFT_OUT) {
            check(!started.contains(tell.key()), tell.key() + " was started and is left out");
        }
    }

    /// What is new at a node comes after its turn.
    private void postponed(InstanceKey key) {
        check(!started.contains(key), key + " is postponed though it was started");
        rotation.postponed(key).ifPresent(violations::add);
    }

    public void cancelled() {
        cancelled = true;
    }

    /// The run is over.
    public void finished() {
        check(cancelled || rotation.notAsked().isEmpty(), "not asked: " + rotation.notAsked());
        check(
                load.inFlight().isEmpty(),
                "the run ends while " + load.inFlight() + " are in flight");
        phases.forEach((key, phase) -> check(phase.isEnd(), key + " is left " + phase));
        undoPhases.forEach(
                (key, phase) -> check(phase.isEnd(), "undoing " + key + " is left " + phase));
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(otherwise);
        }
    }
}
