package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.resolve.Losses;
import dev.ashlar.engine.resolve.View;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who waits for what, and what will not happen any more. Readers of one shared value hand in one
/// and the same set, and wait on it together: the cost is readers plus members, never their
/// product.
final class Waits {
    private static final class Bundle {
        private int open;
        private final List<Cell> cells = new ArrayList<>();
    }

    private final View view;
    private final Losses losses;
    private final Map<Await, List<Bundle>> byAwait = new LinkedHashMap<>();
    private final IdentityHashMap<Set<Await>, Bundle> bundles = new IdentityHashMap<>();

    Waits(Graph graph, View view) {
        this.view = view;
        this.losses = new Losses(graph);
    }

    /// `cell` waits until all of `awaits` hold, at least one of which does not yet.
    ///
    /// @return the instance whose failure means that they never will, if so
    Optional<InstanceKey> add(Cell cell, Set<Await> awaits) {
        Bundle known = bundles.get(awaits);
        if (known != null && known.open > 0) {
            known.cells.add(cell);
            return Optional.empty();
        }
        List<Await> open = awaits.stream().filter(await -> !view.holds(await)).toList();
        for (Await await : open) {
            Optional<InstanceKey> cause = losses.cause(await);
            if (cause.isPresent()) {
                return cause;
            }
        }
        Bundle bundle = new Bundle();
        bundle.open = open.size();
        bundle.cells.add(cell);
        bundles.put(awaits, bundle);
        open.forEach(await -> byAwait.computeIfAbsent(await, _ -> new ArrayList<>()).add(bundle));
        return Optional.empty();
    }

    /// The cells that wait for nothing any more now that `await` holds.
    List<Cell> release(Await await) {
        List<Cell> free = new ArrayList<>();
        List<Bundle> waiting = byAwait.remove(await);
        if (waiting == null) {
            return free;
        }
        for (Bundle bundle : waiting) {
            bundle.open--;
            if (bundle.open == 0) {
                free.addAll(bundle.cells);
                bundle.cells.clear();
            }
        }
        return free;
    }

    /// `key` will not succeed in this run, because of `cause`: the cells that waited for it or for
    /// what it was part of.
    List<Cell> lose(InstanceKey key, InstanceKey cause) {
        List<Cell> cells = new ArrayList<>();
        losses.lose(key, cause).forEach(await -> cells.addAll(abandon(await)));
        return cells;
    }

    private List<Cell> abandon(Await await) {
        List<Bundle> waiting = byAwait.remove(await);
        List<Cell> cells = new ArrayList<>();
        if (waiting != null) {
            for (Bundle bundle : waiting) {
                cells.addAll(bundle.cells);
                bundle.cells.clear();
                bundle.open = 0;
            }
        }
        return cells;
    }
}
