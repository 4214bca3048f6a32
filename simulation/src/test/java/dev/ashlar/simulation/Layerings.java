package dev.ashlar.simulation;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.simulation.composition.Expressions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Gives some members a value of their own for what their use reads, which comes, goes and changes
/// from version to version; never for what is read of the use as a whole, or when a member leaves.
final class Layerings {
    /// How often what was given.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    private static final String INPUT = "value";

    private final Composition composition;
    private final Random own;

    private Layerings(Composition composition, long seed, int version) {
        this.composition = composition;
        this.own = new Random(seed * 103 + version);
    }

    /// True where some members have values of their own, which come and go.
    static boolean isIn(long seed) {
        return seed % 9 == 1 || seed % 9 == 4;
    }

    static Composition of(Composition composition, long seed, int version) {
        Layerings layerings = new Layerings(composition, seed, version);
        SequencedMap<String, UseSpec> uses = new LinkedHashMap<>();
        composition.uses().forEach((name, use) -> uses.put(name, layerings.layered(use)));
        return Changed.composition(composition, uses);
    }

    private UseSpec layered(UseSpec use) {
        if (isShared(use.component())) {
            SEEN.merge("one value for all", 1, Integer::sum);
            return use;
        }
        SequencedMap<String, Expression> alone = new LinkedHashMap<>();
        for (String node : Objects.requireNonNull(composition.groups().get(use.group())).nodes()) {
            if (own.nextInt(3) == 0) {
                alone.put(node, Expressions.literal("of " + node + " " + own.nextInt(2)));
                SEEN.merge("a value of one member", 1, Integer::sum);
            }
        }
        SequencedMap<String, Binding> inputs = new LinkedHashMap<>(use.inputs());
        inputs.computeIfPresent(
                INPUT, (_, binding) -> new Binding(binding.input(), binding.layers(), alone));
        return new UseSpec(
                use.name(), use.group(), use.component(), inputs, use.requires(), use.span());
    }

    private static boolean isShared(ComponentSpec component) {
        Stream<Expression> outputs =
                component.clusterOutputs().values().stream().map(output -> output.value());
        Stream<Expression> steps =
                Stream.concat(
                                component.steps().stream()
                                        .filter(step -> step.subject() == Subject.CLUSTER),
                                component.membership().leave().stream())
                        .map(StepSpec::expressions)
                        .flatMap(List::stream);
        return Stream.concat(outputs, steps)
                .flatMap(expression -> expression.reads().stream())
                .anyMatch(List.of("inputs", INPUT)::equals);
    }
}
