package dev.ashlar.app.execution;

import dev.ashlar.model.node.Claim;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The mandate of a state: it may work on what carries no claim, and on what carries one that is in
/// its own journal. Whose claim is not there has acted since this state was copied, or acts from
/// another. Safe for use by many threads.
public final class StateMandate implements Mandate {
    private final String cluster;
    private final StateFolder state;
    private final SqliteJournal journal;
    private final Map<Long, Optional<String>> checksums = new ConcurrentHashMap<>();
    private final Set<String> overruled = ConcurrentHashMap.newKeySet();
    private volatile Optional<Claim> claim = Optional.empty();

    public StateMandate(String cluster, StateFolder state, SqliteJournal journal) {
        this.cluster = cluster;
        this.state = state;
        this.journal = journal;
    }

    @Override
    public String cluster() {
        return cluster;
    }

    @Override
    public String lineage() {
        return state.lineage();
    }

    @Override
    public Optional<Claim> claim() {
        return claim;
    }

    /// A run has begun, and its first record is the journal's last.
    void begin(long run) {
        SqliteJournal.Mark mark = journal.newest();
        checksums.put(mark.number(), Optional.of(mark.checksum()));
        claim =
                Optional.of(
                        new Claim(
                                state.lineage(),
                                mark.number(),
                                mark.checksum(),
                                run,
                                holder(state)));
    }

    /// A person has said that these claims stand for nothing any more.
    void overrule(Collection<String> claims) {
        overruled.addAll(claims);
    }

    @Override
    public Optional<Failure> objection(String node, String carried) {
        if (carried.isEmpty() || overruled.contains(carried)) {
            return Optional.empty();
        }
        Optional<Claim> found = Claim.parse(carried);
        if (found.isEmpty()) {
            return Optional.of(Objection.unreadable(cluster, node));
        }
        return objection(node, found.get());
    }

    private Optional<Failure> objection(String node, Claim found) {
        if (!found.lineage().equals(state.lineage())) {
            return Optional.of(Objection.ofAnother(cluster, node, found));
        }
        Optional<String> known = checksums.computeIfAbsent(found.number(), journal::checksum);
        if (known.isEmpty()) {
            return Optional.of(
                    Objection.refused(
                            "%s has been acted on since: it carries run %d, held by %s, which is not on record here"
                                    .formatted(node, found.run(), found.holder())));
        }
        return known.get().equals(found.checksum())
                ? Optional.empty()
                : Optional.of(
                        Objection.refused(
                                "%s carries run %d of another copy of this state, held by %s"
                                        .formatted(node, found.run(), found.holder())));
    }

    private static String holder(StateFolder state) {
        return System.getProperty("user.name", "?")
                + "@"
                + ControllerLock.hostName()
                + ":"
                + state.path().getParent();
    }
}
