package dev.ashlar.app.cluster;

import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.engine.plan.Planner;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The state of every instance, from the record and the files alone.
public final class States {
    private States() {}

    /// @param running true while another process carries out a run on this state
    /// @param selection what is left out is not told of
    public static List<StatusRow> of(Cluster cluster, boolean running, Selection selection) {
        Plan plan =
                Planner.plan(
                        cluster.graph(),
                        cluster.past(),
                        Set.of(),
                        Selection.WHOLE,
                        Clock.systemUTC().millis());
        long currentRun = cluster.past().nextRun() - 1;
        return plan.entries().stream()
                .filter(entry ->
                        !selection.leavesOut(entry.key(), cluster.past().place(entry.key())))
                .map(entry -> row(cluster.past(), entry, running, currentRun))
                .toList();
    }

    private static StatusRow row(Past past, Plan.Entry entry, boolean running, long currentRun) {
        InstanceKey key = entry.key();
        Optional<Success> success = past.success(key);
        return new StatusRow(
                key,
                state(past, entry, running, currentRun),
                past.failure(key).map(failed -> failed.run()).or(() -> success.map(Success::run)),
                past.failure(key).map(failed -> failed.atMs()).or(() -> success.map(Success::atMs)),
                past.failure(key).map(JournalRecord.Failed::failure),
                Optional.empty());
    }

    private static String state(Past past, Plan.Entry entry, boolean running, long currentRun) {
        InstanceKey key = entry.key();
        if (past.interrupted(key).isPresent()) {
            boolean now = running && past.interrupted(key).get().run() == currentRun;
            return now ? "running" : "interrupted";
        }
        if (past.failure(key).isPresent()) {
            return past.failure(key).get().failure().isStop() ? "interrupted" : "failed";
        }
        return switch (entry.action()) {
            // Nothing else that stays has a reason.
            case UNCHANGED -> entry.reasons().isEmpty() ? "done" : "off";
            case CREATE -> "pending";
            case MAYBE -> past.success(key).isPresent() ? "changed" : "pending";
            case CHANGE, REPAIR, REPLACE -> "changed";
            case REMOVE -> "to be removed";
            case LEFT_OUT -> throw new IllegalStateException("nothing is left out of the whole");
            case IMPOSSIBLE -> "impossible";
        };
    }
}
