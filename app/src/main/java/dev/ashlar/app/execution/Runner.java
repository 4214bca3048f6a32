package dev.ashlar.app.execution;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Operator;
import dev.ashlar.app.terminal.Progress;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.engine.run.Totals;
import dev.ashlar.engine.shell.Conductor;
import dev.ashlar.engine.shell.Observer;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Judged;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.work.Failure;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.copy.RecoveryKey;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/// Carries out one run from its first record to its last, under the eyes of a person.
public final class Runner {
    private static final int LINEAGE_CHARACTERS = 8;

    private final Acting acting;
    private final Graph graph;
    private final Subject subject;
    private final Workshop workshop;
    private final Terminal terminal;
    private final Manner manner;
    private final Observer events;
    private final Queue<Judged> judged = new ConcurrentLinkedQueue<>();
    private final Clock clock = Clock.systemUTC();

    /// What a run is about, for its first record.
    ///
    /// @param goal digest of the files, empty where the record alone is the goal
    /// @param overrides of that goal
    /// @param wipes names whose data may be destroyed, as they were typed
    public record Subject(
            String cluster,
            String site,
            String goal,
            Selection selection,
            SequencedMap<String, String> overrides,
            List<String> wipes) {

        /// What is carried out on a cluster.
        public static Subject of(Cluster cluster, Selection selection) {
            Composition composition = cluster.composition();
            return new Subject(
                    composition.name(),
                    composition.site().name(),
                    composition.digest(),
                    selection,
                    cluster.overrides(),
                    List.of());
        }

        /// What is done about a cluster whose goal stays.
        public static Subject of(Composition composition, Selection selection) {
            return new Subject(
                    composition.name(),
                    composition.site().name(),
                    composition.digest(),
                    selection,
                    new LinkedHashMap<>(),
                    List.of());
        }

        /// The same, with the loss of what has one of these names agreed to.
        public Subject wiping(List<String> names) {
            return new Subject(cluster, site, goal, selection, overrides, names);
        }

        /// The first record of a run by this process.
        RunStarted started(long run, Purpose purpose, long atMs) {
            return new RunStarted(
                    run,
                    purpose,
                    cluster,
                    site,
                    goal,
                    Operator.name(),
                    Version.NUMBER,
                    selection.words(),
                    overrides,
                    wipes,
                    atMs);
        }
    }

    /// @param events hears of every change of a phase, beside the progress that people see
    public Runner(
            Acting acting,
            Subject subject,
            Graph graph,
            Workshop workshop,
            Terminal terminal,
            Manner manner,
            Observer events) {
        this.acting = acting;
        this.subject = subject;
        this.graph = graph;
        this.workshop = workshop;
        this.terminal = terminal;
        this.manner = manner;
        this.events = events;
    }

    /// Brings the goal about.
    ///
    /// @param forced instances that run although their inputs are unchanged
    /// @param whole nodes that are given back with everything on them, once they are not wanted
    /// @param data what is agreed to become of data: of what is to go no more than is in it goes
    public RunResult up(Set<InstanceKey> forced, Set<String> whole, DataFate data)
            throws InterruptedException {
        long run = begin(acting, subject, workshop, Purpose.UP, clock);
        RunResult result =
                conduct(
                        run,
                        Core.up(
                                settings(run, data),
                                graph,
                                acting.past(),
                                forced,
                                subject.selection(),
                                whole),
                        core -> core.inquiry().notes());
        carry();
        return result;
    }

    /// A run is done when it is done: that nobody could take a copy of its record is told, no more.
    private void carry() throws InterruptedException {
        try {
            carryNow();
        } catch (StoreException e) {
            terminal.warn("warning: no copy of the state was made: " + e.getMessage());
        }
    }

    private void carryNow() throws InterruptedException {
        RecoveryKey key = RecoveryKey.of(acting.state());
        Recovery.Kept kept = Recovery.keep(acting.state(), key, System.getenv());
        kept.fresh()
                .ifPresent(file -> {
                    terminal.say("The recovery key of this cluster's state is " + file);
                    terminal.say(
                            "  help: keep a copy elsewhere: `ashlar adopt` opens with it what the nodes carry");
                });
        kept.trouble().ifPresent(why -> terminal.warn("warning: " + why));
        if (workshop.carry(acting, key) == 0) {
            terminal.warn(
                    "warning: no node took a copy of the state; `ashlar state backup FILE` makes one");
        }
    }

    /// Takes everything on record back.
    ///
    /// @param whole nodes that are given back with everything on them
    /// @param data what is agreed to become of data: of what is to go no more than is in it goes
    public RunResult down(Set<String> whole, DataFate data) throws InterruptedException {
        long run = begin(acting, subject, workshop, Purpose.DOWN, clock);
        RunResult result =
                conduct(
                        run,
                        Core.down(settings(run, data), subject.cluster(), acting.past(), whole),
                        _ -> new LinkedHashMap<>());
        if (result.totals().isDone()) {
            Recovery.forget(acting.state(), System.getenv());
        } else {
            carry();
        }
        return result;
    }

    /// Has a run on record, and its claim with those who were asked.
    ///
    /// @return its number
    /// @throws LostNodesException when one of them answers to another state meanwhile
    public static long begin(
            Acting acting, Subject subject, Workshop workshop, Purpose purpose, Clock clock)
            throws InterruptedException {
        long run = acting.past().nextRun();
        RunStarted started = subject.started(run, purpose, clock.millis());
        acting.journal().append(List.of(started));
        acting.past().apply(started);
        Optional<Failure> lost = workshop.begin(run);
        if (lost.isPresent()) {
            acting.journal()
                    .append(
                            List.of(
                                    new RunEnded(
                                            run, "failed", 0, 0, 0, 0, false, clock.millis())));
            throw new LostNodesException(lost.get());
        }
        return run;
    }

    /// What the core has to know of a run on this state.
    public static Settings settings(Acting acting, long run) {
        return Settings.of(run, acting.state().lineage().substring(0, LINEAGE_CHARACTERS));
    }

    private Settings settings(long run, DataFate data) {
        return settings(acting, run).withParallel(manner.parallel()).destroying(data.named());
    }

    /// On record first, as every effect. Nobody else enters one meanwhile.
    ///
    /// @return false where it does not count any more
    private boolean judged(Judged verdict) {
        if (!workshop.admits(verdict)) {
            return false;
        }
        acting.journal().append(List.of(verdict));
        workshop.judged(verdict);
        judged.add(verdict);
        return true;
    }

    /// @param notes what to tell at the end of a run that was done
    private RunResult conduct(
            long run, Core core, Function<Core, SequencedMap<String, String>> notes)
            throws InterruptedException {
        long beganMs = clock.millis();
        DataWitness executor = new DataWitness(workshop.executor());
        Progress progress = terminal.mode().start(terminal, clock, core.instances());
        Conductor conductor =
                new Conductor(
                        core,
                        acting.journal(),
                        manner.verbose() ? new Narrator(executor, progress::say) : executor,
                        clock,
                        Observer.both(progress, events));
        Totals totals;
        Optional<Amender> amender;
        try (progress;
                Interruption interruption =
                        new Interruption(
                                conductor,
                                acting.requests(),
                                run,
                                acting.heard(),
                                progress::say,
                                progress::inFlight,
                                this::judged,
                                manner.limit())) {
            totals = conductor.run();
            amender = interruption.amender();
        }
        // Whoever acts on goes by it too; while the run went on, the past was the core's alone.
        judged.forEach(acting.past()::apply);
        return new RunResult(
                run,
                totals,
                amender.filter(_ -> totals.cancelled() > 0),
                progress.failures(),
                progress.blocked(),
                totals.isDone() && totals.leftOut() == 0
                        ? notes.apply(core)
                        : new LinkedHashMap<>(),
                executor.seen(),
                clock.millis() - beganMs);
    }
}
