package dev.ashlar.language.wiring;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What is known of a use on one node of its group before anything has run: inputs, names,
/// parameters. An expression that reads more is not evaluated.
final class KnownScope implements Scope {
    private static final Set<String> KNOWN =
            Set.of("inputs", "node", "cluster", "use", "parameters");

    private final Composition composition;
    private final UseSpec use;
    private final GroupSpec group;
    private final String node;

    /// @param node one of the group's
    KnownScope(Composition composition, UseSpec use, GroupSpec group, String node) {
        this.composition = composition;
        this.use = use;
        this.group = group;
        this.node = node;
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

    /// For each resource that a step's declaration stands for what it is read in, as far as that is
    /// known: one that may be wanted counts.
    List<Scope> wanted(StepSpec step, ResourceSpec resource) {
        return elements(step.each(), this)
                .filter(inside -> isWanted(step.when(), inside))
                .flatMap(inside -> elements(resource.each(), inside))
                .filter(inside -> isWanted(resource.when(), inside))
                .toList();
    }

    private Stream<Scope> elements(Optional<Expression> each, Scope outside) {
        return each.map(collection ->
                        Element.of(value(collection, outside)).stream()
                                .map(element -> Element.within(outside, element)))
                .orElseGet(() -> Stream.of(outside));
    }

    private boolean isWanted(Optional<Expression> when, Scope inside) {
        return when.filter(condition -> isFalse(condition, inside)).isEmpty();
    }

    private Value value(Expression expression, Scope inside) {
        return expression.variables().stream()
                        .allMatch(name ->
                                KNOWN.contains(name)
                                        || (name.equals(Element.NAME) && inside != this))
                ? expression.evaluate(inside)
                : unknown(expression.type());
    }

    @Override
    public Value variable(String name) {
        return switch (name) {
            case "inputs" -> Value.structure("Inputs", inputs());
            case "node" -> Value.structure("Node", node());
            case "cluster" ->
                    Value.structure(
                            "Cluster",
                            Map.of(
                                    "name", Value.text(composition.name()),
                                    "site", Value.text(composition.site().name())));
            case "use" -> Value.structure("Use", Map.of("name", Value.text(use.name())));
            case "parameters" -> Value.structure("Parameters", parameters());
            default -> throw new IllegalArgumentException("no variable " + name);
        };
    }

    private Map<String, Value> node() {
        return Map.of(
                "name", Value.text(node),
                "group", Value.text(group.name()),
                "index", Value.number(group.nodes().indexOf(node) + 1),
                "address", unknown(Type.Scalar.TEXT));
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
                Expression value = binding.effective();
                return KNOWN.containsAll(value.variables())
                        ? value.evaluate(KnownScope.this)
                        : unknown(value.type());
            }
        };
    }
}
