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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Whom values came from, as a record keeps it: it must not grow with a group, nor must finding out
/// for each of its readers.
final class Sources {
    private static final int WHOLE_GROUP = 10;

    private final Graph graph;
    private final IdentityHashMap<Set<Origin>, Set<InstanceKey>> ofGroups = new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<Origin.Lapsing>> lapsing =
            new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<Origin.Kept>> secrets = new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<String>> servedBy = new IdentityHashMap<>();

    Sources(Graph graph) {
        this.graph = graph;
    }

    /// The instances whose outputs were read: undo goes in reverse of these.
    Set<InstanceKey> producers(List<Value> read) {
        return all(
                read,
                few -> producers(few),
                many -> ofGroups.computeIfAbsent(many, o -> grouped(producers(o))));
    }

    /// What of the values is good for a time only.
    Set<Origin.Lapsing> lapsing(List<Value> read) {
        return all(read, Lapses::in, many -> lapsing.computeIfAbsent(many, Lapses::in));
    }

    /// What of the vault is in the values, each with its version.
    SortedMap<String, Integer> secrets(List<Value> read) {
        List<Value> given = read.stream().filter(Value::hasSecret).toList();
        Set<Origin.Kept> kept =
                all(given, Sources::kept, many -> secrets.computeIfAbsent(many, Sources::kept));
        SortedMap<String, Integer> versions = new TreeMap<>();
        kept.forEach(secret -> versions.put(secret.name(), secret.version()));
        return versions;
    }

    private static Set<Origin.Kept> kept(Set<Origin> origins) {
        Set<Origin.Kept> kept = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Kept secret) {
                kept.add(secret);
            }
        }
        return kept;
    }

    /// The uses whose health the values asked for.
    Set<String> served(List<Value> read) {
        return all(
                read, few -> served(few), many -> servedBy.computeIfAbsent(many, Sources::served));
    }

    private static <T> Set<T> all(
            List<Value> read,
            Function<Set<Origin>, Set<T>> few,
            Function<Set<Origin>, Set<T>> many) {
        Set<T> all = new LinkedHashSet<>();
        for (Value value : read) {
            Set<Origin> origins = value.deepLabel().origins();
            all.addAll((origins.size() < WHOLE_GROUP ? few : many).apply(origins));
        }
        return all;
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
            switch (origin) {
                case Origin.Produced(InstanceKey by, _, _) -> producers.add(by);
                case Origin.Gathered(InstanceKey by, _, _, _) -> producers.add(by);
                case Origin.Written _,
                        Origin.Frozen _,
                        Origin.Fact _,
                        Origin.Served _,
                        Origin.Lapsing _,
                        Origin.Elsewhere _,
                        Origin.Kept _,
                        Origin.Given _ -> {}
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
            if (keys.size() >= WHOLE_GROUP && isWhole(step, keys.size())) {
                all.add(step);
            } else {
                all.addAll(keys);
            }
        });
        return all;
    }

    private boolean isWhole(InstanceKey step, int instances) {
        return step.use().equals(InstanceKey.NODE_USE) || instances == graph.instancesOf(step);
    }
}
