package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.past.Past;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.Shared;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The values of a cluster by name: inputs, outputs, facts. Each is computed when first asked for
/// and kept once nothing in it is open. Confined to one thread.
final class Values {
    /// The variable under which a join or leave step reads the member that it runs on.
    static final String SPONSOR = "sponsor";

    private final Graph graph;
    private final Past past;
    private final View view;
    private final ValueCache cache;
    private final IdentityHashMap<Deed, Set<String>> componentInputs = new IdentityHashMap<>();
    private final Offers offers;
    private final Collection collection;
    private final Lapses lapses;
    private final Products products;
    private final Decisions decisions = new Decisions(this);

    Values(Graph graph, Past past, View view) {
        this(graph, past, view, new Lapses(past, false, graph.composition().digestKey()));
    }

    Values(Graph graph, Past past, View view, Lapses lapses) {
        this.graph = graph;
        this.past = past;
        this.view = view;
        this.offers = new Offers(this, past);
        this.collection = new Collection(this);
        this.lapses = lapses;
        this.cache = new ValueCache(view, lapses);
        this.products = new Products(graph, past, view, lapses, decisions);
    }

    Graph graph() {
        return graph;
    }

    /// What has been ordered of authorities.
    Authorities authorities() {
        return past.authorities();
    }

    /// Digests in which secrets take part as they have to.
    Digests digests() {
        return new Digests(graph.composition().digestKey());
    }

    String digestOf(Value value) {
        return digests().value(value).hex();
    }

    /// What is decided of steps.
    Decisions decisions() {
        return decisions;
    }

    Lapses lapses() {
        return lapses;
    }

    /// What has been produced.
    Products products() {
        return products;
    }

    UseScope scope(UseSpec use, Optional<String> node) {
        return new UseScope(this, use, node, Optional.empty(), Optional.empty());
    }

    /// What is published in the cluster, by type.
    Collection collection() {
        return collection;
    }

    /// An input of a component for a node, checked against its constraints.
    Value input(UseSpec use, Optional<String> node, String name) {
        return keptInput(use, node, name).value();
    }

    Kept keptInput(UseSpec use, Optional<String> node, String name) {
        Binding binding = use.inputs().get(name);
        if (binding == null) {
            throw new IllegalArgumentException(use.name() + " has no input " + name);
        }
        Optional<String> where = Shared.has(use, binding, node) ? Optional.empty() : node;
        Expression value = binding.effective(where);
        return cache.get(
                new ValueCache.Key(use.name(), where, "input", name),
                () -> checked(binding, where, evaluated(value, scope(use, where))));
    }

    private Value evaluated(Expression expression, UseScope scope) {
        return lapses.evaluated(expression, scope);
    }

    /// A stand-in need not be what it stands for must be.
    private Value checked(Binding binding, Optional<String> node, Value value) {
        return lapses.areStandIns() ? value : Admission.checked(binding, node, value);
    }

    /// An output of a component on a node.
    Value output(UseSpec use, String node, String name) {
        OutputSpec output = use.component().outputs().get(name);
        if (output == null) {
            throw new IllegalArgumentException(use.name() + " has no output " + name);
        }
        return keep(
                new ValueCache.Key(use.name(), Optional.of(node), "output", name),
                () -> {
                    Value value = evaluated(output.value(), scope(use, Optional.of(node)));
                    if (output.early()) {
                        return value;
                    }
                    Value served = value.joined(Label.from(new Origin.Served(use.name())));
                    Await healthy = new Await.Healthy(use.name(), node);
                    return view.holds(healthy) ? served : served.joined(Label.awaiting(healthy));
                });
    }

    /// An output of a use as a whole. Members' health is replaced by the quorum that the output
    /// declares.
    Value clusterOutput(UseSpec use, String name) {
        ClusterOutputSpec output = use.component().clusterOutputs().get(name);
        if (output == null) {
            throw new IllegalArgumentException(use.name() + " has no cluster output " + name);
        }
        return keep(
                new ValueCache.Key(use.name(), Optional.empty(), "cluster_output", name),
                () -> {
                    Value value = evaluated(output.value(), scope(use, Optional.empty()));
                    Await gathered = new Await.Gathered(use.name(), output.holds());
                    Value planned =
                            Relabelled.withoutHealth(value, use.name())
                                    .joined(Label.from(new Origin.Served(use.name())));
                    return view.holds(gathered)
                            ? planned
                            : planned.joined(Label.awaiting(gathered));
                });
    }

    /// A value by which a use stands for an interface: it holds when what it is made of holds.
    Value implemented(String by, String of, String name) {
        UseSpec use = Objects.requireNonNull(graph.composition().uses().get(by));
        Expression value =
                Objects.requireNonNull(use.component().interfaces().implemented(of).get(name));
        return keep(
                new ValueCache.Key(by, Optional.empty(), "implements." + of, name),
                () -> evaluated(value, scope(use, Optional.empty())));
    }

    /// An input that a step declares for itself. A frozen one keeps the value it had when its step
    /// first succeeded.
    Value stepInput(Instance.Step instance, String name) {
        return keptStepInput(instance, name).value();
    }

    /// Everything that a step reads of what is declared for it or its component, where it has been
    /// looked at: shared by all readers of a shared value, so that they can wait together.
    ///
    /// @return its condition first, nothing else while that is not known to be true; then what
    ///   chooses among its cases, nothing else while that is not known
    List<Kept> declared(Instance.Step instance) {
        StepSpec step = instance.step();
        UseSpec use = instance.use();
        Optional<Kept> condition = decisions.condition(instance);
        List<Kept> all = new ArrayList<>(condition.stream().toList());
        if (condition.filter(kept -> !Conditions.isTrue(kept.value())).isPresent()) {
            return all;
        }
        all.addAll(decisions.selector(instance).stream().toList());
        Optional<Deed> deed = decisions.deed(instance);
        if (deed.isEmpty()) {
            return all;
        }
        step.inputs().keySet().forEach(name -> all.add(keptStepInput(instance, name)));
        instance.element()
                .filter(first -> !first.isKnown() && readsElement(deed.get()))
                .ifPresent(first -> all.add(keptElement(instance, first)));
        Set<String> read = componentInputs.computeIfAbsent(deed.get(), Values::readOf);
        use.inputs().keySet().stream()
                .filter(name -> read.contains(name) && !step.inputs().containsKey(name))
                .forEach(name -> all.add(keptInput(use, instance.key().node(), name)));
        all.addAll(demands(instance));
        return all;
    }

    /// What the component demands of the node that a step is about, whatever the step reads. Who
    /// goes need not fit any more.
    List<Kept> demands(Instance.Step instance) {
        UseSpec use = instance.use();
        return instance.step().subject() == StepSpec.Subject.NODE && !instance.key().isLeave()
                ? use.inputs().values().stream()
                        .map(Binding::input)
                        .filter(InputSpec::isDemandOnNode)
                        .map(input -> keptInput(use, instance.key().node(), input.name()))
                        .toList()
                : List.of();
    }

    /// The condition of a step that is not repeated, or not by what its elements are.
    ///
    /// @param node whom it is about; empty for the cluster
    Value condition(UseSpec use, Optional<String> node, StepSpec step, Expression when) {
        Optional<String> where = Shared.has(use, when) ? Optional.empty() : node;
        return keep(
                new ValueCache.Key(use.name(), where, "when", step.name()),
                () -> when.evaluate(scope(use, where)));
    }

    /// What a step is repeated for, where it is.
    Optional<Kept> repetition(UseSpec use, Optional<String> node, StepSpec step) {
        return step.each()
                .map(each -> {
                    Optional<String> where = Shared.has(use, each) ? Optional.empty() : node;
                    return cache.get(
                            new ValueCache.Key(use.name(), where, "each", step.name()),
                            () -> each.evaluate(scope(use, where)));
                });
    }

    /// What an instance of a repeated step is there for, as of now: its key was known when nothing
    /// else was.
    Optional<Value> element(Instance.Step instance) {
        return instance.element()
                .map(first ->
                        first.isKnown()
                                ? Relabelled.asOfNow(first, view)
                                : keptElement(instance, first).value());
    }

    private Kept keptElement(Instance.Step instance, Value first) {
        UseSpec use = instance.use();
        InstanceKey key = instance.key();
        return cache.get(
                new ValueCache.Key(use.name(), key.node(), key.key(), "element", key.step()),
                () ->
                        repetition(use, key.node(), instance.step())
                                .flatMap(all -> Element.at(all.value(), key.key().orElseThrow()))
                                .orElse(first));
    }

    /// An expression of a step: one value for all members, for all elements, or for the one.
    Kept kept(Instance.Step instance, String kind, String name, Expression expression) {
        UseSpec use = instance.use();
        Optional<String> where =
                Shared.has(use, instance.step(), expression)
                        ? Optional.empty()
                        : instance.key().node();
        Optional<String> element =
                expression.variables().contains(Element.NAME)
                        ? instance.key().key()
                        : Optional.empty();
        return cache.get(
                new ValueCache.Key(use.name(), where, element, kind, name),
                () -> evaluated(expression, scope(use, where).repeated(element(instance))));
    }

    /// What a step's action reads by a path: one value for all members where it is one for all.
    Kept read(Instance.Step instance, List<String> path) {
        UseSpec use = instance.use();
        UseScope inside = scope(use, instance.key().node()).inside(instance);
        boolean isOwn = path.size() > 1 && instance.step().inputs().containsKey(path.get(1));
        return !isOwn && Shared.has(use, path)
                ? cache.get(
                        new ValueCache.Key(
                                use.name(), Optional.empty(), "read", String.join(".", path)),
                        () -> Value.list(PathReads.at(path, inside)))
                : new Kept(Value.list(PathReads.at(path, inside)));
    }

    private static boolean readsElement(Deed deed) {
        return deed.expressions().stream()
                .anyMatch(expression -> expression.variables().contains(Element.NAME));
    }

    /// The component's inputs that what a step does reads.
    private static Set<String> readOf(Deed deed) {
        return deed.expressions().stream()
                .flatMap(expression -> expression.inputs().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    Kept keptStepInput(Instance.Step instance, String name) {
        StepSpec step = instance.step();
        StepInput input = step.inputs().get(name);
        if (input == null) {
            throw new IllegalArgumentException(step.name() + " has no input " + name);
        }
        String use = instance.use().name();
        Optional<String> node = instance.key().node();
        boolean joins = node.filter(member -> graph.joins(use, member)).isPresent();
        String kind = (joins ? "joining_input." : "step_input.") + step.name();
        Expression expression =
                switch (input) {
                    case StepInput.Bound(Expression value) -> value;
                    case StepInput.Founding(Expression founding, Optional<Expression> joining) ->
                            joins ? joining.orElse(founding) : founding;
                };
        Optional<Value> frozen =
                input instanceof StepInput.Founding
                        ? frozen(instance.key(), name, expression)
                        : Optional.empty();
        if (frozen.isPresent()) {
            return cache.get(
                    new ValueCache.Key(use, node, instance.key().key(), kind, name), frozen::get);
        }
        if (step.place() instanceof StepSpec.Place.OnSponsor) {
            // A sponsor may have changed since it was last looked at.
            return cache.computed(() -> evaluated(expression, scope(instance.use(), node)));
        }
        return kept(instance, kind, name, expression);
    }

    /// @param written where its value came from when it was frozen
    private Optional<Value> frozen(InstanceKey key, String name, Expression written) {
        return past.success(key)
                .flatMap(success -> Optional.ofNullable(success.frozen().get(name)))
                .map(value -> value.joined(Label.from(new Origin.Written(written.span()))));
    }

    /// The step by which a member comes, or goes where it is not to stay.
    InstanceKey membership(UseSpec use, String node) {
        return graph.isMember(use.name(), node)
                ? InstanceKey.join(use.name(), node)
                : InstanceKey.leave(use.name(), node);
    }

    /// The member that carries out a join or leave step.
    Sponsor sponsor(InstanceKey membership) {
        return Sponsor.of(view, graph, past, membership);
    }

    /// What members tell those that they let in or out.
    Offers offers() {
        return offers;
    }

    private Value keep(ValueCache.Key key, Supplier<Value> compute) {
        return cache.get(key, compute).value();
    }
}
