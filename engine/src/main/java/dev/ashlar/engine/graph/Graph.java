package dev.ashlar.engine.graph;

import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// All instances of a composition. Order edges are fixed here; data edges are found when values are
/// resolved. Immutable.
public final class Graph {
    private final Composition composition;
    private final SequencedMap<InstanceKey, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Integer> indices = new HashMap<>();
    private final Map<String, String> groups = new HashMap<>();
    private final Map<String, Integer> stepsPerMember = new HashMap<>();
    private final Map<Member, Integer> fewer = new HashMap<>();
    private final SequencedMap<InstanceKey, Instance.Step> off = new LinkedHashMap<>();
    private final Set<InstanceKey> joiners = new HashSet<>();

    private record Member(String use, String node) {}

    private Graph(Composition composition) {
        this.composition = composition;
    }

    /// As for a first run.
    public static Graph of(Composition composition) {
        return of(composition, new Past());
    }

    /// @param past tells who is to join others that were founded before, or has done so; with
    ///   another past it may be another graph
    public static Graph of(Composition composition, Past past) {
        Graph graph = new Graph(composition);
        graph.addAll(past);
        return graph;
    }

    private void addAll(Past past) {
        composition.groups().values().forEach(this::addNodes);
        composition.uses().values().forEach(use -> addUse(use, past));
    }

    /// The same without steps whose condition is known to be false: as if they were not written.
    public static Graph without(
            Collection<Instance.Step> steps, Composition composition, Past past) {
        Graph graph = new Graph(composition);
        for (Instance.Step step : steps) {
            InstanceKey key = step.key();
            graph.off.put(key, step);
            key.node()
                    .ifPresent(node ->
                            graph.fewer.merge(new Member(key.use(), node), 1, Integer::sum));
        }
        graph.addAll(past);
        return graph;
    }

    /// The steps whose condition is known to be false.
    public SequencedMap<InstanceKey, Instance.Step> off() {
        return Collections.unmodifiableSequencedMap(off);
    }

    private void addNodes(GroupSpec group) {
        int index = 0;
        for (String node : group.nodes()) {
            index++;
            indices.put(node, index);
            groups.put(node, group.name());
            add(new Instance.Acquire(InstanceKey.acquire(node), node, group.provider()));
        }
    }

    private void addUse(UseSpec use, Past past) {
        stepsPerMember.put(
                use.name(),
                (int)
                        use.component().steps().stream()
                                .filter(step -> step.subject() == Subject.NODE)
                                .count());
        use.component().membership().join().ifPresent(join -> addJoiners(use, join, past));
        for (StepSpec step : use.component().steps()) {
            if (step.subject() == Subject.CLUSTER) {
                InstanceKey key = InstanceKey.ofCluster(use.name(), step.name());
                add(new Instance.Step(key, use, step, edges(use, step, key)));
                continue;
            }
            for (String node : members(use.name())) {
                InstanceKey key = InstanceKey.onNode(use.name(), step.name(), node);
                add(new Instance.Step(key, use, step, edges(use, step, key)));
            }
        }
    }

    private void addJoiners(UseSpec use, StepSpec join, Past past) {
        for (String node : members(use.name())) {
            if (Joiners.joins(past, use.name(), node)) {
                InstanceKey key = InstanceKey.join(use.name(), node);
                joiners.add(key);
                add(new Instance.Step(key, use, join, edges(use, join, key)));
            }
        }
    }

    private List<InstanceKey> edges(UseSpec use, StepSpec step, InstanceKey key) {
        List<InstanceKey> edges = new ArrayList<>();
        if (step.place() instanceof Place.OnSubject || step.place() instanceof Place.OnSponsor) {
            key.node().map(InstanceKey::acquire).ifPresent(edges::add);
        }
        Set<InstanceKey> before = new LinkedHashSet<>();
        addBefore(use, step, key, before, new HashSet<>());
        edges.addAll(before);
        return edges;
    }

    /// Beyond a step that is off stands what that comes after.
    ///
    /// @param passed what is off and has been gone beyond
    private void addBefore(
            UseSpec use,
            StepSpec step,
            InstanceKey key,
            Set<InstanceKey> before,
            Set<InstanceKey> passed) {
        for (String name : step.after()) {
            if (name.equals(InstanceKey.JOIN)) {
                key.node()
                        .map(node -> InstanceKey.join(use.name(), node))
                        .filter(joiners::contains)
                        .ifPresent(before::add);
                continue;
            }
            StepSpec named =
                    use.component()
                            .step(name)
                            .orElseThrow(() -> new IllegalStateException("no step " + name));
            for (InstanceKey each : instancesOf(use, named, key)) {
                if (!off.containsKey(each)) {
                    before.add(each);
                } else if (passed.add(each)) {
                    addBefore(use, named, key.node().isPresent() ? key : each, before, passed);
                }
            }
        }
    }

    /// The instances of `step` that `reader` looks at: its own node's, the cluster's, or, for a
    /// reader about the cluster, all.
    private List<InstanceKey> instancesOf(UseSpec use, StepSpec step, InstanceKey reader) {
        if (step.subject() == Subject.CLUSTER) {
            return List.of(InstanceKey.ofCluster(use.name(), step.name()));
        }
        return reader.node()
                .map(node -> List.of(InstanceKey.onNode(use.name(), step.name(), node)))
                .orElseGet(() ->
                        members(use.name()).stream()
                                .map(n -> InstanceKey.onNode(use.name(), step.name(), n))
                                .toList());
    }

    private void add(Instance instance) {
        if (!off.containsKey(instance.key())) {
            instances.put(instance.key(), instance);
        }
    }

    public Composition composition() {
        return composition;
    }

    /// In the order of the files.
    public SequencedMap<InstanceKey, Instance> instances() {
        return Collections.unmodifiableSequencedMap(instances);
    }

    /// The nodes that carry a use.
    public List<String> members(String use) {
        return groupOf(use).nodes();
    }

    public GroupSpec groupOf(String use) {
        UseSpec spec = composition.uses().get(use);
        GroupSpec group = spec == null ? null : composition.groups().get(spec.group());
        if (group == null) {
            throw new IllegalArgumentException("no use " + use);
        }
        return group;
    }

    /// True where a node is to carry a use.
    public boolean isMember(String use, String node) {
        return groupOf(use).name().equals(groups.get(node));
    }

    /// The group that a node belongs to; empty when it is not part of the cluster.
    public Optional<String> groupOfNode(String node) {
        return Optional.ofNullable(groups.get(node));
    }

    /// How many steps must have succeeded on a node before the use is healthy there.
    public int stepsPerMember(String use, String node) {
        int all = stepsPerMember.getOrDefault(use, 0);
        return fewer.isEmpty() ? all : all - fewer.getOrDefault(new Member(use, node), 0);
    }

    /// True of a member that came, or is to come, to others that were founded before, where its
    /// component says how it joins them.
    public boolean joins(String use, String node) {
        return joiners.contains(InstanceKey.join(use, node));
    }

    /// True when a node of that name is part of the cluster.
    public boolean hasNode(String name) {
        return indices.containsKey(name);
    }

    /// The place of a node in its group, from 1.
    public int indexOf(String node) {
        return indices.getOrDefault(node, 0);
    }
}
