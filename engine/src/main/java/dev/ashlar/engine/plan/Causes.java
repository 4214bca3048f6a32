package dev.ashlar.engine.plan;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.plan.Plan.Action;
import dev.ashlar.engine.plan.Plan.Entry;
import dev.ashlar.model.composition.ResourceSpec;
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
    record Maker(String use, String step, Action action) {
        static Maker of(Entry entry) {
            return new Maker(entry.key().use(), entry.key().step(), entry.action());
        }
    }

    /// @param makers what is done, or may be, before it is decided
    static List<String> of(Instance instance, Collection<Maker> makers) {
        Map<String, SequencedSet<String>> byLot = new LinkedHashMap<>();
        for (Maker maker : makers) {
            String lot = lot(maker.action());
            if (!lot.isEmpty()) {
                String verb = watches(instance, maker) ? "watches %s, " : "reads %s, ";
                byLot.computeIfAbsent(verb + lot, _ -> new LinkedHashSet<>())
                        .add(maker.use() + "." + maker.step());
            }
        }
        List<String> reasons = new ArrayList<>();
        byLot.forEach((words, names) -> reasons.add(words.formatted(some(List.copyOf(names)))));
        return reasons;
    }

    private static boolean watches(Instance instance, Maker maker) {
        return instance instanceof Instance.Step step
                && maker.use().equals(step.key().use())
                && step.step().action().resources().stream()
                        .map(ResourceSpec::restartOn)
                        .anyMatch(watched -> watched.contains(maker.step()));
    }

    private static String lot(Action action) {
        return switch (action) {
            case CREATE, CHANGE, REPAIR, REPLACE, REMOVE -> "which runs";
            case MAYBE -> "which may run";
            case IMPOSSIBLE -> "which cannot be done";
            case UNCHANGED, LEFT_OUT -> "";
        };
    }

    private static String some(List<String> names) {
        return names.size() <= NAMED_MAX
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, NAMED_MAX))
                        + " and %d more".formatted(names.size() - NAMED_MAX);
    }
}
