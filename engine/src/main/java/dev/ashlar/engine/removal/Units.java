package dev.ashlar.engine.removal;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is done all together on a node or not at all: what goes of one use there and what is new of
/// it; of uses that go altogether, and of nodes that do, everything that goes and everything new;
/// of who joins a use, its joining and all that comes after that.
final class Units {
    private static final String ALL = "";
    private static final String JOINING = "joins ";

    private record Unit(String node, String use) {}

    private final Graph graph;
    private final Past past;
    private final Map<Unit, Set<InstanceKey>> units = new LinkedHashMap<>();

    Units(Graph graph, Past past, Removals removals) {
        this.graph = graph;
        this.past = past;
        for (InstanceKey key : removals.reasons().keySet()) {
            key.node()
                    .map(node -> unit(key, node))
                    .map(unit -> units.computeIfAbsent(unit, _ -> new LinkedHashSet<>()))
                    .ifPresent(keys -> keys.add(key));
        }
        addJoiners();
        for (InstanceKey key : graph.instances().keySet()) {
            boolean isNew = removals.contains(key) || past.success(key).isEmpty();
            key.node()
                    .filter(_ -> isNew)
                    .ifPresent(node -> {
                        add(new Unit(node, key.use()), key);
                        add(new Unit(node, ALL), key);
                    });
        }
    }

    /// Who is announced to the others is brought up as well.
    private void addJoiners() {
        for (Instance instance : graph.instances().values()) {
            if (!instance.key().isJoin() || !(instance instanceof Instance.Step join)) {
                continue;
            }
            String node = instance.key().node().orElseThrow();
            String use = instance.key().use();
            if (past.success(instance.key()).isEmpty() && !past.isFounded(use, node)) {
                Set<InstanceKey> keys = new LinkedHashSet<>(Set.of(instance.key()));
                ComponentSpec component = join.use().component();
                component.stepsAfterJoin().stream()
                        .flatMap(name -> component.step(name).stream())
                        .flatMap(step -> graph.keys(join.use(), step, Optional.of(node)).stream())
                        .forEach(keys::add);
                units.put(new Unit(node, JOINING + use), keys);
            }
        }
    }

    private Unit unit(InstanceKey key, String node) {
        boolean stays = graph.hasNode(node) && graph.composition().uses().containsKey(key.use());
        return new Unit(node, stays ? key.use() : ALL);
    }

    private void add(Unit unit, InstanceKey key) {
        if (units.containsKey(unit)) {
            units.get(unit).add(key);
        }
    }

    Selection closed(Selection selection) {
        Set<InstanceKey> left = new LinkedHashSet<>(selection.instances());
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Set<InstanceKey> keys : units.values()) {
                boolean isLeft =
                        keys.stream()
                                .anyMatch(key ->
                                        left.contains(key)
                                                || selection.leavesOut(key, past.place(key)));
                if (isLeft) {
                    grows |= left.addAll(keys);
                }
            }
        }
        return new Selection(selection.words(), left, selection.nodes());
    }
}
