package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The variables of a component as seen from one of its nodes, from one of its steps there, or from
/// the cluster as a whole.
final class UseScope implements Scope {
    private static final Type MEMBER = Type.Struct.of("Member", Map.of());

    private final Values values;
    private final UseSpec use;
    private final Optional<String> node;
    private final Optional<Instance.Step> step;
    private final Optional<Value> element;

    UseScope(
            Values values,
            UseSpec use,
            Optional<String> node,
            Optional<Instance.Step> step,
            Optional<Value> element) {
        this.values = values;
        this.use = use;
        this.node = node;
        this.step = step;
        this.element = element;
    }

    /// What that step itself sees: its own inputs as well.
    UseScope inside(Instance.Step inner) {
        return new UseScope(values, use, node, Optional.of(inner), values.element(inner));
    }

    /// What is seen where `each` is this, if anything.
    UseScope repeated(Optional<Value> each) {
        return new UseScope(values, use, node, step, each);
    }

    @Override
    public Value variable(String name) {
        return switch (name) {
            case "inputs" -> inputs();
            case "node" -> node.map(this::node).orElseGet(() -> noNode("node"));
            case "members" -> members(use);
            case "cluster" -> cluster();
            case "cluster_outputs" -> clusterOutputs(use);
            case "use" -> Value.structure("Use", Map.of("name", written(use.name(), use.span())));
            case "groups" -> groups();
            case "parameters" -> parameters();
            case SecretSpec.VARIABLE -> secrets();
            case Requirement.VARIABLE -> required();
            case Collected.NAME -> Value.structure("Collected", values.collection());
            case Values.SPONSOR -> sponsor();
            case Element.NAME -> element.orElseThrow();
            default -> step(name);
        };
    }

    private Value inputs() {
        Set<String> names = new LinkedHashSet<>(use.inputs().keySet());
        step.ifPresent(s -> names.addAll(s.step().inputs().keySet()));
        return Value.structure(
                "Inputs",
                lazy(
                        names,
                        name ->
                                step.filter(s -> s.step().inputs().containsKey(name))
                                        .map(s -> values.stepInput(s, name))
                                        .orElseGet(() -> values.input(use, node, name))));
    }

    private Value node(String name) {
        GroupSpec group = values.graph().groupOf(use.name());
        Label fact = Label.from(new Origin.Fact(name, "name"));
        Map<String, Value> known = new LinkedHashMap<>();
        known.put("name", Value.text(name).labelled(fact));
        known.put("group", Value.text(group.name()).labelled(fact));
        known.put("index", index(name).labelled(fact));
        Set<String> names = new LinkedHashSet<>(known.keySet());
        names.addAll(List.of("address", Fact.VARIABLE));
        return Value.structure(
                "Node",
                lazy(
                        names,
                        field -> {
                            Value value = known.get(field);
                            if (value != null) {
                                return value;
                            }
                            return field.equals(Fact.VARIABLE)
                                    ? facts(name)
                                    : values.products().address(name);
                        }));
    }

    private Value facts(String node) {
        Set<String> names = new LinkedHashSet<>();
        List.of(Fact.values()).forEach(fact -> names.add(fact.word()));
        return Value.structure(
                "Facts",
                lazy(names, word -> values.products().fact(node, Fact.of(word).orElseThrow())));
    }

    private Value index(String name) {
        int index = values.graph().indexOf(name);
        return index > 0
                ? Value.number(index)
                : new Value(
                        new Data.Invalid(name + " has no index any more", use.span()), Label.NONE);
    }

    private Value members(UseSpec of) {
        List<Value> all =
                values.graph().members(of.name()).stream()
                        .map(name -> member(of, name, values::output))
                        .toList();
        return Value.list(all);
    }

    /// How an output of a member is come by.
    private interface Outputs {
        Value get(UseSpec of, String node, String output);
    }

    private Value member(UseSpec of, String name, Outputs outputs) {
        Label fact = Label.from(new Origin.Fact(name, "name"));
        return Value.structure(
                "Member",
                lazy(
                        new LinkedHashSet<>(List.of("name", "address", "outputs")),
                        field ->
                                switch (field) {
                                    case "name" -> Value.text(name).labelled(fact);
                                    case "address" -> values.products().address(name);
                                    default ->
                                            Value.structure(
                                                    "Outputs",
                                                    lazy(
                                                            of.component().outputs().keySet(),
                                                            output ->
                                                                    outputs.get(of, name, output)));
                                }));
    }

    /// The member that lets this one in or out; unknown until they have been asked how they are.
    private Value sponsor() {
        if (node.isEmpty()) {
            return noNode(Values.SPONSOR);
        }
        InstanceKey subject = values.membership(use, node.get());
        return values.sponsor(subject)
                .node()
                .map(name -> member(use, name, values.offers()::output))
                .orElseGet(() -> Value.unknown(MEMBER, new Await.Sponsor(subject)));
    }

    private Value clusterOutputs(UseSpec of) {
        return Value.structure(
                "ClusterOutputs",
                lazy(
                        of.component().clusterOutputs().keySet(),
                        name -> values.clusterOutput(of, name)));
    }

    private Value cluster() {
        Composition composition = values.graph().composition();
        return Value.structure(
                "Cluster",
                Map.of(
                        "name", written(composition.name(), composition.span()),
                        "site", written(composition.site().name(), composition.site().span())));
    }

    private static Value written(String text, Span span) {
        return Value.text(text).labelled(Label.from(new Origin.Written(span)));
    }

    /// `groups.GROUP.USE.cluster_outputs` and `.members`; dashes in names are written as
    /// underscores.
    private Value groups() {
        Composition composition = values.graph().composition();
        Map<String, Value> groups = new LinkedHashMap<>();
        for (GroupSpec group : composition.groups().values()) {
            Map<String, Value> uses = new LinkedHashMap<>();
            for (UseSpec other : composition.uses().values()) {
                if (other.group().equals(group.name())) {
                    uses.put(
                            Expression.identifier(other.name()),
                            Value.structure(
                                    "UseLink",
                                    lazy(
                                            new LinkedHashSet<>(
                                                    List.of("members", "cluster_outputs")),
                                            field ->
                                                    field.equals("members")
                                                            ? members(other)
                                                            : clusterOutputs(other))));
                }
            }
            groups.put(Expression.identifier(group.name()), Value.structure("GroupLink", uses));
        }
        return Value.structure("Groups", groups);
    }

    /// By the component's own names for them, whoever stands for each.
    private Value required() {
        Map<String, Requirement> all = use.component().interfaces().required();
        return Value.structure(
                "Requires",
                lazy(all.keySet(), name -> required(Objects.requireNonNull(all.get(name)))));
    }

    private Value required(Requirement requirement) {
        Supply supply = Objects.requireNonNull(use.requires().get(requirement.name()));
        return Value.structure(
                "Required",
                lazy(
                        requirement.values().keySet(),
                        name ->
                                switch (supply) {
                                    case Supply.OfUse(String by) ->
                                            values.implemented(by, requirement.of(), name);
                                    case Supply.OfCluster(_, var lent) ->
                                            Objects.requireNonNull(lent.get(name));
                                    case Supply.External(_, var given) ->
                                            values.lapses()
                                                    .evaluated(
                                                            Objects.requireNonNull(given.get(name)),
                                                            this);
                                }));
    }

    private Value parameters() {
        Map<String, Value> given = new LinkedHashMap<>();
        values.graph()
                .composition()
                .parameters()
                .forEach((name, expression) -> given.put(name, expression.evaluate(this)));
        return Value.structure("Parameters", given);
    }

    /// Those that the files declare, as far as the vault is unlocked and has them.
    private Value secrets() {
        Composition composition = values.graph().composition();
        return Value.structure(
                "Secrets",
                lazy(
                        composition.secrets().keySet(),
                        name ->
                                SecretValue.of(
                                        Objects.requireNonNull(composition.secrets().get(name)),
                                        composition.vault())));
    }

    private Value step(String name) {
        StepSpec producer =
                use.component()
                        .step(name)
                        .or(() ->
                                use.component()
                                        .membership()
                                        .join()
                                        .filter(s -> s.name().equals(name)))
                        .orElseThrow(() -> new IllegalArgumentException("no variable " + name));
        if (producer.subject() == StepSpec.Subject.NODE && node.isEmpty()) {
            return noNode(name);
        }
        return Value.structure(
                "StepOutputs",
                lazy(
                        producer.outputs().keySet(),
                        output ->
                                values.products()
                                        .ofStep(
                                                use,
                                                node,
                                                producer,
                                                output,
                                                type(producer, output))));
    }

    private static Type type(StepSpec producer, String output) {
        Type type = Objects.requireNonNull(producer.outputs().get(output));
        return producer.when().isPresent() && producer.each().isEmpty()
                ? Type.optionalOf(type)
                : type;
    }

    private Value noNode(String what) {
        Span span = use.span();
        return new Value(
                new Data.Invalid(what + " has no meaning for the cluster as a whole", span),
                Label.NONE);
    }

    private static Fields lazy(Set<String> names, Function<String, Value> compute) {
        return new Fields() {
            @Override
            public Set<String> names() {
                return names;
            }

            @Override
            public Value get(String name) {
                if (!names.contains(name)) {
                    throw new IllegalArgumentException("no field " + name);
                }
                return compute.apply(name);
            }
        };
    }
}
