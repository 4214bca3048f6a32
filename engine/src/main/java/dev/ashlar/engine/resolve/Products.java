package dev.ashlar.engine.resolve;

import dev.ashlar.engine.graph.Elements;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What steps and nodes have produced, as of now: a value, or an unknown that names who is to
/// produce it. Confined to one thread.
final class Products {
    private final Graph graph;
    private final Past past;
    private final View view;
    private final Lapses lapses;
    private final Decisions decisions;

    Products(Graph graph, Past past, View view, Lapses lapses, Decisions decisions) {
        this.graph = graph;
        this.past = past;
        this.view = view;
        this.lapses = lapses;
        this.decisions = decisions;
    }

    /// What a step produced, or an unknown that names it; of a repeated one all of them by key,
    /// which are not known before it is decided what that is repeated for.
    Value ofStep(UseSpec use, Optional<String> node, StepSpec step, String name, Type type) {
        if (step.each().isPresent() && graph.elements() == Elements.OPEN) {
            InstanceKey all = new InstanceKey(use.name(), step.name(), Optional.empty(), node);
            return Value.unknown(Type.mapOf(type), new Await.Success(all));
        }
        List<InstanceKey> keys = graph.keys(use, step, node);
        return step.each().isEmpty()
                ? lapses.read(
                        keys.getFirst(),
                        step.validFor(name),
                        name,
                        produced(keys.getFirst(), name, type))
                : perElement(keys, step, name, type);
    }

    /// Of elements for which its condition is false there is none.
    private Value perElement(List<InstanceKey> keys, StepSpec step, String name, Type type) {
        Map<String, Value> all = new LinkedHashMap<>();
        for (InstanceKey key : keys) {
            Optional<SequencedMap<String, Value>> outputs = view.outputs(key);
            boolean isThere = outputs.map(found -> found.containsKey(name)).orElse(true);
            if (outputs.isEmpty() && decisions.isOpen(key)) {
                return Value.unknown(Type.mapOf(type), new Await.Success(key));
            }
            if (isThere) {
                all.put(
                        key.key().orElseThrow(),
                        lapses.read(key, step.validFor(name), name, produced(key, name, type)));
            }
        }
        return Value.map(all);
    }

    /// The address by which a node is reached.
    Value address(String node) {
        return produced(InstanceKey.acquire(node), "address", Type.Scalar.TEXT);
    }

    /// A fact of a node, as it was gathered last. What an older record does not have is not known.
    Value fact(String node, Fact fact) {
        InstanceKey by = fact.gatheredBy(node);
        Value found = produced(by, fact.word(), fact.type());
        if (found.isKnown() && !(found.data() instanceof Data.Nothing)) {
            return lapses.read(by, fact.validFor(), fact.word(), found);
        }
        return graph.instances().containsKey(by)
                ? Value.unknown(fact.type(), new Await.Success(by))
                : Admission.unasked(fact, node, graph.composition().span());
    }

    /// What a member that leaves has produced stays as it is on record.
    private Value produced(InstanceKey key, String name, Type type) {
        boolean stays = key.node().map(graph::hasNode).orElse(true);
        Optional<SequencedMap<String, Value>> outputs =
                stays ? view.outputs(key) : past.success(key).map(Success::outputs);
        if (outputs.isEmpty()) {
            return Value.unknown(type, new Await.Success(key));
        }
        Value value = outputs.get().get(name);
        if (value == null && Type.hasSecret(type)) {
            return SecretValue.ofOutput(key, name, type, graph.composition());
        }
        return value == null ? Value.nothing() : value;
    }
}
