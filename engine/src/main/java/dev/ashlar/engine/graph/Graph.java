package dev.ashlar.engine.graph;

import dev.ashlar.engine.past.Joiners;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Place;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
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
    private final Elements elements;
    private final SequencedMap<InstanceKey, Instance> instances = new LinkedHashMap<>();
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final Map<String, String> groups = new LinkedHashMap<>();
    private final Map<String, Integer> stepsPerMember = new LinkedHashMap<>();
    private final Map<Member, Integer> more = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Instance.Step> off = new LinkedHashMap<>();
    private final Set<InstanceKey> undecided = new LinkedHashSet<>();
    private final Map<InstanceKey, Set<String>> usesBefore = new LinkedHashMap<>();
    private final Set<InstanceKey> joiners = new LinkedHashSet<>();

    private record Member(String use, String node) {}

    private Graph(Composition composition, Elements elements) {
        this.composition = composition;
        this.elements = elements;
    }

    /// As for a first run, of a cluster without repeated steps.
    public static Graph of(Composition composition) {
        return of(composition, new Past(), Elements.NONE);
    }

    /// @param past tells who is to join others that were founded before, or has done so; with
    ///   another past it may be another graph
    public static Graph of(Composition composition, Past past, Elements elements) {
        return of(composition, past, elements, List.of(), Set.of());
    }

    /// @param off steps whose condition is known to be false: as if they were not written
    /// @param undecided those whose condition only a run decides
    public static Graph of(
            Composition composition,
            Past past,
            Elements elements,
            Collection<Instance.Step> off,
            Set<InstanceKey> undecided) {
        Graph graph = new Graph(composition, elements);
        graph.undecided.addAll(undecided);
        for (Instance.Step step : off) {
            graph.off.put(step.key(), step);
            graph.count(step.key(), -1);
        }
        graph.addAll(past);
        return graph;
    }

    private void count(InstanceKey key, int steps) {
        key.node().ifPresent(node -> more.merge(new Member(key.use(), node), steps, Integer::sum));
    }

    private void addAll(Past past) {
        composition.groups().values().forEach(this::addNodes);
        composition.uses().values().forEach(use -> addUse(use, past));
    }

    /// The steps whose condition is known to be false.
    public SequencedMap<InstanceKey, Instance.Step> off() {
        return Collections.unmodifiableSequencedMap(off);
    }

    /// True of a step of which only a run decides whether it is wanted.
    public boolean isUndecided(InstanceKey key) {
        return undecided.contains(key);
    }

    private void addNodes(GroupSpec group) {
        int index = 0;
        Set<Fact> asked = composition.factsOf(group.name());
        for (String node : group.nodes()) {
            index++;
            indices.put(node, index);
            groups.put(node, group.name());
            add(new Instance.Acquire(InstanceKey.acquire(node), node, group.provider()));
            asked.stream().map(fact -> gather(fact, node)).forEach(this::add);
        }
    }

    private static Instance.Gather gather(Fact fact, String node) {
        return new Instance.Gather(fact.gatheredBy(node), node, Fact.all(fact.isVolatile()));
    }

    private void addUse(UseSpec use, Past past) {
        stepsPerMember.put(
                use.name(),
                (int)
                        use.component().steps().stream()
                                .filter(step -> step.subject() == Subject.NODE)
                                .filter(step -> step.each().isEmpty())
                                .count());
        use.component().membership().join().ifPresent(join -> addJoiners(use, join, past));
        for (StepSpec step : use.component().steps()) {
            subjects(use, step).forEach(node -> addStep(use, step, node));
        }
    }

    /// Whom a step is about: each member, or the cluster, which is none.
    public List<Optional<String>> subjects(UseSpec use, StepSpec step) {
        return step.subject() == Subject.CLUSTER
                ? List.of(Optional.empty())
                : members(use.name()).stream().map(Optional::of).toList();
    }

    private void addStep(UseSpec use, StepSpec step, Optional<String> node) {
        for (InstanceKey key : keys(use, step, node)) {
            Optional<Value> element = key.key().map(name -> elements.of(key).get(name));
            add(new Instance.Step(key, use, step, element, edges(use, step, key)));
            if (element.isPresent()) {
                count(key, 1);
            }
        }
    }

    /// The instances of a step on a node, or of one about the cluster: one, or one for each of its
    /// elements; those that are off as well.
    ///
    /// @param node the member; empty for the cluster
    public List<InstanceKey> keys(UseSpec use, StepSpec step, Optional<String> node) {
        InstanceKey key =
                new InstanceKey(
                        use.name(),
                        step.name(),
                        Optional.empty(),
                        step.subject() == Subject.CLUSTER ? Optional.empty() : node);
        return step.each().isEmpty()
                ? List.of(key)
                : elements.of(key).keySet().stream().map(key::repeated).toList();
    }

    private void addJoiners(UseSpec use, StepSpec join, Past past) {
        for (String node : members(use.name())) {
            if (Joiners.joins(past, use.name(), node)) {
                InstanceKey key = InstanceKey.join(use.name(), node);
                joiners.add(key);
                add(new Instance.Step(key, use, join, Optional.empty(), edges(use, join, key)));
            }
        }
    }

    private List<InstanceKey> edges(UseSpec use, StepSpec step, InstanceKey key) {
        List<InstanceKey> edges = new ArrayList<>();
        if (step.place() instanceof Place.OnSubject || step.place() instanceof Place.OnSponsor) {
            key.node().map(InstanceKey::acquire).ifPresent(edges::add);
        }
        Before before =
                new Before(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        addBefore(use, step, key, before);
        edges.addAll(before.steps());
        if (!before.uses().isEmpty()) {
            usesBefore.put(key, Collections.unmodifiableSet(before.uses()));
        }
        return edges;
    }

    /// What comes before an instance.
    ///
    /// @param passed what has been gone beyond
    private record Before(Set<InstanceKey> steps, Set<String> uses, Set<InstanceKey> passed) {}

    /// Beyond a step of which nothing is there, as it is off or repeated for nothing, stands what
    /// that comes after.
    private void addBefore(UseSpec use, StepSpec step, InstanceKey key, Before before) {
        before.uses().addAll(use.usesBefore(step));
        for (String name : step.after()) {
            if (use.requires().containsKey(name)) {
                continue;
            }
            if (name.equals(InstanceKey.JOIN)) {
                key.node()
                        .map(node -> InstanceKey.join(use.name(), node))
                        .filter(joiners::contains)
                        .ifPresent(before.steps()::add);
                continue;
            }
            StepSpec named =
                    use.component()
                            .step(name)
                            .orElseThrow(() -> new IllegalStateException("no step " + name));
            for (Optional<String> node : seenBy(use, named, key)) {
                List<InstanceKey> there =
                        keys(use, named, node).stream()
                                .filter(each -> !off.containsKey(each))
                                .toList();
                before.steps().addAll(there);
                if (there.isEmpty()) {
                    InstanceKey whole = new InstanceKey(use.name(), name, Optional.empty(), node);
                    if (before.passed().add(whole)) {
                        addBefore(use, named, key.node().isPresent() ? key : whole, before);
                    }
                }
            }
        }
    }

    /// Whom a step that `reader` comes after is about: its own node, the cluster, or, for a reader
    /// about the cluster, all members.
    private List<Optional<String>> seenBy(UseSpec use, StepSpec step, InstanceKey reader) {
        return reader.node().isPresent() && step.subject() == Subject.NODE
                ? List.of(reader.node())
                : subjects(use, step);
    }

    private void add(Instance instance) {
        if (!off.containsKey(instance.key())) {
            instances.put(instance.key(), instance);
        }
    }

    public Elements elements() {
        return elements;
    }

    public Composition composition() {
        return composition;
    }

    /// The uses that an instance comes after as a whole, whatever values flow.
    public Set<String> usesBefore(InstanceKey key) {
        return usesBefore.getOrDefault(key, Set.of());
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
        return more.isEmpty() ? all : all + more.getOrDefault(new Member(use, node), 0);
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

    /// How many instances a step has on all nodes.
    ///
    /// @param step its key for the cluster
    public int instancesOf(InstanceKey step) {
        UseSpec use = composition.uses().get(step.use());
        return use == null
                ? 0
                : use.component().step(step.step()).stream()
                        .flatMap(spec ->
                                subjects(use, spec).stream()
                                        .map(node -> keys(use, spec, node).size()))
                        .mapToInt(Integer::intValue)
                        .sum();
    }

    /// The place of a node in its group, from 1.
    public int indexOf(String node) {
        return indices.getOrDefault(node, 0);
    }
}
