package dev.ashlar.app.execution;

import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.execute.Copies;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.store.copy.CarriedCopy;
import dev.ashlar.store.copy.RecoveryKey;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;

/// The copies of a state that nodes carry: the first three, by name, that can. Brought up to date
/// at the end of each run.
final class StateCopies {
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
            Map<String, Boolean> done = new ConcurrentHashMap<>();
            Together.each(
                    left.subList(0, next),
                    node -> {
                        if (carry(node, state, journal, key).isEmpty()) {
                            done.put(node, true);
                        }
                    });
            carried += done.size();
            left = left.subList(next, left.size());
        }
        return carried;
    }

    private Optional<Failure> carry(
            String node, StateFolder state, SqliteJournal journal, RecoveryKey key) {
        Optional<Copies> copies = nodes.copies(node);
        if (copies.isEmpty()) {
            return Optional.of(Failure.stop());
        }
        return switch (copies.get().names()) {
            case Copies.Found.Failed<List<String>>(Failure failure) -> Optional.of(failure);
            case Copies.Found.Got<List<String>>(List<String> names) -> {
                CarriedCopy.Change change = new CarriedCopy(names).towards(state, journal, key);
                yield copies.get().change(change.added(), change.dropped());
            }
        };
    }

    /// What a node carries of a state.
    CarriedCopy of(String node) {
        return new CarriedCopy(
                nodes.copies(node).map(Copies::names).orElse(none())
                                instanceof Copies.Found.Got<List<String>>(List<String> names)
                        ? names
                        : List.of());
    }

    private static Copies.Found<List<String>> none() {
        return new Copies.Found.Got<>(List.of());
    }

    /// The bytes of some of its pieces; empty when the node fails.
    Optional<SequencedMap<String, byte[]>> fetch(String node, List<String> pieces) {
        SequencedMap<String, byte[]> fetched = new LinkedHashMap<>();
        for (String piece : pieces) {
            Optional<Copies.Found<byte[]>> found = nodes.copies(node).map(c -> c.read(piece));
            if (found.isEmpty()
                    || !(found.get() instanceof Copies.Found.Got<byte[]>(byte[] bytes))) {
                return Optional.empty();
            }
            fetched.put(piece, bytes);
        }
        return Optional.of(fetched);
    }
}
