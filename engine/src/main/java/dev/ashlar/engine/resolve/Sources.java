package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whom values came from, as a record keeps it: it must not grow with a group, nor must finding out
/// for each of its readers.
final class Sources {
    private static final int WHOLE_GROUP = 10;

    private final Graph graph;
    private final IdentityHashMap<Set<Origin>, Set<InstanceKey>> ofGroups = new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<String>> servedBy = new IdentityHashMap<>();

    Sources(Graph graph) {
        this.graph = graph;
    }

    /// The instances whose outputs were read: undo goes in reverse of these.
    Set<InstanceKey> producers(List<Value> read) {
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (Value value : read) {
            Set<Origin> origins = value.deepLabel().origins();
            producers.addAll(
                    origins.size() < WHOLE_GROUP
                            ? producers(origins)
                            : ofGroups.computeIfAbsent(origins, o -> grouped(producers(o))));
        }
        return producers;
    }

    /// The uses whose health the values asked for.
    Set<String> served(List<Value> read) {
        Set<String> served = new LinkedHashSet<>();
        for (Value value : read) {
            Set<Origin> origins = value.deepLabel().origins();
            served.addAll(
                    origins.size() < WHOLE_GROUP
                            ? served(origins)
                            : servedBy.computeIfAbsent(origins, Sources::served));
        }
        return served;
    }

    private static Set<String> served(Set<Origin> origins) {
        Set<String> served = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Served(String use)) {
                served.add(use);
            }
        }
        return served;
    }

    private static Set<InstanceKey> producers(Set<Origin> origins) {
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Produced(InstanceKey by, _, _)) {
                producers.add(by);
            }
        }
        return producers;
    }

    /// Where a whole group was read, its step without a node stands for all of its instances: a
    /// record must not grow with the group.
    private Set<InstanceKey> grouped(Set<InstanceKey> producers) {
        Map<InstanceKey, List<InstanceKey>> steps = new LinkedHashMap<>();
        for (InstanceKey key : producers) {
            steps.computeIfAbsent(
                            InstanceKey.ofCluster(key.use(), key.step()), _ -> new ArrayList<>())
                    .add(key);
        }
        Set<InstanceKey> all = new LinkedHashSet<>();
        steps.forEach((step, keys) -> {
            boolean isWhole =
                    step.use().equals(InstanceKey.NODE_USE)
                            || keys.size() == graph.members(step.use()).size();
            if (keys.size() >= WHOLE_GROUP && isWhole) {
                all.add(step);
            } else {
                all.addAll(keys);
            }
        });
        return all;
    }
}
