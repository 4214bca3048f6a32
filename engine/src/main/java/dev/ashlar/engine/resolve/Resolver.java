package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// Turns instances into work as far as their inputs are known. The same view gives the same answer.
/// Confined to one thread.
public final class Resolver {
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofMinutes(15);

    private final Values values;
    private final View view;

    public Resolver(Graph graph, Past past, View view) {
        this.values = new Values(graph, past, view);
        this.view = view;
    }

    public Resolution resolve(Instance instance) {
        return switch (instance) {
            case Instance.Acquire acquire -> acquire(acquire);
            case Instance.Step step -> step(step);
        };
    }

    /// The lines for a person at the end of a run, by use.
    public SequencedMap<String, String> notes() {
        SequencedMap<String, String> notes = new LinkedHashMap<>();
        for (UseSpec use : values.graph().composition().uses().values()) {
            use.component()
                    .notes()
                    .map(expression -> expression.evaluate(values.scope(use, Optional.empty())))
                    .ifPresent(value ->
                            notes.put(
                                    use.name(),
                                    value.data() instanceof Data.Text(String text)
                                            ? text
                                            : Shown.of(value)));
        }
        return notes;
    }

    /// The outputs of a use as a whole, as far as they are known.
    public SequencedMap<String, Value> clusterOutputs(UseSpec use) {
        SequencedMap<String, Value> all = new LinkedHashMap<>();
        use.component()
                .clusterOutputs()
                .keySet()
                .forEach(name -> all.put(name, values.clusterOutput(use, name)));
        return all;
    }

    private Resolution acquire(Instance.Acquire acquire) {
        String fingerprint =
                new Digests().text("acquire").text(acquire.node()).text(acquire.provider()).hex();
        Function<String, Work> work =
                intent ->
                        new Work.Acquire(
                                acquire.key(),
                                intent,
                                acquire.node(),
                                acquire.provider(),
                                ACQUIRE_TIMEOUT);
        return new Resolution.Known(
                fingerprint,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Set.of(),
                Set.of(),
                work,
                Optional.empty());
    }

    private Resolution step(Instance.Step instance) {
        Optional<Resolution> early = ownInputs(instance);
        if (early.isPresent()) {
            return early.get();
        }
        StepScope scope = new StepScope(values, view, instance);
        Drafted drafted = Drafted.of(instance, scope);
        Set<Await> awaits = new LinkedHashSet<>();
        for (Value value : drafted.values()) {
            Optional<Failure> impossible = impossible(value, instance);
            if (impossible.isPresent()) {
                return new Resolution.Impossible(impossible.get());
            }
            awaits.addAll(value.deepLabel().awaits());
        }
        awaits.addAll(drafted.triggers());
        if (!drafted.triggers().isEmpty() || !drafted.values().stream().allMatch(Value::isKnown)) {
            return new Resolution.Waiting(awaits);
        }
        return new Resolution.Known(
                drafted.fingerprint(),
                remembered(scope),
                frozen(instance.step(), scope),
                awaits,
                producers(drafted),
                drafted.work(),
                drafted.probe());
    }

    /// A step's own inputs first: while one of them is open nothing else is evaluated, so that
    /// readers of a shared value wait on it together instead of each on everything inside it.
    private Optional<Resolution> ownInputs(Instance.Step instance) {
        for (String name : instance.step().inputs().keySet()) {
            Value value =
                    values.stepInput(instance.use(), instance.key().node(), instance.step(), name);
            Optional<Failure> impossible = impossible(value, instance);
            if (impossible.isPresent()) {
                return Optional.of(new Resolution.Impossible(impossible.get()));
            }
            if (!value.isKnown()) {
                return Optional.of(
                        new Resolution.Waiting(
                                values.stepInputAwaits(
                                        instance.use(),
                                        instance.key().node(),
                                        instance.step(),
                                        name)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Failure> impossible(Value value, Instance.Step instance) {
        Data.Invalid[] found = new Data.Invalid[1];
        value.visit(part -> {
            if (part.data() instanceof Data.Invalid invalid) {
                found[0] = invalid;
            }
        });
        return Optional.ofNullable(found[0])
                .map(invalid ->
                        Failure.lasting(
                                "no-value",
                                Failure.Fault.USER,
                                invalid.span().location()
                                        + ": "
                                        + invalid.message()
                                        + " (for "
                                        + instance.key()
                                        + ")"));
    }

    private static SequencedMap<String, Resolved> remembered(StepScope scope) {
        SequencedMap<String, Resolved> inputs = new LinkedHashMap<>();
        for (Map.Entry<String, Value> read : scope.reads().entrySet()) {
            Value value = read.getValue();
            inputs.put(
                    read.getKey(),
                    new Resolved(
                            Digests.of(value),
                            Shown.of(value),
                            value.deepLabel().origins().stream()
                                    .map(Object::toString)
                                    .limit(MAX_ORIGINS)
                                    .toList()));
        }
        return inputs;
    }

    /// The instances whose outputs were read: undo goes in reverse of these.
    private static Set<InstanceKey> producers(Drafted drafted) {
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (Value value : drafted.values()) {
            for (Origin origin : value.deepLabel().origins()) {
                if (origin instanceof Origin.Produced(InstanceKey by, _, _)) {
                    producers.add(by);
                }
            }
        }
        return producers;
    }

    private static final int MAX_ORIGINS = 20;

    private static SequencedMap<String, Value> frozen(StepSpec step, StepScope scope) {
        SequencedMap<String, Value> frozen = new LinkedHashMap<>();
        step.inputs()
                .forEach((name, input) -> {
                    if (input instanceof StepInput.Founding) {
                        frozen.put(name, scope.input(name));
                    }
                });
        return frozen;
    }
}
