package dev.ashlar.language.pack;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// What the expressions of a component may read, by where they stand.
public final class Scopes {
    /// A node as expressions see it.
    public static final Type.Struct NODE = node();

    /// A node that goes, as expressions see it: it has no place in its group any more.
    private static final Type.Struct LEAVER = leaver();

    /// The cluster as expressions see it.
    public static final Type.Struct CLUSTER =
            struct("Cluster", Map.of("name", Scalar.TEXT), "site", Scalar.TEXT);

    /// The use of a component as its expressions see it.
    public static final Type.Struct USE = Type.Struct.of("Use", Map.of("name", Scalar.TEXT));

    /// The variable under which a join or leave step reads the member that it runs on.
    static final String SPONSOR = "sponsor";

    private final Signature signature;
    private final Set<String> perNode;

    /// @param perNode the inputs that differ from node to node
    Scopes(Signature signature, Set<String> perNode) {
        this.signature = signature;
        this.perNode = perNode;
    }

    /// A member of a use, whose outputs are these.
    public static Type.Struct member(String suffix, SequencedMap<String, Type> outputs) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put("name", Scalar.TEXT);
        fields.put("address", Scalar.TEXT);
        fields.put("outputs", Type.Struct.of("Outputs" + suffix, outputs));
        return Type.Struct.of("Member" + suffix, fields);
    }

    /// What is read of all who publish values of the packs' types.
    ///
    /// @param types by the names under which they may be asked for
    public static Type.Struct collected(SequencedMap<String, Type.Struct> types) {
        SequencedMap<String, Type> lists = new LinkedHashMap<>();
        types.forEach((name, type) -> lists.put(name, Type.listOf(type)));
        return Type.Struct.of("Collected", lists);
    }

    /// Defaults of inputs.
    Environment defaults() {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", inputs(Set.of(), new LinkedHashMap<>()));
        variables.put("node", NODE);
        variables.put("cluster", CLUSTER);
        variables.put("use", USE);
        variables.put(Collected.NAME, collected(signature.shared()));
        return environment(variables);
    }

    /// Whatever is about one node.
    Environment node(SequencedMap<String, Type> own) {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", inputs(Set.of(), own));
        variables.put("node", NODE);
        shared(variables);
        signature.steps().forEach((step, outputs) -> variables.put(step, step(step, outputs)));
        return environment(variables);
    }

    /// What steps are repeated for: known from the files.
    ///
    /// @param perNode whether it is about one node, or about the cluster
    Environment repetition(boolean perNode) {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", inputs(perNode ? Set.of() : this.perNode, new LinkedHashMap<>()));
        if (perNode) {
            variables.put("node", NODE);
        }
        variables.put("members", Type.listOf(member("", signature.outputs())));
        variables.put("cluster", CLUSTER);
        variables.put("use", USE);
        variables.put(Collected.NAME, collected(signature.shared()));
        return environment(variables);
    }

    /// What later members take in the place of founding values: also what joining returned.
    Environment joining() {
        Environment node = node(new LinkedHashMap<>());
        return signature
                .join()
                .map(outputs -> node.with(InstanceKey.JOIN, step(InstanceKey.JOIN, outputs)))
                .orElse(node);
    }

    /// A new member's joining: also the one that lets it in.
    Environment join() {
        return node(new LinkedHashMap<>()).with(SPONSOR, member("", signature.outputs()));
    }

    /// A member's leaving, of which no step need ever have succeeded.
    Environment leave() {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", inputs(Set.of(), new LinkedHashMap<>()));
        variables.put("node", LEAVER);
        variables.put("cluster", CLUSTER);
        variables.put("use", USE);
        variables.put(SPONSOR, member("", signature.outputs()));
        return environment(variables);
    }

    /// Whatever is about the cluster as a whole.
    Environment cluster(SequencedMap<String, Type> own) {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("inputs", inputs(perNode, own));
        shared(variables);
        signature
                .steps()
                .forEach((step, outputs) -> {
                    if (signature.clusterSteps().contains(step)) {
                        variables.put(step, step(step, outputs));
                    }
                });
        return environment(variables);
    }

    private void shared(SequencedMap<String, Type> variables) {
        variables.put("members", Type.listOf(member("", signature.outputs())));
        variables.put("cluster", CLUSTER);
        variables.put("use", USE);
        if (!signature.required().isEmpty()) {
            variables.put(Requirement.VARIABLE, required());
        }
        variables.put(
                "cluster_outputs", Type.Struct.of("ClusterOutputs", signature.clusterOutputs()));
        variables.put(Collected.NAME, collected(signature.shared()));
    }

    private Type required() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        signature
                .required()
                .forEach((name, requirement) ->
                        fields.put(name, Type.Struct.of("Required_" + name, requirement.values())));
        return Type.Struct.of("Requires", fields);
    }

    private Type inputs(Set<String> without, SequencedMap<String, Type> own) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        signature
                .inputs()
                .forEach((name, input) -> {
                    if (!without.contains(name)) {
                        fields.put(name, input.type());
                    }
                });
        fields.putAll(own);
        return Type.Struct.of("Inputs", fields);
    }

    private Type step(String name, SequencedMap<String, Type> outputs) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>(outputs);
        if (signature.repeated().contains(name)) {
            fields.replaceAll((_, type) -> Type.mapOf(type));
        } else if (signature.conditional().contains(name)) {
            fields.replaceAll((_, type) -> Type.optionalOf(type));
        }
        return Type.Struct.of("Step_" + name, fields);
    }

    private Environment environment(SequencedMap<String, Type> variables) {
        Map<String, Type.Struct> types = new LinkedHashMap<>(signature.structures());
        types.putAll(signature.shared());
        return new Environment(variables, types, signature.enumerations());
    }

    private static Type.Struct node() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put("name", Scalar.TEXT);
        fields.put("address", Scalar.TEXT);
        fields.put("group", Scalar.TEXT);
        fields.put("index", Scalar.INT);
        return Type.Struct.of("Node", fields);
    }

    private static Type.Struct leaver() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>(NODE.fields());
        fields.remove("index");
        return Type.Struct.of("Leaver", fields);
    }

    private static Type.Struct struct(
            String name, Map<String, Type> first, String last, Type type) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>(first);
        fields.put(last, type);
        return Type.Struct.of(name, fields);
    }
}
