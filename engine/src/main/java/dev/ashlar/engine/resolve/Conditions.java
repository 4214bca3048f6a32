package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Elements;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;

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
        Elements elements = all.elements();
        List<Instance.Step> off = new ArrayList<>();
        boolean grows = true;
        while (grows) {
            grows = off.addAll(off(graph));
            graph = grows ? Graph.of(graph.composition(), past, elements, off) : graph;
        }
        return graph;
    }

    private static List<Instance.Step> off(Graph graph) {
        Values values = new Values(graph, new Past(), new Achieved(graph));
        List<Instance.Step> off = new ArrayList<>();
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step && isOff(step, values)) {
                off.add(step);
            }
        }
        return off;
    }

    private static boolean isOff(Instance.Step step, Values values) {
        return values.condition(step)
                .filter(condition -> condition.awaits().isEmpty())
                .filter(condition -> isFalse(condition.value()))
                .isPresent();
    }

    static boolean isTrue(Value condition) {
        return condition.data() instanceof Data.Bool(boolean truth) && truth;
    }

    static boolean isFalse(Value condition) {
        return condition.data() instanceof Data.Bool(boolean truth) && !truth;
    }
}
