package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Literals;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.name.NameKind;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.PackTypes;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Reads a cluster's groups and uses, its packs being known.
public final class ClusterReader {
    private final Packs packs;
    private final Outside outside;
    private final Places places;
    private final Overrides overrides;
    private final Diagnostics diagnostics;

    public ClusterReader(
            Packs packs, Outside outside, Overrides overrides, Diagnostics diagnostics) {
        this.packs = packs;
        this.outside = outside;
        this.places = new Places(outside.sites(), diagnostics);
        this.overrides = overrides;
        this.diagnostics = diagnostics;
    }

    /// Groups and uses as bound; those that could not be are left out.
    ///
    /// @param beside the sites beside the cluster's own that groups are at
    public record Bound(
            SequencedMap<String, GroupSpec> groups,
            SequencedMap<String, UseSpec> uses,
            SequencedMap<String, Expression> parameters,
            SequencedMap<String, SecretSpec> secrets,
            List<SiteSpec> beside) {
        public Bound {
            beside = List.copyOf(beside);
        }
    }

    /// @param text the file's text, for what is said about its expressions
    public Bound read(Section cluster, String text) {
        Parameters parameters =
                Parameters.read(cluster.names("parameters"), overrides, diagnostics);
        DeclaredSecrets secrets = DeclaredSecrets.read(cluster.names("secrets"), diagnostics);
        SequencedMap<String, GroupSpec> groups = new LinkedHashMap<>();
        List<WrittenUse> written = new ArrayList<>();
        for (YamlNode.Entry entry : cluster.names("groups")) {
            if (entry.value() instanceof YamlNode.Mapping mapping) {
                Span span = entry.key().span();
                Section group = Section.read(Forms.GROUP, mapping, span, diagnostics);
                refuseTwin(entry, groups);
                GroupSpec spec = group(entry.name(), mapping, group, span);
                groups.put(entry.name(), spec);
                uses(spec, group, written);
            }
        }
        places.refuseTwins(groups.values());
        SequencedMap<String, Component> components = components(written);
        SequencedMap<String, SequencedMap<String, Component>> byGroup =
                byGroup(groups.keySet(), written, components);
        Diagnostics own = new Diagnostics();
        UseReader reader = reader(cluster, byGroup, parameters, secrets, own);
        Externals externals =
                new Externals(packs.all(), required(components.values()), outside, diagnostics);
        Localities localities =
                new Localities(
                        written,
                        components,
                        packs,
                        externals,
                        externals.ofCluster(
                                cluster.names("external"), parameters.type(), secrets.type()),
                        diagnostics);
        // What is wrong at its own site is told where no group is there as well.
        localities.at(outside.sites().own());
        SequencedMap<String, UseSpec> uses = new LinkedHashMap<>();
        for (WrittenUse use : written) {
            Component component = components.get(use.name());
            if (component != null) {
                GroupSpec group = Objects.requireNonNull(groups.get(use.group()));
                Localities.Local local = localities.at(places.siteOf(use.group()));
                uses.put(
                        use.name(),
                        reader.read(
                                use,
                                group,
                                component,
                                local.values(),
                                local.supplies().of(use, component)));
            }
        }
        new Links(byGroup, written, text).pass(own, diagnostics);
        return new Bound(
                groups, uses, parameters.values(), secrets.with(uses.values()), places.beside());
    }

    private static SequencedMap<String, SequencedMap<String, Component>> byGroup(
            Set<String> groups, List<WrittenUse> written, Map<String, Component> components) {
        SequencedMap<String, SequencedMap<String, Component>> byGroup = new LinkedHashMap<>();
        groups.forEach(name -> byGroup.put(name, new LinkedHashMap<>()));
        for (WrittenUse use : written) {
            Component component = components.get(use.name());
            if (component != null) {
                byGroup.computeIfAbsent(use.group(), _ -> new LinkedHashMap<>())
                        .put(use.name(), component);
            }
        }
        return byGroup;
    }

    private static Set<String> required(Collection<Component> components) {
        return components.stream()
                .flatMap(component -> component.spec().interfaces().required().values().stream())
                .map(Requirement::of)
                .collect(Collectors.toSet());
    }

    /// @param own what is wrong in the cluster's own text
    private UseReader reader(
            Section cluster,
            SequencedMap<String, SequencedMap<String, Component>> byGroup,
            Parameters parameters,
            DeclaredSecrets secrets,
            Diagnostics own) {
        InputValues ofCluster =
                new InputValues(
                        new ClusterScope(byGroup, parameters.type(), secrets.type(), types())
                                .environment(),
                        own);
        ComponentValues everywhere = new ComponentValues(cluster.names("values"), packs, ofCluster);
        for (YamlNode.Entry entry : cluster.names("values")) {
            if (NameKind.REFERENCE.allows(entry.name())) {
                catalogue().find(entry.key()).forEach(everywhere::of);
            }
        }
        return new UseReader(everywhere, ofCluster, overrides, own);
    }

    private Catalogue catalogue() {
        return new Catalogue(packs, diagnostics);
    }

    private PackTypes types() {
        return PackTypes.of(packs.all().stream().map(Pack::types).toList());
    }

    private GroupSpec group(String name, YamlNode.Mapping written, Section group, Span span) {
        String path = "groups." + name + ".count";
        Optional<Long> set =
                overrides
                        .value(
                                path,
                                Type.Scalar.INT,
                                group.scalar("count").map(this::written).stream().toList())
                        .flatMap(Constants::value)
                        .map(ClusterReader::number);
        set.filter(count -> count < 1 || count > 100_000)
                .ifPresent(count ->
                        diagnostics.add(
                                Diagnostic.of(
                                        Code.ASH0205,
                                        overrides.span(path).orElse(span),
                                        "count " + count + " is not from 1 to 100000")));
        // What is out of range has been told of; a group is never without nodes.
        long count = Math.clamp(set.or(() -> group.whole("count")).orElse(1L), 1, 100_000);
        List<String> nodes = nodes(name, count);
        Optional<Span> counted = set.flatMap(_ -> overrides.span(path));
        return new GroupSpec(
                name, nodes, places.settle(name, written, group, span, nodes, counted), span);
    }

    private static List<String> nodes(String group, long count) {
        return IntStream.rangeClosed(1, (int) count).mapToObj(i -> group + "-" + i).toList();
    }

    private Expression written(YamlNode.Scalar count) {
        return ExpressionCompiler.literal(
                Value.number(Literals.whole(count.text())),
                Type.Scalar.INT,
                count.span(),
                count.text());
    }

    /// Expressions can't tell a dash from an underscore.
    private void refuseTwin(YamlNode.Entry entry, SequencedMap<String, GroupSpec> groups) {
        groups.values().stream()
                .filter(g ->
                        Expression.identifier(g.name()).equals(Expression.identifier(entry.name())))
                .findFirst()
                .ifPresent(twin ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0110,
                                                entry.key().span(),
                                                "group \""
                                                        + entry.name()
                                                        + "\" reads like \""
                                                        + twin.name()
                                                        + "\" in expressions")
                                        .withNote(twin.span(), "the other one")));
    }

    private static long number(Value value) {
        return value.data() instanceof Data.Int(long number) ? number : 0;
    }

    private void uses(GroupSpec group, Section section, List<WrittenUse> written) {
        List<YamlNode.Entry> uses = section.names("uses");
        NodeValues alone =
                NodeValues.read(
                        section.names("nodes"),
                        group,
                        nodes(group.name(), section.whole("count").orElse(1L)),
                        uses.stream().map(YamlNode.Entry::name).toList(),
                        diagnostics);
        for (YamlNode.Entry entry : uses) {
            Span span = entry.key().span();
            Optional<WrittenUse> use =
                    switch (entry.value()) {
                        case YamlNode.Scalar component ->
                                Optional.of(
                                        new WrittenUse(
                                                entry.name(),
                                                group.name(),
                                                component,
                                                List.of(),
                                                alone.of(entry.name()),
                                                List.of(),
                                                span));
                        case YamlNode.Mapping mapping -> {
                            Section full = Section.read(Forms.USE, mapping, span, diagnostics);
                            yield full.scalar("component")
                                    .map(c ->
                                            new WrittenUse(
                                                    entry.name(),
                                                    group.name(),
                                                    c,
                                                    full.names("with"),
                                                    alone.of(entry.name()),
                                                    full.names("requires"),
                                                    span));
                        }
                        case YamlNode.Sequence _ -> Optional.empty();
                    };
            use.ifPresent(u -> addUnique(u, written));
        }
    }

    private void addUnique(WrittenUse use, List<WrittenUse> written) {
        Optional<WrittenUse> twin =
                written.stream()
                        .filter(u ->
                                Expression.identifier(u.name())
                                        .equals(Expression.identifier(use.name())))
                        .findFirst();
        if (twin.isPresent()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0110,
                                    use.span(),
                                    "use \"" + use.name() + "\" is there already")
                            .withNote(twin.get().span(), "first here")
                            .withHelp("names of uses are unique in a cluster"));
        } else if (use.name().equals(InstanceKey.NODE_USE)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0110,
                            use.span(),
                            "use name \"" + use.name() + "\" is taken by the nodes themselves"));
        } else {
            written.add(use);
        }
    }

    private SequencedMap<String, Component> components(List<WrittenUse> written) {
        SequencedMap<String, Component> components = new LinkedHashMap<>();
        for (WrittenUse use : written) {
            catalogue()
                    .find(use.component(), use.group())
                    .ifPresent(component -> components.put(use.name(), component));
        }
        return components;
    }
}
