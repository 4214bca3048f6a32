package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.resource.ParameterRules;
import dev.ashlar.model.resource.Resource;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// A step's action with its expressions evaluated, known or not.
///
/// @param values everything that was evaluated
/// @param triggers watched steps that have not been achieved
/// @param fingerprint digest of definition and values; empty while one is not known
record Drafted(
        List<Value> values,
        Set<Await> triggers,
        String fingerprint,
        Function<String, Work> work,
        Optional<Function<String, Work.Probe>> probe) {

    /// @param place the node where it is done; empty for the controller
    static Drafted of(Instance.Step instance, StepScope scope, Optional<String> place) {
        String node = place.orElse(CONTROLLER);
        Optional<Value> selector = scope.readSelector();
        Drafted deed =
                scope.deed()
                        .map(chosen -> deed(instance, scope, chosen, place))
                        .orElseGet(() -> undecided(instance));
        Drafted action = selector.map(deed::reading).orElse(deed);
        return instance.step()
                .health()
                .map(health -> action.withProbe(instance, scope, health, node))
                .orElse(action);
    }

    private static Drafted deed(
            Instance.Step instance, StepScope scope, Action.Deed deed, Optional<String> place) {
        String node = place.orElse(CONTROLLER);
        return switch (deed) {
            case Action.Resources(List<ResourceSpec> resources) ->
                    resources(instance, scope, resources, node);
            case Action.Run run -> script(instance, scope, run, node);
            case Action.Call call -> call(instance, scope, call, place);
        };
    }

    /// While it is not known which case is chosen.
    private static Drafted undecided(Instance.Step instance) {
        return new Drafted(
                List.of(),
                Set.of(),
                "",
                _ -> {
                    throw new IllegalStateException(instance.key() + " is not decided");
                },
                Optional.empty());
    }

    /// By a value that says what is done.
    private Drafted reading(Value selector) {
        List<Value> all = new ArrayList<>(values);
        all.add(selector);
        return new Drafted(all, triggers, fingerprint, work, probe);
    }

    private static Drafted resources(
            Instance.Step instance, StepScope scope, List<ResourceSpec> specs, String node) {
        List<Value> values = new ArrayList<>();
        Set<Await> open = new LinkedHashSet<>();
        List<Resource> resources = new ArrayList<>();
        for (ResourceSpec spec : specs) {
            Expansion expansion = Expansion.of(spec, scope);
            values.addAll(expansion.read());
            for (Optional<Value> element : expansion.wanted()) {
                Resource resource = resource(spec, scope, element);
                values.addAll(resource.parameters().values());
                open.addAll(scope.open(spec.restartOn()));
                resources.add(resource);
            }
        }
        if (!scope.areStandIns()) {
            values.addAll(managedTwice(specs, resources));
        }
        boolean known = open.isEmpty() && values.stream().allMatch(Value::isKnown);
        StepSpec.Policy policy = instance.step().policy();
        return new Drafted(
                values,
                open,
                known ? fingerprint(resources, scope) : "",
                intent ->
                        new Work.Apply(
                                instance.key(),
                                intent,
                                node,
                                resources,
                                policy.timeout(),
                                policy.onDisconnect()),
                Optional.empty());
    }

    private static Resource resource(ResourceSpec spec, StepScope scope, Optional<Value> element) {
        SortedMap<String, Value> parameters = new TreeMap<>();
        spec.parameters()
                .forEach((name, written) -> {
                    Value value = scope.evaluate(written, element);
                    parameters.put(
                            name, scope.areStandIns() ? value : lawful(spec, name, written, value));
                });
        refuseOpen(spec, parameters);
        return new Resource(spec.kind(), parameters, scope.trigger(spec.restartOn()).orElse(""));
    }

    /// What is worked out obeys the rules for what is written.
    private static Value lawful(ResourceSpec spec, String name, Expression written, Value value) {
        return value.data() instanceof Data.Text(String text)
                ? ParameterRules.violation(spec.kind(), name, text)
                        .map(words ->
                                refused(words + ", not " + firstLine(value, text), written, value))
                        .orElse(value)
                : value;
    }

    private static String firstLine(Value value, String text) {
        return value.isSecret() ? Shown.of(value) : '"' + text.lines().findFirst().orElse("") + '"';
    }

    private static Value refused(String message, Expression written, Value value) {
        return new Value(new Data.Invalid(message, written.span()), value.label());
    }

    /// A mode that is worked out may turn out to let everybody read what is secret; one that nobody
    /// says does not.
    private static void refuseOpen(ResourceSpec spec, SortedMap<String, Value> parameters) {
        boolean isFile = spec.kind() == ResourceKind.FILE;
        boolean hasMode = isFile || parameters.containsKey(MODE);
        if (!hasMode || parameters.values().stream().noneMatch(Value::hasSecret)) {
            return;
        }
        if (isFile) {
            parameters.computeIfAbsent(MODE, _ -> Value.text(ParameterRules.OWNER_ONLY));
        }
        parameters.computeIfPresent(MODE, (_, bits) -> closed(spec, bits));
    }

    private static Value closed(ResourceSpec spec, Value bits) {
        boolean isOpen =
                bits.data() instanceof Data.Text(String text)
                        && ParameterRules.isForEverybody(text);
        return isOpen
                ? refused(
                        "a file with a secret would be one that everybody can read",
                        Objects.requireNonNull(spec.parameters().get(MODE)),
                        bits)
                : bits;
    }

    /// What is repeated, or wanted at times, may turn out to be one thing twice, which has no
    /// value.
    private static List<Value> managedTwice(List<ResourceSpec> specs, List<Resource> resources) {
        Optional<ResourceSpec> repeated = specs.stream().filter(ResourceSpec::varies).findFirst();
        if (repeated.isEmpty() || !areKnown(resources)) {
            return List.of();
        }
        Set<String> keys = new LinkedHashSet<>();
        return resources.stream()
                .filter(resource -> !resource.kind().isShared() && !keys.add(resource.key()))
                .map(resource ->
                        new Value(
                                new Data.Invalid(
                                        resource.title() + " is managed twice",
                                        repeated.get().span()),
                                Label.NONE))
                .limit(1)
                .toList();
    }

    private static boolean areKnown(List<Resource> resources) {
        return resources.stream()
                .flatMap(resource -> resource.parameters().values().stream())
                .allMatch(Value::isKnown);
    }

    private static String fingerprint(List<Resource> resources, StepScope scope) {
        Digests digests = scope.digests().text("resources");
        for (Resource resource : resources) {
            digests.text(resource.kind().word()).text(resource.trigger());
            resource.parameters().forEach((name, value) -> digests.text(name).value(value));
        }
        return digests.hex();
    }

    private static Drafted script(
            Instance.Step instance, StepScope scope, Action.Run run, String node) {
        StepSpec step = instance.step();
        SequencedMap<String, Value> inputs = inputs(step, scope);
        boolean known = inputs.values().stream().allMatch(Value::isKnown);
        Digests digests = scope.digests().text("script").text(run.script().text());
        run.probe().ifPresent(probe -> digests.text(probe.text()));
        if (known) {
            inputs.forEach((name, value) -> digests.text(name).value(value));
        }
        step.outputs().forEach((name, type) -> digests.text(name).text(type.toString()));
        return new Drafted(
                List.copyOf(inputs.values()),
                Set.of(),
                known ? digests.hex() : "",
                intent ->
                        new Work.Run(
                                instance.key(),
                                intent,
                                node,
                                run.script(),
                                run.probe(),
                                run.remove(),
                                inputs,
                                step.outputs(),
                                step.policy().timeout(),
                                step.policy().onDisconnect()),
                Optional.empty());
    }

    private static Drafted call(
            Instance.Step instance, StepScope scope, Action.Call call, Optional<String> place) {
        SequencedMap<String, Value> arguments = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> argument : call.arguments().entrySet()) {
            arguments.put(argument.getKey(), scope.evaluate(argument.getValue()));
        }
        boolean known = arguments.values().stream().allMatch(Value::isKnown);
        Digests digests = scope.digests().text("call").text(call.function());
        if (known) {
            arguments.forEach((name, value) -> digests.text(name).value(value));
            scope.ordered(arguments).ifPresent(digests::text);
            instance.step().outputs().keySet().forEach(digests::text);
        }
        return new Drafted(
                List.copyOf(arguments.values()),
                Set.of(),
                known ? digests.hex() : "",
                intent ->
                        new Work.Call(
                                instance.key(),
                                intent,
                                place,
                                call.function(),
                                arguments,
                                instance.step().policy().timeout()),
                Optional.empty());
    }

    private Drafted withProbe(
            Instance.Step instance, StepScope scope, StepSpec.Health health, String node) {
        SequencedMap<String, Value> inputs = inputs(instance.step(), scope);
        List<Value> all = new ArrayList<>(values);
        all.addAll(inputs.values());
        String both =
                fingerprint.isEmpty() || !inputs.values().stream().allMatch(Value::isKnown)
                        ? ""
                        : withInputs(
                                scope.digests().text(fingerprint).text(health.script().text()),
                                inputs);
        return new Drafted(
                all,
                triggers,
                both,
                work,
                Optional.of(intent ->
                        new Work.Probe(
                                instance.key(),
                                intent,
                                node,
                                health.script(),
                                inputs,
                                health.within())));
    }

    private static String withInputs(Digests digests, SequencedMap<String, Value> inputs) {
        inputs.forEach((name, value) -> digests.text(name).value(value));
        return digests.hex();
    }

    private static SequencedMap<String, Value> inputs(StepSpec step, StepScope scope) {
        SequencedMap<String, Value> inputs = new LinkedHashMap<>();
        step.inputs().keySet().forEach(name -> inputs.put(name, scope.readInput(name)));
        return inputs;
    }

    private static final String MODE = "mode";

    /// The place of work that runs beside Ashlar itself.
    static final String CONTROLLER = "controller";
}
