package dev.ashlar.simulation;

import dev.ashlar.model.composition.ComponentSpec.Interfaces;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import dev.ashlar.simulation.composition.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Lets every use stand for an interface and some require it of one before them, or of something
/// external: whom they are bound to differs from version to version, who requires it and which of
/// its steps read it or come after it does not.
final class Wirings {
    /// How often what was wired.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    private static final String INTERFACE = "listed";
    private static final String VALUE = "endpoints";
    private static final String REQUIRED = "others";
    private static final Span HERE = Span.wholeFile("built.yaml");

    private final long seed;
    private final Random bindings;
    private final SequencedMap<String, UseSpec> uses = new LinkedHashMap<>();

    private Wirings(long seed, int version) {
        this.seed = seed;
        this.bindings = new Random(seed * 97 + version);
    }

    static Composition of(Composition composition, long seed, int version) {
        Wirings wirings = new Wirings(seed, version);
        composition.uses().values().forEach(wirings::wire);
        return Changed.composition(composition, wirings.uses);
    }

    private void wire(UseSpec use) {
        Random steady = new Random(seed * 89 + use.name().hashCode());
        List<StepSpec> steps = new ArrayList<>(use.component().steps());
        SequencedMap<String, Requirement> required = new LinkedHashMap<>();
        SequencedMap<String, Supply> bound = new LinkedHashMap<>();
        if (steady.nextDouble() < 0.7) {
            required.put(REQUIRED, requirement());
            bound.put(REQUIRED, supply(use));
            boolean reads = seen("a value is read", steady.nextBoolean());
            boolean comesAfter = seen("a step comes after", steady.nextBoolean() || !reads);
            int reader = steady.nextInt(steps.size());
            int later = steady.nextInt(steps.size());
            if (reads) {
                steps.set(reader, reading(use, steps.get(reader)));
            }
            if (comesAfter) {
                steps.set(later, after(steps.get(later)));
            }
        }
        uses.put(
                use.name(),
                new UseSpec(
                        use.name(),
                        use.group(),
                        Changed.component(
                                use.component(),
                                use.component().name(),
                                use.component().inputs(),
                                new Interfaces(implemented(), required),
                                steps,
                                use.component().membership()),
                        use.inputs(),
                        bound,
                        use.span()));
    }

    private static Requirement requirement() {
        SequencedMap<String, Type> values = new LinkedHashMap<>();
        values.put(VALUE, Type.listOf(Type.Scalar.TEXT));
        return new Requirement(REQUIRED, INTERFACE, values, HERE);
    }

    private static SequencedMap<String, SequencedMap<String, Expression>> implemented() {
        SequencedMap<String, Expression> values = new LinkedHashMap<>();
        values.put(VALUE, Expressions.read("cluster_outputs", VALUE));
        SequencedMap<String, SequencedMap<String, Expression>> all = new LinkedHashMap<>();
        all.put(INTERFACE, values);
        return all;
    }

    private Supply supply(UseSpec use) {
        int choice = bindings.nextInt(100);
        List<UseSpec> before = List.copyOf(uses.values());
        if (seen("external", before.isEmpty() || choice % 8 == 0)) {
            if (seen("another cluster's", choice % 3 == 0)) {
                SequencedMap<String, Value> lent = new LinkedHashMap<>();
                lent.put(VALUE, Value.list(List.of(Value.text("away"))));
                return new Supply.OfCluster("away", lent);
            }
            SequencedMap<String, Expression> values = new LinkedHashMap<>();
            values.put(VALUE, Expressions.texts("away"));
            return new Supply.External("away", values);
        }
        UseSpec chosen = before.get(choice % before.size());
        seen("on the same nodes", chosen.group().equals(use.group()));
        return new Supply.OfUse(chosen.name());
    }

    /// A step that has resources has one more.
    private static StepSpec reading(UseSpec use, StepSpec step) {
        if (!(step.action() instanceof Action.Resources(List<ResourceSpec> resources))) {
            return step;
        }
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        parameters.put("path", Expressions.literal("/etc/" + use.name() + "-" + step.name()));
        parameters.put(
                "content", Expressions.joined(Expressions.read("requires", REQUIRED, VALUE)));
        List<ResourceSpec> more = new ArrayList<>(resources);
        more.add(Changed.file(parameters));
        return Changed.step(step, new Action.Resources(more));
    }

    private static StepSpec after(StepSpec step) {
        List<String> more = new ArrayList<>(step.after());
        more.add(REQUIRED);
        return step.after(more);
    }

    private static boolean seen(String what, boolean happened) {
        SEEN.merge(what, happened ? 1 : 0, Integer::sum);
        return happened;
    }
}
