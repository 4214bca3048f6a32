package dev.ashlar.language.cluster;

import dev.ashlar.language.cluster.InputValues.Given;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.pack.Packs;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// What is said of components' inputs wherever these are used: `values:` of a cluster, or of a
/// site. It is said to every version of a component that is in use and has the input. What is said
/// of a version is read, and checked, when that is first asked for.
final class ComponentValues {
    private final Map<String, List<YamlNode.Entry>> written = new HashMap<>();
    private final IdentityHashMap<Component, Given> read = new IdentityHashMap<>();
    private final Packs packs;
    private final InputValues values;

    /// @param written by `PACK/COMPONENT`
    ComponentValues(List<YamlNode.Entry> written, Packs packs, InputValues values) {
        this.packs = packs;
        this.values = values;
        for (YamlNode.Entry entry : written) {
            if (entry.value() instanceof YamlNode.Mapping(var inputs, _)) {
                this.written.put(entry.name(), inputs);
            }
        }
    }

    Given of(Component component) {
        return read.computeIfAbsent(component, this::read);
    }

    private Given read(Component component) {
        ComponentSpec spec = component.spec();
        List<YamlNode.Entry> entries = written.getOrDefault(spec.reference(), List.of());
        List<Component> versions = packs.components(spec.pack(), spec.name());
        if (versions.size() < 2) {
            return values.read(entries, component);
        }
        Diagnostics own = new Diagnostics();
        Given given =
                values.reportingTo(own)
                        .read(
                                entries.stream()
                                        .filter(entry -> concerns(entry, component, versions))
                                        .toList(),
                                component);
        own.sorted().stream().map(problem -> placed(problem, spec)).forEach(values::report);
        return given;
    }

    /// With the version that it is wrong for; an unknown input is wrong for all of them.
    private static Diagnostic placed(Diagnostic problem, ComponentSpec version) {
        return problem.code() == Code.ASH0111
                ? problem
                : problem.withNote(version.span(), "in version " + version.version());
    }

    /// What no version has is told of the first.
    private static boolean concerns(
            YamlNode.Entry entry, Component component, List<Component> versions) {
        return has(component, entry)
                || (versions.stream().noneMatch(version -> has(version, entry))
                        && component.equals(versions.getFirst()));
    }

    private static boolean has(Component component, YamlNode.Entry entry) {
        return component.spec().inputs().containsKey(entry.name());
    }
}
