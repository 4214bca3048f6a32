package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Cases;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.Shared;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is known of a use on one node of its group before anything has run: inputs, names,
/// parameters. An expression that reads more is not evaluated.
final class KnownScope implements Scope {
    private static final Set<String> KNOWN =
            Set.of(
                    "inputs",
                    "node",
                    "members",
                    "groups",
                    "cluster",
                    "use",
                    "parameters",
                    Requirement.VARIABLE);

    private final Composition composition;
    private final UseSpec use;
    private final GroupSpec group;
    private final String node;
    private final IdentityHashMap<Expression, Value> shared;

    /// @param node one of the group's
    /// @param shared what has one value on all its nodes, for all scopes of the use
    KnownScope(
            Composition composition,
            UseSpec use,
            GroupSpec group,
            String node,
            IdentityHashMap<Expression, Value> shared) {
        this.composition = composition;
        this.use = use;
        this.group = group;
        this.node = node;
        this.shared = shared;
    }

    /// The text of an expression, where it is known.
    ///
    /// @param inside this, or one of [#wanted]
    Optional<String> text(Expression expression, Scope inside) {
        return value(expression, inside).data() instanceof Data.Text(String text)
                ? Optional.of(text)
                : Optional.empty();
    }

    boolean isDecided(Expression condition) {
        return value(condition, this).data() instanceof Data.Bool;
    }

    private boolean isFalse(Expression condition, Scope inside) {
        return value(condition, inside).data() instanceof Data.Bool(boolean truth) && !truth;
    }

    /// What a step is read in: once, or for each of its elements, as far as these are known: one
    /// that may be wanted counts.
    List<Scope> elements(StepSpec step) {
        Set<String> keys = new HashSet<>();
        return step.each()
                .map(each ->
                        Element.of(value(each, this)).stream()
                                .filter(element ->
                                        Element.key(element).filter(keys::add).isPresent())
                                .map(element -> Element.within(this, element)))
                .orElseGet(() -> Stream.of(this))
                .filter(inside -> isWanted(step.when(), inside))
                .toList();
    }

    /// What a step may do: one thing, unless it has cases and it is not known which is chosen.
    ///
    /// @param inside one of [#elements]
    List<Deed> deeds(StepSpec step, Scope inside) {
        return step.action() instanceof Action.Switch(Expression selector, var cases)
                ? Cases.chosen(value(selector, inside))
                        .flatMap(name -> Optional.ofNullable(cases.get(name)))
                        .map(List::of)
                        .orElseGet(() -> List.copyOf(cases.values()))
                : step.action().deeds();
    }

    /// For each resource that one declaration stands for what it is read in.
    ///
    /// @param outside one of [#elements]
    List<Scope> wanted(Scope outside, ResourceSpec resource) {
        return resource.each()
                .map(each ->
                        Element.of(value(each, outside)).stream()
                                .map(element -> Element.within(outside, element)))
                .orElseGet(() -> Stream.of(outside))
                .filter(inside -> isWanted(resource.when(), inside))
                .toList();
    }

    private boolean isWanted(Optional<Expression> when, Scope inside) {
        return when.filter(condition -> isFalse(condition, inside)).isEmpty();
    }

    private Value value(Expression expression, Scope inside) {
        boolean isKnown =
                expression.variables().stream()
                        .allMatch(name ->
                                KNOWN.contains(name)
                                        || (name.equals(Element.NAME) && inside != this));
        if (!isKnown) {
            return unknown(expression.type());
        }
        return Shared.has(use, expression)
                ? shared.computeIfAbsent(expression, e -> e.evaluate(this))
                : expression.evaluate(inside);
    }

    @Override
    public Value variable(String name) {
        return switch (name) {
            case "inputs" -> Value.structure("Inputs", inputs());
            case "node" -> Value.structure("Node", node());
            case "members" -> members(use);
            case "groups" -> Value.structure("Groups", groups());
            case "cluster" ->
                    Value.structure(
                            "Cluster",
                            Map.of(
                                    "name", Value.text(composition.name()),
                                    "site", Value.text(composition.site().name())));
            case "use" -> Value.structure("Use", Map.of("name", Value.text(use.name())));
            case "parameters" -> Value.structure("Parameters", parameters());
            case Requirement.VARIABLE -> Value.structure("Requires", required());
            default -> throw new IllegalArgumentException("no variable " + name);
        };
    }

    private Map<String, Value> node() {
        return Map.of(
                "name",
                Value.text(node),
                "group",
                Value.text(group.name()),
                "index",
                Value.number(group.nodes().indexOf(node) + 1),
                "address",
                unknown(Type.Scalar.TEXT),
                Fact.VARIABLE,
                Value.structure("Facts", facts()));
    }

    private Map<String, Value> facts() {
        Map<String, Value> facts = new LinkedHashMap<>();
        List.of(Fact.values()).forEach(fact -> facts.put(fact.word(), unknown(fact.type())));
        return facts;
    }

    /// Of others their names are known.
    private Value members(UseSpec of) {
        GroupSpec its = Objects.requireNonNull(composition.groups().get(of.group()));
        Map<String, Value> outputs = new LinkedHashMap<>();
        of.component()
                .outputs()
                .forEach((name, output) -> outputs.put(name, unknown(output.type())));
        Value all = Value.structure("Outputs", outputs);
        return Value.list(
                its.nodes().stream()
                        .map(name ->
                                Value.structure(
                                        "Member",
                                        Map.of(
                                                "name", Value.text(name),
                                                "address", unknown(Type.Scalar.TEXT),
                                                "outputs", all)))
                        .toList());
    }

    private Map<String, Value> groups() {
        Map<String, Value> groups = new LinkedHashMap<>();
        for (String name : composition.groups().keySet()) {
            Map<String, Value> uses = new LinkedHashMap<>();
            composition.uses().values().stream()
                    .filter(of -> of.group().equals(name))
                    .forEach(of -> uses.put(Expression.identifier(of.name()), link(of)));
            groups.put(Expression.identifier(name), Value.structure("GroupLink", uses));
        }
        return groups;
    }

    private Value link(UseSpec of) {
        Map<String, Value> shared = new LinkedHashMap<>();
        of.component()
                .clusterOutputs()
                .forEach((name, output) -> shared.put(name, unknown(output.type())));
        return Value.structure(
                "UseLink",
                Map.of(
                        "members", members(of),
                        "cluster_outputs", Value.structure("ClusterOutputs", shared)));
    }

    /// Of other uses nothing is known.
    private Map<String, Value> required() {
        Map<String, Value> required = new LinkedHashMap<>();
        for (Requirement each : use.component().interfaces().required().values()) {
            Map<String, Value> values = new LinkedHashMap<>();
            each.values().forEach((name, type) -> values.put(name, unknown(type)));
            if (use.requires().get(each.name()) instanceof Supply.External(_, var given)) {
                given.forEach((name, value) -> values.put(name, value.evaluate(this)));
            }
            required.put(each.name(), Value.structure("Required", values));
        }
        return required;
    }

    private Value unknown(Type type) {
        return Value.unknown(type, new Await.Success(InstanceKey.acquire(node)));
    }

    private Map<String, Value> parameters() {
        Map<String, Value> values = new LinkedHashMap<>();
        composition.parameters().forEach((name, e) -> values.put(name, e.evaluate(this)));
        return values;
    }

    private Fields inputs() {
        return new Fields() {
            @Override
            public Set<String> names() {
                return use.component().inputs().keySet();
            }

            @Override
            public Value get(String name) {
                Binding binding = use.inputs().get(name);
                if (binding == null) {
                    return unknown(Type.Scalar.TEXT);
                }
                Expression value = binding.effective(Optional.of(node));
                return KNOWN.containsAll(value.variables())
                        ? value.evaluate(KnownScope.this)
                        : unknown(value.type());
            }
        };
    }
}
