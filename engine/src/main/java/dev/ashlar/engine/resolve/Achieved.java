package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What has been achieved so far in a run or a plan. Each achievement costs the same however large
/// the cluster is.
public final class Achieved implements View {
    private record Mark(SequencedMap<String, Value> outputs, String changedBy) {}

    /// Of a step whose condition is false.
    private static final Mark NOTHING = new Mark(new LinkedHashMap<>(), "");

    private final Graph graph;
    private final Map<InstanceKey, Mark> marks = new LinkedHashMap<>();
    private final Map<Await.Healthy, Integer> steps = new LinkedHashMap<>();
    private final Map<String, Integer> healthy = new LinkedHashMap<>();
    private final Map<InstanceKey, List<String>> ready = new LinkedHashMap<>();

    /// Nothing yet, but what there is nothing to do for.
    public Achieved(Graph graph) {
        this.graph = graph;
        graph.off().keySet().forEach(key -> marks.put(key, NOTHING));
        for (String use : graph.composition().uses().keySet()) {
            long empty =
                    graph.members(use).stream()
                            .filter(node -> graph.stepsPerMember(use, node) == 0)
                            .count();
            healthy.put(use, Math.toIntExact(empty));
        }
    }

    /// An earlier success stands.
    public List<Await> achieve(Success success) {
        return achieve(success.key(), success.outputs(), success.changedBy());
    }

    /// A step's condition is false, and nothing of it is there: there is nothing to do for it.
    public List<Await> off(InstanceKey key) {
        return achieve(key, NOTHING.outputs(), NOTHING.changedBy());
    }

    /// What an instance that has been achieved has produced is another value now.
    public void renew(Success success) {
        marks.replace(success.key(), new Mark(success.outputs(), success.changedBy()));
    }

    /// Takes a success in; returns everything that holds from now on and did not before.
    public List<Await> achieve(
            InstanceKey key, SequencedMap<String, Value> outputs, String changedBy) {
        if (marks.putIfAbsent(key, new Mark(outputs, changedBy)) != null) {
            return List.of();
        }
        List<Await> now = new ArrayList<>();
        now.add(new Await.Success(key));
        boolean isStep = !key.use().equals(InstanceKey.NODE_USE) && !key.isMembership();
        if (key.node().isPresent() && isStep) {
            Await.Healthy member = new Await.Healthy(key.use(), key.node().get());
            if (steps.merge(member, 1, Integer::sum)
                    == graph.stepsPerMember(member.use(), member.node())) {
                now.add(member);
                gathered(key.use(), now);
            }
        }
        return now;
    }

    /// Takes in who is ready to carry out a join or leave step.
    ///
    /// @return what holds from now on
    public Await ready(InstanceKey membership, List<String> nodes) {
        ready.put(membership, List.copyOf(nodes));
        return new Await.Sponsor(membership);
    }

    private void gathered(String use, List<Await> now) {
        int count = healthy.merge(use, 1, Integer::sum);
        int size = graph.members(use).size();
        for (Holds holds : Holds.values()) {
            if (needed(holds, size) == count) {
                now.add(new Await.Gathered(use, holds));
            }
        }
    }

    /// Of no members none are needed.
    private static int needed(Holds holds, int size) {
        return Math.min(size, holds.needed(size));
    }

    @Override
    public Optional<SequencedMap<String, Value>> outputs(InstanceKey key) {
        return Optional.ofNullable(marks.get(key)).map(Mark::outputs);
    }

    @Override
    public Optional<String> changedBy(InstanceKey key) {
        return Optional.ofNullable(marks.get(key)).map(Mark::changedBy);
    }

    @Override
    public Optional<List<String>> ready(InstanceKey membership) {
        return Optional.ofNullable(ready.get(membership));
    }

    @Override
    public boolean holds(Await await) {
        return switch (await) {
            case Await.Success(InstanceKey of) -> marks.containsKey(of);
            case Await.Healthy member ->
                    steps.getOrDefault(member, 0)
                            == graph.stepsPerMember(member.use(), member.node());
            case Await.Sponsor(InstanceKey of) -> ready.containsKey(of);
            case Await.Elsewhere _, Await.Unlocked _ -> false;
            case Await.Gathered(String use, Holds holds) ->
                    healthy.getOrDefault(use, 0) >= needed(holds, graph.members(use).size());
        };
    }
}
