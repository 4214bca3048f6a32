package dev.ashlar.simulation.composition;

import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster, piece by piece.
public final class ClusterBuilder {
    private static final Span HERE = Span.wholeFile("built.yaml");

    private final SequencedMap<String, GroupSpec> groups = new LinkedHashMap<>();
    private final SequencedMap<String, UseSpec> uses = new LinkedHashMap<>();

    private ClusterBuilder() {}

    public static ClusterBuilder cluster() {
        return new ClusterBuilder();
    }

    /// A group of nodes `NAME-1` to `NAME-COUNT`.
    public ClusterBuilder group(String name, int count) {
        List<String> nodes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            nodes.add(name + "-" + i);
        }
        groups.put(name, new GroupSpec(name, nodes, "default", HERE));
        return this;
    }

    public ClusterBuilder use(String name, String group, ComponentBuilder component) {
        return use(name, group, component, Map.of());
    }

    /// @param requires who stands for what the component requires, by its names for that
    public ClusterBuilder use(
            String name,
            String group,
            ComponentBuilder component,
            Map<String, ? extends Supply> requires) {
        uses.put(
                name,
                new UseSpec(
                        name,
                        group,
                        component.build(),
                        component.bindings(),
                        new LinkedHashMap<>(requires),
                        HERE));
        return this;
    }

    public Composition build() {
        SiteSpec site = new SiteSpec("built", new LinkedHashMap<>(), SiteSpec.Approval.AUTO, HERE);
        return new Composition(
                "built",
                groups,
                uses,
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                Optional.empty(),
                site,
                List.of(),
                "0".repeat(64),
                Span.wholeFile("cluster.yaml"));
    }
}
