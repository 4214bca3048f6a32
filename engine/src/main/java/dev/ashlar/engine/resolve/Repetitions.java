package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Elements;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What steps are repeated for. That is decided by what is written in the files, before anything
/// else is: how many instances there are does not change in the middle of a run. What keys stand
/// for may be known later.
public final class Repetitions {
    private final Graph graph;
    private final Values values;
    private final Map<InstanceKey, SequencedMap<String, Value>> elements = new LinkedHashMap<>();
    private final IdentityHashMap<Value, SequencedMap<String, Value>> byKey =
            new IdentityHashMap<>();
    private final SequencedMap<Expression, Problem> problems = new LinkedHashMap<>();

    /// Something for which a step cannot be repeated.
    ///
    /// @param subject for whom it was found first
    public record Problem(InstanceKey subject, Expression each, String message, String help) {}

    private Repetitions(Composition composition, Past past) {
        this.graph = Graph.of(composition, past, Elements.OPEN);
        this.values = new Values(graph, new Past(), new Achieved(graph));
    }

    /// Elements that have a problem are left out: it is reported before anything is done.
    static Elements of(Composition composition, Past past) {
        return repeats(composition)
                ? new Elements(looked(composition, past).elements)
                : Elements.NONE;
    }

    /// One for each expression that is wrong for at least one node.
    public static List<Problem> problems(Composition composition) {
        return repeats(composition)
                ? List.copyOf(looked(composition, new Past()).problems.values())
                : List.of();
    }

    /// Most clusters repeat no step, and need not be looked at for it.
    private static boolean repeats(Composition composition) {
        return composition.uses().values().stream()
                .flatMap(use -> use.component().steps().stream())
                .anyMatch(step -> step.each().isPresent());
    }

    private static Repetitions looked(Composition composition, Past past) {
        Repetitions repetitions = new Repetitions(composition, past);
        for (UseSpec use : composition.uses().values()) {
            for (StepSpec step : use.component().steps()) {
                step.each().ifPresent(each -> repetitions.look(use, step, each));
            }
        }
        return repetitions;
    }

    private void look(UseSpec use, StepSpec step, Expression each) {
        for (Optional<String> node : graph.subjects(use, step)) {
            InstanceKey key = new InstanceKey(use.name(), step.name(), Optional.empty(), node);
            Kept kept = values.repetition(use, node, step).orElseThrow();
            elements.put(key, byKey.computeIfAbsent(kept.value(), v -> byKey(key, each, v)));
            if (kept.invalid().isPresent() || !Element.areTold(kept.value())) {
                undecided(key, each, kept);
            }
        }
    }

    private void undecided(InstanceKey key, Expression each, Kept kept) {
        String message =
                kept.invalid()
                        .map(invalid -> invalid.message())
                        .orElse("what the step is repeated for is known only in a run");
        String help =
                kept.invalid().isPresent()
                        ? ""
                        : "let it read inputs or names of nodes; or repeat the"
                                + " resources of one step";
        problems.putIfAbsent(each, new Problem(key, each, message, help));
    }

    private SequencedMap<String, Value> byKey(InstanceKey of, Expression each, Value collection) {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        for (Value element : Element.of(collection)) {
            Optional<String> key = Element.key(element);
            Optional<Problem> problem = key.flatMap(text -> problem(of, each, text, all));
            problem.ifPresent(found -> problems.putIfAbsent(each, found));
            key.filter(_ -> problem.isEmpty()).ifPresent(text -> all.put(text, element));
        }
        return all;
    }

    private static Optional<Problem> problem(
            InstanceKey of, Expression each, String key, SequencedMap<String, Value> before) {
        if (before.containsKey(key)) {
            return Optional.of(
                    new Problem(
                            of,
                            each,
                            "\"" + key + "\" is there twice",
                            "instances are told apart by their keys"));
        }
        return InstanceKey.keyViolation(key)
                .map(rule ->
                        new Problem(
                                of,
                                each,
                                "\"" + key.lines().findFirst().orElse("") + "\" cannot be a key",
                                "a key is made of " + rule + "; a map gives what it likes a key"));
    }
}
