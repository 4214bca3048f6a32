package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The uses that an instance comes after as a whole. They are waited for and remembered, so that
/// undo goes in reverse, but are no part of what the instance is: it never runs again for them.
///
/// @param served all of them, by name
/// @param awaits beside such a use that its member there is healthy; elsewhere that all of its
///   members are, and what it does once for all is done
/// @param producers what such a use does once for all, where that is waited for
record UsesBefore(Set<String> served, Set<Await> awaits, Set<InstanceKey> producers) {

    static UsesBefore of(Graph graph, InstanceKey key) {
        Set<Await> awaits = new LinkedHashSet<>();
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (String use : graph.usesBefore(key)) {
            Optional<String> beside = key.node().filter(node -> graph.isMember(use, node));
            if (beside.isPresent()) {
                awaits.add(new Await.Healthy(use, beside.get()));
            } else {
                awaits.add(new Await.Gathered(use, Holds.ALL));
                producers.addAll(onceForAll(graph, use));
            }
        }
        producers.forEach(step -> awaits.add(new Await.Success(step)));
        return new UsesBefore(graph.usesBefore(key), awaits, producers);
    }

    private static List<InstanceKey> onceForAll(Graph graph, String name) {
        UseSpec use = Objects.requireNonNull(graph.composition().uses().get(name));
        return use.component().steps().stream()
                .filter(step -> step.subject() == Subject.CLUSTER)
                .flatMap(step -> graph.keys(use, step, Optional.empty()).stream())
                .filter(graph.instances()::containsKey)
                .toList();
    }
}
