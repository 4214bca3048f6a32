package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.cluster.Externals.External;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Finds who stands for what the uses of a cluster require: whom the cluster names, or where it
/// names nobody the only one that can. What is external is so at the site of the use's group.
final class Supplies {
    private final List<WrittenUse> written;
    private final Map<String, Component> components;
    private final SequencedMap<String, External> externals = new LinkedHashMap<>();
    private final Map<String, String> own = new HashMap<>();
    private final boolean isComplete;
    private final String site;
    private final Diagnostics diagnostics;

    /// @param components by use
    /// @param externals what those at one of its sites find
    /// @param site that site; empty where it is not known: what is external there is not either
    Supplies(
            List<WrittenUse> written,
            Map<String, Component> components,
            SequencedMap<String, External> externals,
            Optional<Reading> site,
            Diagnostics diagnostics) {
        this.written = written;
        this.components = components;
        this.isComplete = site.isPresent();
        this.site = site.map(at -> at.spec().name()).orElse("");
        this.diagnostics = diagnostics;
        externals.forEach((name, external) -> {
            if (external.supply() instanceof Supply.OfUse(String use)) {
                own.put(name, use);
            } else {
                this.externals.put(name, external);
            }
        });
        written.forEach(use -> refuseTwin(use, externals));
    }

    private void refuseTwin(WrittenUse use, Map<String, External> all) {
        Optional.ofNullable(all.get(use.name()))
                .filter(external -> !external.supply().equals(new Supply.OfUse(use.name())))
                .ifPresent(external ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0110,
                                                use.span(),
                                                "use \""
                                                        + use.name()
                                                        + "\" is called like something external")
                                        .withNote(external.span(), "the other one")));
    }

    /// By the component's names for them; without those for which there is nobody, or too many,
    /// which are reported.
    SequencedMap<String, Supply> of(WrittenUse use, Component component) {
        SequencedMap<String, Requirement> required = component.spec().interfaces().required();
        SequencedMap<String, YamlNode.Scalar> named = new LinkedHashMap<>();
        for (YamlNode.Entry entry : use.requires()) {
            if (required.containsKey(entry.name())) {
                if (entry.value() instanceof YamlNode.Scalar name) {
                    named.put(entry.name(), name);
                }
            } else if (component.sound()) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0411,
                                        entry.key().span(),
                                        component.spec().reference()
                                                + " requires nothing as \""
                                                + entry.name()
                                                + "\""),
                                entry.name(),
                                required.keySet()));
            }
        }
        SequencedMap<String, Supply> found = new LinkedHashMap<>();
        for (Requirement requirement : required.values()) {
            Optional.ofNullable(named.get(requirement.name()))
                    .map(name -> named(requirement, name, use))
                    .orElseGet(() -> only(requirement, use))
                    .ifPresent(supply -> found.put(requirement.name(), supply));
        }
        return found;
    }

    // ---- by name

    private Optional<Supply> named(Requirement requirement, YamlNode.Scalar name, WrittenUse use) {
        External external = externals.get(name.text());
        if (external != null) {
            return external.of().equals(requirement.of())
                    ? Optional.of(external.supply())
                    : unfit(requirement, name, use, "stands for \"" + external.of() + "\"");
        }
        String meant = own.getOrDefault(name.text(), name.text());
        Component component = components.get(meant);
        if (component != null) {
            return implementsIt(component, requirement)
                    ? Optional.of(new Supply.OfUse(meant))
                    : unfit(
                            requirement,
                            name,
                            use,
                            "is " + component.spec().reference() + ", which does not implement it");
        }
        if (isComplete && written.stream().noneMatch(other -> other.name().equals(meant))) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                            Code.ASH0411,
                                            name.span(),
                                            "nothing in this cluster, nor at site \""
                                                    + site
                                                    + "\", is called \""
                                                    + meant
                                                    + "\"")
                                    .withNote(requirement.span(), "required here"),
                            name.text(),
                            candidates(requirement, use)));
        }
        return Optional.empty();
    }

    private Optional<Supply> unfit(
            Requirement requirement, YamlNode.Scalar name, WrittenUse use, String what) {
        Diagnostic found =
                Diagnostic.of(
                                Code.ASH0403,
                                name.span(),
                                "interface \""
                                        + requirement.of()
                                        + "\" is required; \""
                                        + name.text()
                                        + "\" "
                                        + what)
                        .withNote(requirement.span(), "required here");
        List<String> others = candidates(requirement, use);
        diagnostics.add(
                others.isEmpty()
                        ? found
                        : found.withHelp("what stands for it: " + String.join(", ", others)));
        return Optional.empty();
    }

    private static boolean implementsIt(Component component, Requirement requirement) {
        return component.spec().interfaces().implemented().containsKey(requirement.of());
    }

    // ---- by interface

    private Optional<Supply> only(Requirement requirement, WrittenUse use) {
        List<String> candidates = candidates(requirement, use);
        if (candidates.size() == 1) {
            String name = candidates.getFirst();
            return Optional.of(
                    Optional.ofNullable(externals.get(name))
                            .map(External::supply)
                            .orElseGet(() -> new Supply.OfUse(name)));
        }
        boolean isUnread = components.size() < written.size() || !isComplete;
        if (!candidates.isEmpty() || !isUnread) {
            diagnostics.add(unbound(requirement, use, candidates));
        }
        return Optional.empty();
    }

    private Diagnostic unbound(Requirement requirement, WrittenUse use, List<String> candidates) {
        Diagnostic found =
                Diagnostic.of(
                                Code.ASH0411,
                                use.span(),
                                "\""
                                        + use.name()
                                        + "\" requires \""
                                        + requirement.of()
                                        + "\" as \""
                                        + requirement.name()
                                        + "\": "
                                        + (candidates.isEmpty()
                                                ? "nothing stands for it"
                                                : String.join(" and ", candidates)
                                                        + " stand for it"))
                        .withNote(requirement.span(), "required here");
        return candidates.isEmpty()
                ? found.withHelp(help(requirement))
                : found.withHelp(
                        "choose one: requires: { "
                                + requirement.name()
                                + ": "
                                + candidates.getFirst()
                                + " }");
    }

    /// What could be used or said.
    private static String help(Requirement requirement) {
        return "use a component that implements it, or say external: { NAME: { interface: "
                + requirement.of()
                + ", values: { "
                + String.join(
                        ", ",
                        requirement.values().keySet().stream().map(name -> name + ": …").toList())
                + " } } }";
    }

    /// Nothing stands for what it requires itself.
    private List<String> candidates(Requirement requirement, WrittenUse use) {
        Set<String> names = new LinkedHashSet<>();
        components.forEach((name, component) -> {
            if (!name.equals(use.name()) && implementsIt(component, requirement)) {
                names.add(name);
            }
        });
        externals.values().stream()
                .filter(external -> external.of().equals(requirement.of()))
                .forEach(external -> names.add(external.name()));
        return new ArrayList<>(names);
    }
}
