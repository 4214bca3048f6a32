package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// Turns instances into work as far as their inputs are known. The same view gives the same answer.
/// Confined to one thread.
public final class Resolver {
    private static final Duration ACQUIRE_TIMEOUT = Duration.ofMinutes(15);

    /// Under this name the node that a step chose is remembered among its inputs.
    private static final String CHOICE = "on";

    private final Past past;
    private final Values values;
    private final View view;
    private final Map<String, Map<String, ProviderConfig.Machine>> listed;
    private final IdentityHashMap<Value, Resolved> shared = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Reading> openReadings = new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<InstanceKey>> ofGroups = new IdentityHashMap<>();
    private final IdentityHashMap<Set<Origin>, Set<String>> servedBy = new IdentityHashMap<>();

    public Resolver(Graph graph, Past past, View view) {
        this.past = past;
        this.values = new Values(graph, past, view);
        this.view = view;
        this.listed = listed(graph);
    }

    /// A resolver for which everything on record holds.
    public static Resolver standing(Graph graph, Past past) {
        Achieved achieved = new Achieved(graph);
        past.standing().values().forEach(achieved::achieve);
        return new Resolver(graph, past, achieved);
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
            note(use)
                    .ifPresent(value ->
                            notes.put(
                                    use.name(),
                                    value.data() instanceof Data.Text(String text)
                                            ? text
                                            : Shown.of(value)));
        }
        return notes;
    }

    private Optional<Value> note(UseSpec use) {
        return use.component()
                .notes()
                .map(expression -> expression.evaluate(values.scope(use, Optional.empty())));
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
        Digests digests =
                new Digests().text("acquire").text(acquire.node()).text(acquire.provider());
        listed(acquire).ifPresent(machine -> digests.text(machine.access().toString()));
        Function<String, Work> work =
                intent ->
                        new Work.Acquire(
                                acquire.key(),
                                intent,
                                acquire.node(),
                                acquire.provider(),
                                ACQUIRE_TIMEOUT);
        return new Resolution.Known(
                digests.hex(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                false,
                work,
                Optional.empty());
    }

    /// The machine as a person listed it, if one did. How it is reached is part of what acquiring
    /// it means: a new address or host key is taken up by the next run.
    private Optional<ProviderConfig.Machine> listed(Instance.Acquire acquire) {
        return Optional.ofNullable(listed.get(acquire.provider()))
                .map(machines -> machines.get(acquire.node()));
    }

    private static Map<String, Map<String, ProviderConfig.Machine>> listed(Graph graph) {
        Map<String, Map<String, ProviderConfig.Machine>> listed = new HashMap<>();
        for (ProviderConfig provider : graph.composition().site().providers().values()) {
            Map<String, ProviderConfig.Machine> machines = new HashMap<>();
            provider.machines().forEach(machine -> machines.put(machine.name(), machine));
            listed.put(provider.name(), machines);
        }
        return listed;
    }

    private Resolution step(Instance.Step instance) {
        Optional<Resolution> early = ownInputs(instance);
        if (early.isPresent()) {
            return early.get();
        }
        StepScope scope = new StepScope(values, view, instance);
        return switch (Placement.of(instance, scope, values.graph(), past)) {
            case Placement.Nowhere(Data.Invalid why) ->
                    new Resolution.Impossible(failure("no-place", why, instance));
            case Placement.Open(Set<Await> awaits) -> new Resolution.Waiting(awaits);
            case Placement.Settled settled -> at(settled, instance, scope);
        };
    }

    /// What an instance reads, by path, as far as it can be said now: what is remembered once all
    /// is known, for explanations before that.
    public SequencedMap<String, Reading> readings(Instance instance) {
        SequencedMap<String, Reading> readings = new LinkedHashMap<>();
        if (instance instanceof Instance.Step step) {
            StepScope scope = new StepScope(values, view, step);
            Placement place = Placement.of(step, scope, values.graph(), past);
            Optional<Value> choice =
                    place instanceof Placement.Settled s ? s.choice() : Optional.empty();
            // Evaluated for what it reads; nothing is done with the work.
            Drafted.of(step, scope, step.key().node());
            scope.reads().forEach((path, value) -> readings.put(path, reading(value)));
            choice.ifPresent(node -> readings.put(CHOICE, reading(node)));
        }
        return readings;
    }

    /// What an instance does, one short text each, as far as it can be said now.
    public List<String> deeds(Instance instance) {
        return switch (instance) {
            case Instance.Acquire acquire -> List.of("machine of provider " + acquire.provider());
            case Instance.Step step -> {
                StepScope scope = new StepScope(values, view, step);
                yield switch (step.step().action()) {
                    case Action.Resources(List<ResourceSpec> specs) ->
                            specs.stream().map(spec -> title(spec, scope)).toList();
                    case Action.Run run -> List.of("script " + run.script().file());
                    case Action.Call call -> List.of("calls " + call.function());
                };
            }
        };
    }

    private static String title(ResourceSpec spec, StepScope scope) {
        return Optional.ofNullable(spec.parameters().get(spec.kind().identity().name()))
                .map(scope::evaluate)
                .map(value ->
                        value.data() instanceof Data.Text(String text) ? text : Shown.of(value))
                .map(identity -> spec.kind().word() + " " + identity)
                .orElse(spec.kind().word());
    }

    private Reading reading(Value value) {
        return value.isKnown()
                ? Reading.of(remembered(value))
                : openReadings.computeIfAbsent(
                        value,
                        open ->
                                new Reading(
                                        Shown.of(open),
                                        Optional.empty(),
                                        origins(open),
                                        open.deepLabel().awaits()));
    }

    private Resolution at(Placement.Settled place, Instance.Step instance, StepScope scope) {
        Drafted drafted = Drafted.of(instance, scope, place.node());
        Set<Await> awaits = new LinkedHashSet<>(place.awaits());
        awaits.removeIf(view::holds);
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
        List<Value> read = new ArrayList<>(drafted.values());
        place.choice().ifPresent(read::add);
        SequencedMap<String, Resolved> inputs = remembered(scope);
        place.choice().ifPresent(choice -> inputs.put(CHOICE, digested(choice)));
        return new Resolution.Known(
                place.choice()
                        .map(Digests::of)
                        .map(choice -> new Digests().text(drafted.fingerprint()).text(choice).hex())
                        .orElse(drafted.fingerprint()),
                inputs,
                frozen(instance.step(), scope),
                awaits,
                producers(read),
                served(read),
                place.node(),
                place.choice().isPresent(),
                drafted.work(),
                drafted.probe());
    }

    /// What is declared first: while some of it is not known nothing else is evaluated, so that
    /// readers of a shared value wait on it together instead of each on everything inside it.
    private Optional<Resolution> ownInputs(Instance.Step instance) {
        for (Kept kept : declared(instance)) {
            Optional<Failure> impossible =
                    kept.invalid().map(invalid -> noValue(invalid, instance));
            if (impossible.isPresent()) {
                return Optional.of(new Resolution.Impossible(impossible.get()));
            }
            if (!kept.isKnown()) {
                return Optional.of(new Resolution.Waiting(kept.awaits()));
            }
        }
        return Optional.empty();
    }

    private List<Kept> declared(Instance.Step instance) {
        return values.declared(instance.use(), instance.key().node(), instance.step());
    }

    /// What of an instance's declared inputs does not hold yet, known or not; empty when all holds.
    /// Readers of one shared value get one and the same set.
    public Optional<Set<Await>> open(Instance instance) {
        if (!(instance instanceof Instance.Step step)) {
            return Optional.empty();
        }
        return declared(step).stream()
                .filter(kept -> kept.invalid().isEmpty() && kept.isOpen(view))
                .map(Kept::awaits)
                .findFirst();
    }

    private static Optional<Failure> impossible(Value value, Instance.Step instance) {
        return Kept.firstInvalid(value).map(invalid -> noValue(invalid, instance));
    }

    private static Failure noValue(Data.Invalid invalid, Instance.Step instance) {
        return failure("no-value", invalid, instance);
    }

    private static Failure failure(String kind, Data.Invalid invalid, Instance.Step instance) {
        String where = invalid.span().location() + ": " + invalid.message();
        return Failure.lasting(kind, Failure.Fault.USER, where + " (for " + instance.key() + ")");
    }

    /// True when a step can never be done as it is written.
    public boolean isImpossible(Instance.Step instance) {
        return resolve(instance) instanceof Resolution.Impossible;
    }

    /// What of a step has no value: its place, what it declares, and what it reads besides, also
    /// where [#resolve] would first wait for something else.
    public List<Data.Invalid> withoutValue(Instance.Step instance) {
        List<Data.Invalid> found = new ArrayList<>();
        StepScope scope = new StepScope(values, view, instance);
        if (Placement.of(instance, scope, values.graph(), past)
                instanceof Placement.Nowhere(Data.Invalid why)) {
            found.add(why);
        }
        declared(instance).forEach(kept -> kept.invalid().ifPresent(found::add));
        Drafted.of(instance, scope, instance.key().node()).values().stream()
                .flatMap(value -> Kept.firstInvalid(value).stream())
                .forEach(found::add);
        return found;
    }

    /// What of a use has no value on that node: its inputs, read or not.
    public List<Data.Invalid> withoutValue(UseSpec use, String node) {
        return use.inputs().keySet().stream()
                .map(name -> values.input(use, Optional.of(node), name))
                .flatMap(value -> Kept.firstInvalid(value).stream())
                .toList();
    }

    /// Of the lines for a person at the end of a run.
    public Optional<Data.Invalid> withoutValue(UseSpec use) {
        return note(use).flatMap(Kept::firstInvalid);
    }

    private SequencedMap<String, Resolved> remembered(StepScope scope) {
        SequencedMap<String, Resolved> inputs = new LinkedHashMap<>();
        scope.reads()
                .forEach((path, value) -> {
                    // What a condition did not choose may be unknown.
                    if (value.isKnown()) {
                        inputs.put(path, remembered(value));
                    }
                });
        return inputs;
    }

    /// What is gathered from a group is the same object for all its readers.
    private Resolved remembered(Value value) {
        boolean isLarge =
                value.data() instanceof Data.Listing || value.data() instanceof Data.Mapping;
        return isLarge ? shared.computeIfAbsent(value, Resolver::digested) : digested(value);
    }

    private static Resolved digested(Value value) {
        return new Resolved(Digests.of(value), Shown.of(value), origins(value));
    }

    private static List<String> origins(Value value) {
        return value.deepLabel().origins().stream()
                .filter(origin -> !(origin instanceof Origin.Served))
                .limit(MAX_ORIGINS)
                .map(Object::toString)
                .toList();
    }

    /// The instances whose outputs were read: undo goes in reverse of these.
    private Set<InstanceKey> producers(List<Value> read) {
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (Value value : read) {
            Set<Origin> origins = value.deepLabel().origins();
            producers.addAll(
                    origins.size() < WHOLE_GROUP
                            ? producers(origins)
                            : ofGroups.computeIfAbsent(origins, o -> grouped(producers(o))));
        }
        return producers;
    }

    private Set<String> served(List<Value> read) {
        Set<String> served = new LinkedHashSet<>();
        for (Value value : read) {
            Set<Origin> origins = value.deepLabel().origins();
            served.addAll(
                    origins.size() < WHOLE_GROUP
                            ? served(origins)
                            : servedBy.computeIfAbsent(origins, Resolver::served));
        }
        return served;
    }

    private static Set<String> served(Set<Origin> origins) {
        Set<String> served = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Served(String use)) {
                served.add(use);
            }
        }
        return served;
    }

    private static Set<InstanceKey> producers(Set<Origin> origins) {
        Set<InstanceKey> producers = new LinkedHashSet<>();
        for (Origin origin : origins) {
            if (origin instanceof Origin.Produced(InstanceKey by, _, _)) {
                producers.add(by);
            }
        }
        return producers;
    }

    /// Where a whole group was read, its step without a node stands for all of its instances: a
    /// record must not grow with the group.
    private Set<InstanceKey> grouped(Set<InstanceKey> producers) {
        Map<InstanceKey, List<InstanceKey>> steps = new LinkedHashMap<>();
        for (InstanceKey key : producers) {
            steps.computeIfAbsent(
                            InstanceKey.ofCluster(key.use(), key.step()), _ -> new ArrayList<>())
                    .add(key);
        }
        Set<InstanceKey> all = new LinkedHashSet<>();
        steps.forEach((step, keys) -> {
            boolean isWhole =
                    step.use().equals(InstanceKey.NODE_USE)
                            || keys.size() == values.graph().members(step.use()).size();
            if (keys.size() >= WHOLE_GROUP && isWhole) {
                all.add(step);
            } else {
                all.addAll(keys);
            }
        });
        return all;
    }

    private static final int WHOLE_GROUP = 10;

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
