package dev.ashlar.simulation;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.DataFate;
import dev.ashlar.engine.removal.DataLeft;
import dev.ashlar.engine.removal.Removals;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.engine.run.Core;
import dev.ashlar.engine.run.Settings;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.simulation.fleet.Fleet;
import dev.ashlar.simulation.referee.Referee;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A cluster's journal and modelled machines over several runs. Confined to one thread.
public final class Simulation {
    private static final String LINEAGE = "simulated";

    private final List<JournalRecord> journal = new ArrayList<>();
    private final Fleet fleet;
    private Graph graph;
    private Tampering tampering = Tampering.NONE;
    private Set<String> named = Set.of();
    private boolean watched = true;
    private long nowMs = 1_000_000;

    public Simulation(Graph graph) {
        this.graph = graph;
        this.fleet = new Fleet(graph);
    }

    /// What an `up` would do on modelled machines. Where the past has successes, the machines are
    /// taken to be as they left them. The past is not changed.
    ///
    /// @param journal the records of the cluster so far
    public static Timeline run(
            Graph graph, List<JournalRecord> journal, SimulationOptions options) {
        return after(graph, journal).up(options);
    }

    /// A cluster with a past. Where that has successes, the machines are taken to be as they left
    /// them; it is a little later than the last record.
    ///
    /// @param journal the records of the cluster so far, which are not changed
    public static Simulation after(Graph graph, List<JournalRecord> journal) {
        Simulation simulation = new Simulation(graph);
        simulation.journal.addAll(journal);
        simulation.past().standing().keySet().forEach(simulation.fleet::assume);
        journal.forEach(
                entry -> simulation.nowMs = Math.max(simulation.nowMs, atMs(entry) + 1_000));
        return simulation;
    }

    private static long atMs(JournalRecord entry) {
        return switch (entry) {
            case JournalRecord.RunStarted one -> one.atMs();
            case JournalRecord.Intended one -> one.atMs();
            case JournalRecord.Succeeded one -> one.atMs();
            case JournalRecord.Failed one -> one.atMs();
            case JournalRecord.Founded one -> one.atMs();
            case JournalRecord.RunEnded one -> one.atMs();
            case JournalRecord.Judged one -> one.atMs();
            case JournalRecord.VaultChanged one -> one.atMs();
            case JournalRecord.AuthorityOrdered one -> one.atMs();
        };
    }

    /// From now on the cluster is meant to be another.
    public Simulation goal(Graph next) {
        graph = next;
        fleet.goal(next);
        return this;
    }

    /// Nothing happens for a while.
    public Simulation later(Duration pause) {
        nowMs += pause.toMillis();
        return this;
    }

    public long nowMs() {
        return nowMs;
    }

    /// Runs are no longer held against the rules, whose check takes longer than the run.
    public Simulation unwatched() {
        watched = false;
        return this;
    }

    /// What is on record so far is another's: each record as `change` gives it.
    public Simulation rewritten(UnaryOperator<JournalRecord> change) {
        journal.replaceAll(change);
        return this;
    }

    /// A person has ordered something of an authority.
    public Simulation ordered(JournalRecord.AuthorityOrdered order) {
        journal.add(order);
        return this;
    }

    /// From now on data goes that one of these names is for, and no other.
    public Simulation naming(String... names) {
        named = Set.of(names);
        return this;
    }

    Simulation tampered(Tampering other) {
        tampering = other;
        return this;
    }

    public Timeline up(SimulationOptions options) {
        return up(options, Set.of());
    }

    /// @param forced instances that run even if their inputs are unchanged
    public Timeline up(SimulationOptions options, Set<InstanceKey> forced) {
        return up(options, forced, Selection.WHOLE);
    }

    /// @param forced instances that run even if their inputs are unchanged
    public Timeline up(SimulationOptions options, Set<InstanceKey> forced, Selection selection) {
        return up(options, forced, selection, Set.of());
    }

    /// @param forced instances that run even if their inputs are unchanged
    /// @param whole nodes that are given back with everything on them, once they are not wanted
    public Timeline up(
            SimulationOptions options,
            Set<InstanceKey> forced,
            Selection selection,
            Set<String> whole) {
        Past past = begin(Purpose.UP, selection.words());
        graph = Conditions.wanted(graph.composition(), past);
        fleet.goal(graph);
        Settings settings = settings(past, options, Removals.of(graph, past), whole);
        Core core = Core.up(settings, graph, past, forced, selection, whole);
        return live(core, graph, options, selection, whole);
    }

    /// @param whole nodes that are given back with everything on them
    public Timeline down(SimulationOptions options, Set<String> whole) {
        Past past = begin(Purpose.DOWN, "");
        Settings settings = settings(past, options, Removals.of(nothing(), past), whole);
        Core core = Core.down(settings, graph.composition().name(), past, whole);
        return live(core, nothing(), options, Selection.WHOLE, whole);
    }

    private Graph nothing() {
        return Graph.of(Composition.empty(graph.composition().name()));
    }

    private Past begin(Purpose purpose, String selection) {
        Past past = tampering.past(List.copyOf(journal));
        JournalRecord.RunStarted started =
                new JournalRecord.RunStarted(
                        past.nextRun(),
                        purpose,
                        graph.composition().name(),
                        graph.composition().site().name(),
                        graph.composition().digest(),
                        "simulation",
                        "0",
                        selection,
                        new LinkedHashMap<>(),
                        List.copyOf(named),
                        nowMs);
        journal.add(started);
        past.apply(started);
        return past;
    }

    private Settings settings(
            Past past, SimulationOptions options, Removals removals, Set<String> whole) {
        long run = past.nextRun() - 1;
        DataFate fate =
                DataFate.of(
                        DataLeft.of(past, removals.reasons().keySet(), whole),
                        left -> named.stream().anyMatch(left::isNamedBy));
        return new Settings(run, LINEAGE, options.parallel(), options.perNode(), fate.named());
    }

    private Timeline live(
            Core core,
            Graph wanted,
            SimulationOptions options,
            Selection selection,
            Set<String> whole) {
        Optional<Referee> referee =
                watched
                        ? Optional.of(
                                new Referee(
                                        wanted,
                                        journal,
                                        options.parallel(),
                                        options.perNode(),
                                        selection,
                                        whole,
                                        fleet::isHealthy))
                        : Optional.empty();
        Timeline timeline =
                new Life(core, journal, fleet, referee, tampering, options, nowMs).live();
        nowMs += timeline.durationMs() + 1_000;
        return timeline;
    }

    /// Everything that is durable.
    public List<JournalRecord> journal() {
        return List.copyOf(journal);
    }

    /// The fold of the journal.
    public Past past() {
        Past past = new Past();
        journal.forEach(past::apply);
        return past;
    }

    public Graph graph() {
        return graph;
    }

    public Fleet fleet() {
        return fleet;
    }
}
