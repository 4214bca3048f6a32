package dev.ashlar.simulation.referee;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// What has been achieved in the run, or stood, and what may be waited for that holds by it.
final class Achievements {
    private final Graph graph;
    private final Set<InstanceKey> achieved = new LinkedHashSet<>();

    Achievements(Graph graph) {
        this.graph = graph;
    }

    void add(InstanceKey key) {
        achieved.add(key);
    }

    boolean contains(InstanceKey key) {
        return achieved.contains(key);
    }

    boolean hold(Await await) {
        return switch (await) {
            case Await.Success(InstanceKey of) -> contains(of);
            case Await.Healthy(String use, String node) -> isHealthy(use, node);
            case Await.Sponsor _ -> true;
            case Await.Elsewhere _, Await.Unlocked _ -> false;
            case Await.Gathered(String use, Await.Holds holds) -> {
                List<String> members = graph.members(use);
                long healthy = members.stream().filter(m -> isHealthy(use, m)).count();
                yield healthy >= Math.min(members.size(), holds.needed(members.size()));
            }
        };
    }

    private boolean isHealthy(String use, String node) {
        return isEach(use, node, this::contains);
    }

    /// Whether each of a member's steps is so.
    boolean isEach(String use, String node, Predicate<InstanceKey> test) {
        UseSpec spec = graph.composition().uses().get(use);
        return spec != null
                && spec.component().steps().stream()
                        .filter(step -> step.subject() == Subject.NODE)
                        .flatMap(step -> graph.keys(spec, step, Optional.of(node)).stream())
                        .allMatch(test);
    }
}
