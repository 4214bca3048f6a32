package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Evaluates the expressions of one step on one subject and notes the paths they read.
final class StepScope {
    /// What a step declares of a whole group is noted, and so is what it goes over.
    private static final Set<String> NOT_NOTED = Set.of("members", Collected.NAME, Element.NAME);

    private final Values values;
    private final View view;
    private final Instance.Step instance;
    private final Scope scope;
    private final SequencedMap<String, Value> reads = new TreeMap<>();
    private final SequencedMap<String, Resolved> orders = new LinkedHashMap<>();
    private Optional<Failure> barred = Optional.empty();

    StepScope(Values values, View view, Instance.Step instance) {
        this.values = values;
        this.view = view;
        this.instance = instance;
        this.scope = values.scope(instance.use(), instance.key().node()).inside(instance);
        values.element(instance)
                .flatMap(Element::value)
                .ifPresent(value -> reads.put(Element.NAME + "." + Element.VALUE, value));
    }

    Instance.Step instance() {
        return instance;
    }

    /// Who does it, where another member does.
    Sponsor sponsor() {
        return values.sponsor(instance.key());
    }

    /// True where stand-ins are read for what lapses. They need not be what that must be.
    boolean areStandIns() {
        return values.lapses().areStandIns();
    }

    /// Digests in which secrets take part as they have to.
    Digests digests() {
        return values.digests();
    }

    Value evaluate(Expression expression) {
        return evaluate(expression, Optional.empty());
    }

    /// Notes what the step's condition reads. Its value is kept: for all members together where it
    /// is one for all.
    void noteCondition() {
        instance.step().when().ifPresent(when -> when.reads().forEach(this::note));
    }

    /// What the step does; empty while it is not known which of its cases is chosen.
    Optional<Deed> deed() {
        return values.decisions().deed(instance);
    }

    /// What chooses among the step's cases, where it has any; notes what that reads.
    Optional<Value> readSelector() {
        return values.decisions()
                .selector(instance)
                .map(kept -> {
                    if (instance.step().action() instanceof Action.Switch(Expression selector, _)) {
                        selector.reads().forEach(this::note);
                    }
                    return kept.value();
                });
    }

    /// Of a repeated resource's: for one of the elements.
    Value evaluate(Expression expression, Optional<Value> element) {
        expression.reads().forEach(this::note);
        Scope inside = element.map(each -> Element.within(scope, each)).orElse(scope);
        return values.lapses().evaluated(expression, inside);
    }

    /// What has been ordered beside what the step says, of a call with these arguments; notes it.
    /// Empty where nothing has.
    Optional<String> ordered(Map<String, Value> arguments) {
        Value authority = arguments.get(ServiceFunction.AUTHORITY);
        if (authority == null || !(authority.data() instanceof Data.Text(String name))) {
            return Optional.empty();
        }
        if (values.authorities().isBarred(name, instance.key())) {
            barred = Optional.of(Failure.barred(instance.key()));
        }
        Optional<String> wanted = values.authorities().wantedOf(name, instance.key());
        wanted.ifPresent(text -> orders.put(Orders.input(name), Orders.resolved(text)));
        return wanted;
    }

    /// Why it gets nothing, where that was ordered.
    Optional<Failure> barred() {
        return barred;
    }

    /// What has been ordered, as a record keeps it.
    SequencedMap<String, Resolved> orders() {
        return Collections.unmodifiableSequencedMap(orders);
    }

    Value input(String name) {
        return values.stepInput(instance, name);
    }

    /// Notes an input that is read without an expression: a script sees all its step's inputs.
    Value readInput(String name) {
        Value value = input(name);
        reads.put("inputs." + name, value);
        return value;
    }

    /// What was read so far, by path, known or not. Values of whole groups are not noted, only what
    /// the step declares of them.
    SequencedMap<String, Value> reads() {
        return Collections.unmodifiableSequencedMap(reads);
    }

    private void note(List<String> path) {
        if (path.size() < 2 || NOT_NOTED.contains(path.getFirst())) {
            return;
        }
        Value value = scope.variable(path.getFirst());
        List<String> taken = new ArrayList<>(List.of(path.getFirst()));
        for (String field : path.subList(1, path.size())) {
            if (!(value.data() instanceof Data.Structure structure)
                    || !structure.fields().names().contains(field)) {
                break;
            }
            // Where the whole came from its parts came from too.
            value = structure.fields().get(field).joined(value.label());
            taken.add(field);
        }
        if (taken.size() > 1) {
            reads.put(String.join(".", taken), value);
        }
    }

    /// What was read, told from what it was before by what is read there here.
    Resolved digested(String path, Resolved now) {
        return Optional.ofNullable(reads.get(path))
                .filter(Value::isKnown)
                .map(value -> new Resolved(values.digestOf(value), now.shown(), now.origins()))
                .orElse(now);
    }

    /// The keys of the steps of the same component that a resource watches; of a repeated one in an
    /// order that is not that of its elements.
    private List<InstanceKey> watched(List<String> steps) {
        return steps.stream()
                .flatMap(name -> instance.use().component().step(name).stream())
                .flatMap(step -> watched(step).stream().sorted())
                .toList();
    }

    /// One repeated step watches of another what is of its own element, where that has it.
    private List<InstanceKey> watched(StepSpec step) {
        List<InstanceKey> all = values.graph().keys(instance.use(), step, instance.key().node());
        List<InstanceKey> own =
                all.stream()
                        .filter(key -> key.key().isPresent())
                        .filter(key -> key.key().equals(instance.key().key()))
                        .toList();
        return own.isEmpty() ? all : own;
    }

    /// A text that changes when one of the watched steps has changed something; empty while one of
    /// them has not been achieved.
    Optional<String> trigger(List<String> steps) {
        if (steps.isEmpty()) {
            return Optional.of("");
        }
        Digests digests = new Digests();
        for (InstanceKey key : watched(steps)) {
            Optional<String> changedBy = view.changedBy(key);
            if (changedBy.isEmpty()) {
                return Optional.empty();
            }
            // An element that is off is none, as if its collection did not have it.
            if (key.key().isEmpty() || !changedBy.get().isEmpty()) {
                digests.text(key.toString()).text(changedBy.get());
            }
        }
        return Optional.of(digests.hex());
    }

    /// What a record keeps of the steps that are watched, by `watches STEP`: it differs from what
    /// was kept before where one of them has changed something since.
    SequencedMap<String, Resolved> watched() {
        Set<String> steps = new TreeSet<>();
        deed().map(Action::resources)
                .orElse(List.of())
                .forEach(resource -> steps.addAll(resource.restartOn()));
        SequencedMap<String, Resolved> watched = new LinkedHashMap<>();
        for (String step : steps) {
            trigger(List.of(step))
                    .map(text -> new Resolved(text, "", List.of()))
                    .ifPresent(text -> watched.put(Resolver.WATCHES + step, text));
        }
        return watched;
    }

    /// The watched steps that have not been achieved.
    Set<Await> open(List<String> steps) {
        Set<Await> open = new java.util.LinkedHashSet<>();
        for (InstanceKey key : watched(steps)) {
            if (view.changedBy(key).isEmpty()) {
                open.add(new Await.Success(key));
            }
        }
        return open;
    }
}
