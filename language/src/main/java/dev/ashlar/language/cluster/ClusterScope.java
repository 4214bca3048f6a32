package dev.ashlar.language.cluster;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.PackTypes;
import dev.ashlar.language.pack.Scopes;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/// What the values in a cluster's file may read. Dashes in names of groups and uses become
/// underscores: an expression would read a dash as a minus.
final class ClusterScope {
    private final SequencedMap<String, SequencedMap<String, Component>> groups;
    private final Type parameters;
    private final Type secrets;
    private final PackTypes types;

    /// @param groups each group's uses with their components
    /// @param types of all packs of the cluster
    ClusterScope(
            SequencedMap<String, SequencedMap<String, Component>> groups,
            Type parameters,
            Type secrets,
            PackTypes types) {
        this.types = types;
        this.groups = groups;
        this.parameters = parameters;
        this.secrets = secrets;
    }

    Environment environment() {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("cluster", Scopes.CLUSTER);
        variables.put("node", Scopes.NODE);
        variables.put(Parameters.VARIABLE, parameters);
        variables.put(SecretSpec.VARIABLE, secrets);
        variables.put("groups", groupsType());
        variables.put(Collected.NAME, Scopes.collected(types.all()));
        return new Environment(variables, structures());
    }

    /// What a site's values may read: it is there for clusters that it does not know.
    static Environment environmentOfSite() {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("cluster", Scopes.CLUSTER);
        variables.put("node", Scopes.NODE);
        return new Environment(variables, Map.of());
    }

    private Type groupsType() {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        groups.forEach((group, uses) -> {
            SequencedMap<String, Type> inner = new LinkedHashMap<>();
            uses.forEach((use, component) ->
                    inner.put(Expression.identifier(use), use(use, component.spec())));
            String name = Expression.identifier(group);
            fields.put(name, Type.Struct.of("Group_" + name, inner));
        });
        return Type.Struct.of("Groups", fields);
    }

    private static Type use(String name, ComponentSpec component) {
        String suffix = "_" + Expression.identifier(name);
        SequencedMap<String, Type> shared = new LinkedHashMap<>();
        component.clusterOutputs().forEach((output, spec) -> shared.put(output, spec.type()));
        SequencedMap<String, Type> outputs = new LinkedHashMap<>();
        component.outputs().forEach((output, spec) -> outputs.put(output, spec.type()));
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        fields.put("cluster_outputs", Type.Struct.of("ClusterOutputs" + suffix, shared));
        fields.put("members", Type.listOf(Scopes.member(suffix, outputs)));
        return Type.Struct.of("Use" + suffix, fields);
    }

    /// The structures that may be created by name; one that means different things in two
    /// components is left out.
    private Map<String, Type.Struct> structures() {
        Map<String, Type.Struct> structures = new LinkedHashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (var uses : groups.values()) {
            for (Component component : uses.values()) {
                component
                        .spec()
                        .types()
                        .forEach((name, type) -> {
                            if (type instanceof Type.Struct struct) {
                                Type.Struct other = structures.putIfAbsent(name, struct);
                                if (other != null && !other.equals(struct)) {
                                    ambiguous.add(name);
                                }
                            }
                        });
            }
        }
        structures.keySet().removeAll(ambiguous);
        structures.putAll(types.all());
        return structures;
    }
}
