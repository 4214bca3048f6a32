package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which steps are part of a cluster. A condition over what is written in the files is decided
/// before anything else is: a step for which it is false is not in the graph, and what is on record
/// of it goes as if it had left the files. One that waits for what a run brings about is decided in
/// the run.
public final class Conditions {
    private Conditions() {}

    /// The instances that are wanted, but for what only a run can decide.
    public static Graph wanted(Composition composition, Past past) {
        Graph all = Graph.of(composition, past, Repetitions.of(composition, past));
        boolean isConditional =
                composition.uses().values().stream()
                        .flatMap(use -> use.component().steps().stream())
                        .anyMatch(step -> step.when().isPresent());
        return isConditional ? decided(all, past) : all;
    }

    /// What a step that is off would have produced is known to be absent, so others may be off for
    /// it.
    private static Graph decided(Graph all, Past past) {
        Graph graph = all;
        List<Instance.Step> off = new ArrayList<>();
        Set<InstanceKey> undecided = new LinkedHashSet<>();
        while (look(graph, off, undecided)) {
            undecided.clear();
            graph = Graph.of(all.composition(), past, all.elements(), off, Set.of());
        }
        return undecided.isEmpty()
                ? graph
                : Graph.of(all.composition(), past, all.elements(), off, undecided);
    }

    /// @param off takes in what is off
    /// @param undecided takes in what cannot be told yet
    /// @return whether anything was off that was not before
    private static boolean look(Graph graph, List<Instance.Step> off, Set<InstanceKey> undecided) {
        Values values = new Values(graph, new Past(), new Achieved(graph));
        int before = off.size();
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step) {
                Optional<Kept> condition = values.decisions().condition(step);
                if (condition.filter(kept -> is(kept, false)).isPresent()) {
                    off.add(step);
                } else if (condition.filter(kept -> !is(kept, true)).isPresent()) {
                    undecided.add(step.key());
                }
            }
        }
        return off.size() > before;
    }

    private static boolean is(Kept condition, boolean truth) {
        return condition.awaits().isEmpty()
                && (truth ? isTrue(condition.value()) : isFalse(condition.value()));
    }

    static boolean isTrue(Value condition) {
        return condition.data() instanceof Data.Bool(boolean truth) && truth;
    }

    static boolean isFalse(Value condition) {
        return condition.data() instanceof Data.Bool(boolean truth) && !truth;
    }
}
