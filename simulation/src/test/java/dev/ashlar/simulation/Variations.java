package dev.ashlar.simulation;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Data;
import dev.ashlar.simulation.composition.Expressions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Gives steps conditions that come true and false from version to version: over what is written,
/// over the node, and over what another step has produced. Gives some cases. Repeats steps for
/// elements that come and go, where the seed has that too. The same steps vary in every version.
final class Variations {
    /// How often each kind was made up.
    static final Map<String, Integer> SEEN = new TreeMap<>();

    /// A fact that every use of some seeds asks for in most versions.
    private static final Binding NATURE =
            new Binding(
                    new InputSpec(
                            "nature",
                            Fact.OS_FAMILY.type(),
                            "",
                            List.of(),
                            Optional.of(Fact.OS_FAMILY),
                            Span.wholeFile("built.yaml")),
                    List.of(
                            new Binding.Layer(
                                    Binding.Speaker.DEFAULT, Expressions.fact(Fact.OS_FAMILY))));

    private static final double CONDITIONAL = 0.5;
    private static final double REPEATED = 0.3;
    private static final double WITH_CASES = 0.3;

    private final boolean repeats;
    private final boolean asks;
    private final Random steady;
    private final Random truths;
    private final Random repeated;
    private final Random elements;
    private final Random cased;
    private final Random chosen;

    private Variations(long seed, int version) {
        this.repeats = Traits.isRepeated(seed);
        this.asks = seed % 7 == 3 && version % 3 != 2;
        this.steady = new Random(seed * 71);
        this.truths = new Random(seed * 73 + version);
        this.repeated = new Random(seed * 79);
        this.elements = new Random(seed * 83 + version);
        this.cased = new Random(seed * 89);
        this.chosen = new Random(seed * 97 + version);
    }

    static Composition of(Composition composition, long seed, int version) {
        Variations variations = new Variations(seed, version);
        SequencedMap<String, UseSpec> uses = new LinkedHashMap<>();
        composition.uses().forEach((name, use) -> uses.put(name, variations.varied(use)));
        return Changed.composition(composition, uses);
    }

    private UseSpec varied(UseSpec use) {
        boolean produces = use.component().step("token").isPresent();
        List<StepSpec> steps = new ArrayList<>();
        boolean after = false;
        for (StepSpec step : use.component().steps()) {
            boolean isFree = step.outputs().isEmpty() && step.health().isEmpty();
            boolean mayRead = produces && after;
            steps.add(isFree ? repeated(cased(use.name(), varied(step, mayRead), mayRead)) : step);
            after |= step.name().equals("token");
        }
        ComponentSpec of = use.component();
        SequencedMap<String, InputSpec> inputs = new LinkedHashMap<>(of.inputs());
        SequencedMap<String, Binding> bindings = new LinkedHashMap<>(use.inputs());
        if (asks) {
            inputs.put(NATURE.input().name(), NATURE.input());
            bindings.put(NATURE.input().name(), NATURE);
        }
        ComponentSpec component =
                Changed.component(of, of.name(), inputs, of.interfaces(), steps, of.membership());
        return new UseSpec(
                use.name(), use.group(), component, bindings, use.requires(), use.span());
    }

    /// Draws as often whatever comes of it, so that all versions agree on who has a condition.
    private StepSpec varied(StepSpec step, boolean mayReadStep) {
        double chosen = steady.nextDouble();
        int kind = steady.nextInt(3);
        boolean truth = truths.nextDouble() < 0.6;
        if (chosen >= CONDITIONAL) {
            return step;
        }
        Expression when = condition(step.subject() == Subject.NODE ? kind : 0, mayReadStep, truth);
        return Changed.step(step, step.each(), Optional.of(when), step.action());
    }

    /// Draws as often whatever comes of it as well.
    private StepSpec repeated(StepSpec step) {
        boolean chosen = repeats && repeated.nextDouble() < REPEATED;
        List<String> keys = Stream.of("a", "b", "c").filter(_ -> elements.nextBoolean()).toList();
        if (!chosen) {
            return step;
        }
        SEEN.merge("repeated for " + keys.size(), 1, Integer::sum);
        Expression each = Expressions.texts(keys.toArray(String[]::new));
        return Changed.step(step, Optional.of(each), step.when(), ownThings(step.action()));
    }

    /// Draws as often whatever comes of it, too.
    private StepSpec cased(String use, StepSpec step, boolean mayReadStep) {
        boolean has = cased.nextDouble() < WITH_CASES;
        // On one chosen node each that chose it would need a file of its own.
        boolean isScript =
                cased.nextBoolean() || !(step.place() instanceof StepSpec.Place.OnSubject);
        boolean isDecided = cased.nextBoolean() && step.subject() == Subject.NODE && mayReadStep;
        boolean truth = chosen.nextBoolean();
        boolean isPlain =
                step.action().resources().stream().allMatch(one -> one.kind() == ResourceKind.FILE)
                        && !(step.place() instanceof StepSpec.Place.OnController);
        if (!has || !isPlain || !(step.action() instanceof Deed deed)) {
            return step;
        }
        SEEN.merge(isDecided ? "cases by an output" : "cases as written", 1, Integer::sum);
        SequencedMap<String, Deed> cases = new LinkedHashMap<>();
        cases.put("true", deed);
        cases.put("false", otherwise(use + "-" + step.name(), isScript));
        Expression selector =
                isDecided
                        ? Expressions.test(_ -> truth, "token", "fixed")
                        : Expressions.literal(truth);
        return Changed.step(step, step.each(), step.when(), new Action.Switch(selector, cases));
    }

    private static Deed otherwise(String name, boolean isScript) {
        if (isScript) {
            StepSpec.Script script = new StepSpec.Script("built.sh", "otherwise");
            return new Action.Run(script, Optional.empty(), Optional.of(script));
        }
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        if (name.hashCode() % 2 == 0) {
            SEEN.merge("a call in a case", 1, Integer::sum);
            parameters.put("directory", Expressions.literal("/otherwise/" + name));
            return new Action.Call("pki/thing", parameters);
        }
        parameters.put("path", Expressions.literal("/otherwise/" + name));
        parameters.put("content", Expressions.literal("x"));
        return new Action.Resources(List.of(Changed.file(parameters)));
    }

    /// What the elements bring about differs by their keys.
    private static Action ownThings(Action action) {
        return switch (action) {
            case Deed deed -> ownThings(deed);
            case Action.Switch(Expression selector, SequencedMap<String, Deed> cases) -> {
                SequencedMap<String, Deed> own = new LinkedHashMap<>();
                cases.forEach((name, deed) -> own.put(name, ownThings(deed)));
                yield new Action.Switch(selector, own);
            }
        };
    }

    private static Deed ownThings(Deed deed) {
        return deed instanceof Action.Resources(List<ResourceSpec> resources)
                ? new Action.Resources(resources.stream().map(Variations::ownThing).toList())
                : deed;
    }

    private static ResourceSpec ownThing(ResourceSpec resource) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>(resource.parameters());
        parameters.computeIfPresent(
                resource.kind().identity().name(),
                (_, name) -> Expressions.named(name, Expressions.read(Element.NAME, Element.KEY)));
        return new ResourceSpec(
                resource.kind(),
                parameters,
                resource.restartOn(),
                resource.when(),
                resource.each(),
                resource.span());
    }

    private Expression condition(int kind, boolean mayReadStep, boolean truth) {
        if (kind == 1 && asks) {
            SEEN.merge("a condition over a fact", 1, Integer::sum);
            return Expressions.test(_ -> truth, "inputs", NATURE.input().name());
        }
        if (kind == 1) {
            SEEN.merge("a condition over the node", 1, Integer::sum);
            return Expressions.test(
                    index -> index.equals(new Data.Int(1)) == truth, "node", "index");
        }
        if (kind == 2 && mayReadStep) {
            SEEN.merge("a condition over an output", 1, Integer::sum);
            return Expressions.test(_ -> truth, "token", "fixed");
        }
        SEEN.merge("a written condition", 1, Integer::sum);
        return Expressions.literal(truth);
    }
}
