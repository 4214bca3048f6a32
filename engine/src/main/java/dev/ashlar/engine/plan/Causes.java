package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.text.Words;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// Why it is open whether what stands runs again: which steps that it watches or reads are done
/// before it. They are named without their nodes, so that a group's members say the same.
final class Causes {
    private static final int NAMED_MAX = 3;

    private Causes() {}

    /// A step that is awaited, on one node or on many, and what is to become of it.
    record Cause(String use, String step, Action action) {
        static Cause of(Entry entry) {
            return new Cause(entry.key().use(), entry.key().step(), entry.action());
        }
    }

    /// @param causes what is done, or may be, before it is decided
    static List<String> of(Instance instance, Collection<Cause> causes) {
        Map<String, SequencedSet<String>> byLot = new LinkedHashMap<>();
        for (Cause cause : causes) {
            String lot = lot(cause.action());
            if (!lot.isEmpty()) {
                String verb = watches(instance, cause) ? "watches %s, " : "reads %s, ";
                byLot.computeIfAbsent(verb + lot, _ -> new LinkedHashSet<>())
                        .add(cause.use() + "." + cause.step());
            }
        }
        List<String> reasons = new ArrayList<>();
        byLot.forEach((words, names) ->
                reasons.add(words.formatted(Words.some(List.copyOf(names), NAMED_MAX))));
        return reasons;
    }

    private static boolean watches(Instance instance, Cause cause) {
        return instance instanceof Instance.Step step
                && cause.use().equals(step.key().use())
                && step.step().action().resources().stream()
                        .map(ResourceSpec::restartOn)
                        .anyMatch(watched -> watched.contains(cause.step()));
    }

    private static String lot(Action action) {
        return switch (action) {
            case CREATE, CHANGE, REPAIR, REPLACE, REMOVE -> "which runs";
            case MAYBE -> "which may run";
            case IMPOSSIBLE -> "which cannot be done";
            case UNCHANGED, LEFT_OUT -> "";
        };
    }
}
