package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Turns instances into work as far as their inputs are known. The same view gives the same answer.
/// Confined to one thread.
public final class Resolver {
    /// Under this name the node that a step chose is remembered among its inputs.
    public static final String CHOICE = "on";

    /// With this before its name a step that another watches is remembered among the inputs of
    /// that.
    static final String WATCHES = "watches ";

    /// The fingerprint of every step whose condition is false: what it would be does not matter.
    private static final String OFF = new Digests().text("off").hex();

    private final Past past;
    private final Values values;
    private final Values lasting;
    private final boolean lapses;
    private final View view;
    private final NodeWorks nodes;
    private final Readings readings;
    private final Sources sources;

    public Resolver(Graph graph, Past past, View view) {
        this.past = past;
        this.values = new Values(graph, past, view);
        this.lasting =
                new Values(
                        graph, past, view, new Lapses(past, true, graph.composition().digestKey()));
        this.lapses = Lapses.areIn(graph.composition());
        this.view = view;
        this.nodes = new NodeWorks(graph, past.verdicts());
        this.sources = new Sources(graph);
        this.readings = new Readings(graph.composition().digestKey());
    }

    /// A resolver for which everything on record holds.
    public static Resolver standing(Graph graph, Past past) {
        Achieved achieved = new Achieved(graph);
        past.standing().values().forEach(achieved::achieve);
        Resolver resolver = new Resolver(graph, past, achieved);
        resolver.standOff(graph, achieved);
        return resolver;
    }

    /// Nothing is on record of a step whose condition has always been false. Conditions may read
    /// what waits for others.
    private void standOff(Graph graph, Achieved achieved) {
        List<Instance> open = new ArrayList<>();
        for (Instance instance : graph.instances().values()) {
            if (instance instanceof Instance.Step step
                    && step.step().when().isPresent()
                    && past.success(step.key()).isEmpty()) {
                open.add(instance);
            }
        }
        boolean moved = true;
        while (moved && !open.isEmpty()) {
            moved =
                    open.removeIf(instance -> {
                        boolean isOff = isNothing(instance.key(), resolve(instance));
                        if (isOff) {
                            achieved.off(instance.key());
                        }
                        return isOff;
                    });
        }
    }

    /// True of a step whose condition is false and of which nothing is there: nothing has to be
    /// done for it.
    public boolean isNothing(InstanceKey key, Resolution resolution) {
        return resolution instanceof Resolution.Known known
                && known.off()
                && known.awaits().isEmpty()
                && past.success(key).isEmpty()
                && past.owned(key).isEmpty()
                && !past.isSick(key);
    }

    /// What is decided of steps.
    public Decisions decisions() {
        return values.decisions();
    }

    /// What can be told of instances besides the work that they are.
    public Inquiry inquiry() {
        return new Inquiry(this, values, view, past, readings);
    }

    public Resolution resolve(Instance instance) {
        return switch (instance) {
            case Instance.Acquire acquire -> nodes.acquire(acquire);
            case Instance.Gather gather -> nodes.gather(gather, view);
            case Instance.Step step -> step(step);
        };
    }

    private Resolution step(Instance.Step instance) {
        StepScope scope = new StepScope(values, view, instance);
        Optional<Resolution> early = joined(instance).or(() -> ownInputs(instance, scope));
        if (early.isPresent()) {
            return early.get();
        }
        if (values.decisions().isOff(instance)) {
            return off(instance, scope, values.decisions().condition(instance).orElseThrow());
        }
        return switch (Placement.of(instance, scope, values.graph(), past)) {
            case Placement.Nowhere(Data.Invalid why) ->
                    new Resolution.Impossible(noPlace(why, instance));
            case Placement.Open(Set<Await> awaits) -> new Resolution.Waiting(awaits);
            case Placement.Unsponsored _ -> new Resolution.Impossible(unsponsored(instance));
            case Placement.Settled settled -> at(settled, instance, scope);
        };
    }

    /// Nothing of it is wanted: what is on record of it is taken back where that was done.
    private Resolution off(Instance.Step instance, StepScope scope, Kept condition) {
        StepSpec step = instance.step();
        InstanceKey key = instance.key();
        scope.noteCondition();
        Set<Await> awaits = new LinkedHashSet<>(condition.awaits());
        awaits.removeIf(view::holds);
        Optional<String> place = past.place(key);
        List<Value> read = List.of(condition.value());
        return new Resolution.Known(
                OFF,
                Remembered.when(() -> remembered(scope, scope)),
                new LinkedHashMap<>(),
                awaits,
                Set.of(),
                new TreeMap<>(),
                sources.producers(read),
                sources.served(read),
                place,
                past.choice(key).isPresent(),
                new LinkedHashMap<>(),
                Optional.empty(),
                true,
                intent ->
                        new Work.Apply(
                                key,
                                intent,
                                place.orElse(Drafted.CONTROLLER),
                                List.of(),
                                step.policy().timeout(),
                                step.policy().onDisconnect()),
                Optional.empty());
    }

    /// Who has joined has joined, whoever would let it in today.
    private Optional<Resolution> joined(Instance.Step instance) {
        return past.success(instance.key())
                .filter(success -> success.key().isJoin())
                .map(success ->
                        new Resolution.Known(
                                success.fingerprint(),
                                Remembered.of(success.inputs()),
                                success.frozen(),
                                Set.of(),
                                Set.of(),
                                new TreeMap<>(),
                                Set.of(),
                                Set.of(),
                                success.key().node(),
                                true,
                                success.offers(),
                                Optional.empty(),
                                false,
                                _ -> {
                                    throw new IllegalStateException(success.key() + " stands");
                                },
                                Optional.empty()));
    }

    private static Failure unsponsored(Instance.Step instance) {
        InstanceKey key = instance.key();
        return Failure.lasting(
                        "no-sponsor",
                        Failure.Fault.NODE,
                        "none of the members of "
                                + key.use()
                                + " that stay is healthy, and one has to do "
                                + key)
                .withHint(
                        "Mend one of them, or let `ashlar up --verify` find what differs there and"
                                + " do it again first");
    }

    private Resolution at(Placement.Settled place, Instance.Step instance, StepScope scope) {
        Drafted drafted = Drafted.of(instance, scope, place.node());
        UsesBefore before = UsesBefore.of(values.graph(), instance.key());
        Set<Await> awaits = new LinkedHashSet<>(place.awaits());
        awaits.addAll(before.awaits());
        awaits.removeIf(view::holds);
        for (Value value : drafted.values()) {
            Optional<Failure> impossible = scope.barred().or(() -> impossible(value, instance));
            if (impossible.isPresent()) {
                return new Resolution.Impossible(impossible.get());
            }
            awaits.addAll(value.deepLabel().awaits());
        }
        Optional<Kept> condition = values.decisions().condition(instance);
        condition.ifPresent(kept -> awaits.addAll(kept.awaits()));
        awaits.addAll(drafted.triggers());
        if (!drafted.triggers().isEmpty() || !drafted.values().stream().allMatch(Value::isKnown)) {
            return new Resolution.Waiting(awaits);
        }
        List<Value> read = new ArrayList<>(drafted.values());
        condition.map(Kept::value).ifPresent(read::add);
        place.choice().ifPresent(read::add);
        Set<Origin.Lapsing> lapsing = lapses ? sources.lapsing(read) : Set.of();
        StepScope steady = lapsing.isEmpty() ? scope : steady(instance);
        Drafted unlapsing =
                lapsing.isEmpty() ? drafted : Drafted.of(instance, steady, place.node());
        List<Value> first = new ArrayList<>(read);
        values.demands(instance).forEach(demanded -> first.add(demanded.value()));
        scope.noteCondition();
        return new Resolution.Known(
                place.choice()
                        .map(Digests::of)
                        .map(choice ->
                                new Digests().text(unlapsing.fingerprint()).text(choice).hex())
                        .orElse(unlapsing.fingerprint()),
                Remembered.when(() -> remembered(scope, steady, place.choice())),
                frozen(instance.step(), scope),
                awaits,
                lapsing,
                sources.secrets(read),
                both(sources.producers(first), before.producers()),
                both(sources.served(read), before.served()),
                place.node(),
                place.choice().isPresent(),
                values.offers().of(instance),
                values.decisions().chosenCase(instance),
                false,
                drafted.work(),
                drafted.probe());
    }

    private static <T> Set<T> both(Set<T> some, Set<T> others) {
        Set<T> all = new LinkedHashSet<>(some);
        all.addAll(others);
        return all;
    }

    /// What is declared first: while some of it is not known nothing else is evaluated, so that
    /// readers of a shared value wait on it together instead of each on everything inside it.
    private Optional<Resolution> ownInputs(Instance.Step instance, StepScope scope) {
        if (instance.key().isMembership() && scope.sponsor() instanceof Sponsor.Nobody) {
            return Optional.of(new Resolution.Impossible(unsponsored(instance)));
        }
        for (Kept kept : declared(instance)) {
            Optional<Failure> impossible =
                    kept.invalid().map(invalid -> noValue(kept.value(), invalid, instance));
            if (impossible.isPresent()) {
                return Optional.of(new Resolution.Impossible(impossible.get()));
            }
            if (!kept.isKnown()) {
                return Optional.of(new Resolution.Waiting(kept.awaits()));
            }
        }
        return Optional.empty();
    }

    List<Kept> declared(Instance.Step instance) {
        return values.declared(instance);
    }

    /// What of an instance's declared inputs does not hold yet, known or not; empty when all holds.
    /// Readers of one shared value get one and the same set.
    public Optional<Set<Await>> open(Instance instance) {
        if (!(instance instanceof Instance.Step step) || joined(step).isPresent()) {
            return Optional.empty();
        }
        return declared(step).stream()
                .filter(kept -> kept.invalid().isEmpty() && kept.isOpen(view))
                .map(Kept::awaits)
                .findFirst();
    }

    /// All that an instance waits for, as far as that is known by now; of what has no value
    /// nothing.
    public Set<Await> awaited(Instance.Step instance) {
        Set<Await> awaited = new LinkedHashSet<>();
        declared(instance).forEach(kept -> awaited.addAll(kept.awaits()));
        StepScope scope = new StepScope(values, view, instance);
        boolean isOff = values.decisions().isOff(instance);
        if (!isOff
                && Placement.of(instance, scope, values.graph(), past)
                        instanceof Placement.Settled place) {
            switch (at(place, instance, scope)) {
                case Resolution.Waiting waiting -> awaited.addAll(waiting.awaits());
                case Resolution.Known known -> awaited.addAll(known.awaits());
                case Resolution.Impossible _ -> {}
            }
        }
        awaited.removeIf(view::holds);
        return awaited;
    }

    private static Optional<Failure> impossible(Value value, Instance.Step instance) {
        return Kept.firstInvalid(value).map(invalid -> noValue(value, invalid, instance));
    }

    /// @param value that `invalid` is, or is a part of
    private static Failure noValue(Value value, Data.Invalid invalid, Instance.Step instance) {
        boolean isOfFacts =
                value.deepLabel().origins().stream().anyMatch(Origin.Gathered.class::isInstance);
        return isOfFacts
                ? Failure.unfit(message(invalid, instance))
                : Failure.lasting("no-value", Failure.Fault.USER, message(invalid, instance));
    }

    private static Failure noPlace(Data.Invalid invalid, Instance.Step instance) {
        return Failure.lasting("no-place", Failure.Fault.USER, message(invalid, instance));
    }

    private static String message(Data.Invalid invalid, Instance.Step instance) {
        return "%s: %s (for %s)"
                .formatted(invalid.span().location(), invalid.message(), instance.key());
    }

    /// Its expressions where each value that lapses has its stand-in.
    StepScope steady(Instance.Step instance) {
        return new StepScope(lasting, view, instance);
    }

    /// True of what is remembered that is no value, but stands for what a watched step last
    /// changed.
    public static boolean isWatched(String input) {
        return input.startsWith(WATCHES);
    }

    private SequencedMap<String, Resolved> remembered(
            StepScope scope, StepScope steady, Optional<Value> choice) {
        SequencedMap<String, Resolved> inputs = remembered(scope, steady);
        choice.ifPresent(node -> inputs.put(CHOICE, readings.digested(node)));
        inputs.putAll(scope.orders());
        inputs.putAll(scope.watched());
        return inputs;
    }

    /// @param steady the same with stand-ins for what lapses, by which it is told whether an input
    ///   has changed
    private SequencedMap<String, Resolved> remembered(StepScope scope, StepScope steady) {
        SequencedMap<String, Resolved> inputs = new LinkedHashMap<>();
        scope.reads()
                .forEach((path, value) -> {
                    // What a condition did not choose may be unknown.
                    if (value.isKnown()) {
                        Resolved now = readings.resolved(value);
                        inputs.put(path, steady == scope ? now : steady.digested(path, now));
                    }
                });
        return inputs;
    }

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
