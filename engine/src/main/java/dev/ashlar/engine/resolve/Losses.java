package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What will not come to hold any more, as instances are lost one by one. Confined to one thread.
public final class Losses {
    private final Graph graph;
    private final Map<Await, InstanceKey> lost = new LinkedHashMap<>();
    private final Map<String, Integer> lostMembers = new LinkedHashMap<>();

    public Losses(Graph graph) {
        this.graph = graph;
    }

    /// `key` will not succeed, because of `cause`.
    ///
    /// @return what is lost with it, each await once
    public List<Await> lose(InstanceKey key, InstanceKey cause) {
        List<Await> now = new ArrayList<>();
        lose(new Await.Success(key), cause, now);
        if (key.node().isEmpty() || key.use().equals(InstanceKey.NODE_USE)) {
            return now;
        }
        Await.Healthy member = new Await.Healthy(key.use(), key.node().get());
        if (lost.containsKey(member)) {
            return now;
        }
        lose(member, cause, now);
        int size = graph.members(key.use()).size();
        int left = size - lostMembers.merge(key.use(), 1, Integer::sum);
        for (Holds holds : Holds.values()) {
            if (left < holds.needed(size)) {
                lose(new Await.Gathered(key.use(), holds), cause, now);
            }
        }
        return now;
    }

    private void lose(Await await, InstanceKey cause, List<Await> now) {
        if (lost.putIfAbsent(await, cause) == null) {
            now.add(await);
        }
    }

    /// True while nothing is lost.
    public boolean isEmpty() {
        return lost.isEmpty();
    }

    /// The instance because of which an await will not hold; empty while it may.
    public Optional<InstanceKey> cause(Await await) {
        return Optional.ofNullable(lost.get(await));
    }
}
