package dev.ashlar.app.command;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.cluster.Home;
import dev.ashlar.app.cluster.Settled;
import dev.ashlar.app.cluster.Underway;
import dev.ashlar.app.execution.Joining;
import dev.ashlar.app.execution.Lookout;
import dev.ashlar.app.execution.Version;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Knowledge;
import dev.ashlar.engine.plan.Plan;
import dev.ashlar.language.source.Find;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import dev.ashlar.store.sqlite.SqliteJournal.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An `up` of the whole cluster after one that left nothing to do. Where it would come to the same,
/// neither the files nor the record are gone through again.
record Unchanged(StateFolder state, Settled settled) {

    /// What the last found, where all is as it was then.
    static Optional<Unchanged> find(ClusterRequest request) {
        return StateFolder.find(Loading.folder(request))
                .flatMap(state ->
                        Settled.read(state)
                                .filter(s -> Optional.of(s.asked()).equals(asked(request)))
                                .map(settled -> new Unchanged(state, settled)))
                .filter(Unchanged::isStillSo);
    }

    private boolean isStillSo() {
        return isOnRecord(new Mark(settled.records(), settled.checksum()))
                && ControllerLock.holder(state).isEmpty()
                && settled.finds().stream().allMatch(Find::isStillSo);
    }

    /// True where this is the end of the record, and what would be read of that is whole.
    private boolean isOnRecord(Mark mark) {
        try {
            Optional<SqliteJournal> journal =
                    SqliteJournal.openToRead(state).filter(open -> open.newest().equals(mark));
            journal.ifPresent(SqliteJournal::check);
            return journal.isPresent();
        } catch (StoreException _) {
            return false; // Whoever reads the record says what is wrong.
        }
    }

    /// What an `up` of the whole finds that has nothing to do. Empty where the next might come to
    /// something else though all was as it is.
    static Optional<Unchanged> of(ClusterRequest request, Cluster cluster) {
        Optional<StateFolder> state = cluster.state();
        Optional<Mark> mark =
                state.flatMap(Unchanged::end)
                        .filter(end -> end.number() == cluster.past().records());
        Optional<List<String>> asked = asked(request);
        Optional<List<Find>> finds = cluster.finds().map(all -> withVault(all, state));
        Optional<Knowledge> verified = Knowledge.of(cluster.past());
        Optional<List<NodeAccess>> ways = Lookout.ways(cluster);
        if (mark.isEmpty()
                || asked.isEmpty()
                || finds.isEmpty()
                || verified.isEmpty()
                || ways.isEmpty()
                || Joining.isAwaited(cluster, Instant.now())) {
            return Optional.empty();
        }
        Settled settled =
                new Settled(
                        asked.get(),
                        mark.get().number(),
                        mark.get().checksum(),
                        finds.get(),
                        cluster.composition().name(),
                        Headline.of(cluster),
                        verified.get(),
                        Standing.notes(cluster),
                        ways.get());
        return Optional.of(new Unchanged(state.get(), settled));
    }

    /// What the next `up` would find after a run that was done, where that is nothing to do.
    static Optional<Unchanged> after(ClusterRequest request, Cluster cluster) {
        if (asked(request).isEmpty() || cluster.finds().isEmpty()) {
            return Optional.empty(); // Nothing would be kept, so no plan is made for it.
        }
        Plan plan = Underway.plan(cluster, Selection.WHOLE, Optional.empty());
        return plan.isEmpty() && plan.leftOut() == 0 && !GoalOnRecord.isChanged(cluster)
                ? of(request, cluster)
                : Optional.empty();
    }

    /// A vault that is ahead of the record is a change that the record does not tell.
    private static List<Find> withVault(List<Find> finds, Optional<StateFolder> state) {
        List<Find> all = new ArrayList<>(finds);
        state.map(StateFolder::vault).map(Find::now).ifPresent(all::add);
        return all;
    }

    private static Optional<Mark> end(StateFolder state) {
        try {
            return SqliteJournal.openToRead(state).map(SqliteJournal::newest);
        } catch (StoreException _) {
            return Optional.empty(); // What it costs is time alone.
        }
    }

    /// For the next.
    void keep() {
        settled.keep(state);
    }

    /// What takes part beside the files and the record; empty where it is not known which program
    /// this is.
    private static Optional<List<String>> asked(ClusterRequest request) {
        return Version.build()
                .map(build -> {
                    List<String> asked =
                            new ArrayList<>(
                                    List.of(
                                            build,
                                            Loading.file(request).toAbsolutePath().toString(),
                                            Home.folder().toString(),
                                            request.site().map(site -> "at " + site).orElse("")));
                    request.sets().forEach((path, value) -> asked.addAll(List.of(path, value)));
                    return asked;
                });
    }
}
