package dev.ashlar.app.execution;

import dev.ashlar.nodes.execute.Copies;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.store.copy.CarriedCopy;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The copies of a state that nodes carry: the first three, by name, that can. Brought up to date
/// at the end of each run.
final class StateCopies {
    private static final long MOST_BYTES = 256L << 20;

    private static final int COPIES = 3;
    private static final int ROUNDS = 3;

    private final NodeExecutor nodes;

    StateCopies(NodeExecutor nodes) {
        this.nodes = nodes;
    }

    /// @param names nodes that answer to the state, the preferred first
    /// @return how many carry it as it is now
    int carry(
            SequencedCollection<String> names,
            StateFolder state,
            SqliteJournal journal,
            RecoveryKey key)
            throws InterruptedException {
        int carried = 0;
        List<String> left = List.copyOf(names);
        for (int round = 0; round < ROUNDS && carried < COPIES && !left.isEmpty(); round++) {
            int next = Math.min(COPIES - carried, left.size());
            Set<String> done = ConcurrentHashMap.newKeySet();
            Together.each(
                    left.subList(0, next),
                    node -> {
                        if (carries(node, state, journal, key)) {
                            done.add(node);
                        }
                    });
            carried += done.size();
            left = left.subList(next, left.size());
        }
        return carried;
    }

    private boolean carries(
            String node, StateFolder state, SqliteJournal journal, RecoveryKey key) {
        Optional<Copies> copies = nodes.copies(node);
        Optional<List<String>> names = copies.flatMap(Copies::names);
        if (copies.isEmpty() || names.isEmpty()) {
            return false;
        }
        CarriedCopy.Change change = new CarriedCopy(names.get()).towards(state, journal, key);
        return copies.get().change(change.added(), change.dropped()).isEmpty();
    }

    /// What a node carries of a state.
    CarriedCopy of(String node) {
        return new CarriedCopy(nodes.copies(node).flatMap(Copies::names).orElse(List.of()));
    }

    /// The bytes of some of its pieces; empty when the node fails, or has more than any state.
    Optional<SequencedMap<String, byte[]>> fetch(String node, List<String> pieces) {
        SequencedMap<String, byte[]> fetched = new LinkedHashMap<>();
        long total = 0;
        for (String piece : pieces) {
            Optional<byte[]> bytes = nodes.copies(node).flatMap(c -> c.read(piece));
            total += bytes.map(read -> read.length).orElse(0);
            if (bytes.isEmpty() || total > MOST_BYTES) {
                return Optional.empty();
            }
            fetched.put(piece, bytes.get());
        }
        return Optional.of(fetched);
    }
}
