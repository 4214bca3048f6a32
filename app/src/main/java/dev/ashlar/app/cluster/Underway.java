package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.ControllerLock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The run that another process carries out on a cluster, as the record had it when it was read.
///
/// @param inFlight what it had begun and not ended
public record Underway(ControllerLock.Holder holder, RunStarted start, Set<InstanceKey> inFlight) {
    public Underway {
        inFlight = Set.copyOf(inFlight);
    }

    /// Empty where no other process holds the cluster, or the one that does has not begun a run: it
    /// waits for a person, or looks at nodes first.
    public static Optional<Underway> of(Cluster cluster) {
        Past past = cluster.past();
        return cluster.state()
                .flatMap(ControllerLock::holder)
                .filter(holder -> holder.pid() != ProcessHandle.current().pid())
                .flatMap(holder ->
                        open(past)
                                // A run that died before it took the lock is nobody's.
                                .filter(start -> start.atMs() >= holder.since().toEpochMilli())
                                .map(start ->
                                        new Underway(
                                                holder,
                                                start,
                                                Set.copyOf(begun(past, start.run())))));
    }

    private static Optional<RunStarted> open(Past past) {
        return Optional.of(past.runs())
                .filter(runs -> !runs.isEmpty() && runs.getLast().end().isEmpty())
                .map(runs -> runs.getLast().start());
    }

    /// What a run has begun and not ended, oldest first.
    public static List<InstanceKey> begun(Past past, long run) {
        return past.interruptions().entrySet().stream()
                .filter(open -> open.getValue().run() == run)
                .map(open -> open.getKey())
                .toList();
    }

    public long run() {
        return start.run();
    }

    /// Said beside whatever does not concern it.
    public String goesOn() {
        return "Run %d goes on (%s)".formatted(run(), holder);
    }

    /// True where the run's goal is what the cluster's files, what is set beside them, and what
    /// other clusters have come to now.
    public boolean isFor(Cluster cluster) {
        return start.goal().equals(cluster.composition().digest())
                && start.site().equals(cluster.composition().site().name())
                && start.overrides().equals(cluster.overrides());
    }

    /// In what an `up` says something else than the run, in a few words each: then it amends it.
    /// Empty where it says the same, and where the run is no `up`.
    ///
    /// @param wipes names whose data the `up` may destroy
    public List<String> amendedFor(Cluster cluster, Selection selection, List<String> wipes) {
        List<String> found = new ArrayList<>();
        if (start.purpose() != Purpose.UP) {
            return found;
        }
        if (!start.site().equals(cluster.composition().site().name())) {
            found.add("at site " + cluster.composition().site().name());
        } else if (!start.overrides().equals(cluster.overrides())) {
            found.add("something else is set beside the files");
        } else if (!isFor(cluster)) {
            found.add(
                    readsOthers(cluster)
                            ? "the files, or what another cluster has, have changed"
                            : "the files have changed");
        }
        if (!start.selection().equals(selection.words())) {
            found.add(
                    selection.equals(Selection.WHOLE)
                            ? "for the whole instead of " + start.selection()
                            : "for " + selection.words() + " alone");
        }
        wipes.stream()
                .filter(name -> !start.wipes().contains(name))
                .forEach(name -> found.add("--yes-wipe " + name));
        return found;
    }

    private static boolean readsOthers(Cluster cluster) {
        return cluster.composition().uses().values().stream()
                .flatMap(use -> use.requires().values().stream())
                .anyMatch(Supply.OfCluster.class::isInstance);
    }

    /// The plan for a part of a cluster as its record stands, beside the run that is under way.
    public static Plan plan(Cluster cluster, Selection selection, Optional<Underway> running) {
        Plan plan =
                Planner.plan(
                        cluster.graph(),
                        cluster.past(),
                        Set.of(),
                        selection,
                        Clock.systemUTC().millis());
        return running.map(run -> new Plan(plan.entries().stream().map(run::told).toList()))
                .orElse(plan);
    }

    /// What is in flight has not been cut short; all else that is to be said of it stays.
    private Entry told(Entry entry) {
        if (entry.action() != Action.REPAIR || !inFlight.contains(entry.key())) {
            return entry;
        }
        List<String> reasons = new ArrayList<>(entry.reasons());
        reasons.set(0, "running in run " + run());
        return entry.because(reasons);
    }
}
