package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.pack.Scopes;
import dev.ashlar.language.site.SiteReader.Reading;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads what stands for interfaces and is there without the cluster, as the cluster or a site
/// says.
final class Externals {
    private static final String VALUES = "values";

    private final Map<String, Interface> interfaces = new LinkedHashMap<>();
    private final Set<String> required;
    private final Outside outside;
    private final Diagnostics diagnostics;

    /// @param of the interface
    /// @param supply with those values that fit it; a use of the cluster where a site says what
    ///   this one has itself
    record External(String name, String of, Supply supply, Span span) {}

    /// @param required the interfaces that the cluster's uses require
    Externals(
            Collection<Pack> packs,
            Set<String> required,
            Outside outside,
            Diagnostics diagnostics) {
        packs.forEach(pack -> pack.interfaces().forEach(interfaces::putIfAbsent));
        this.required = Set.copyOf(required);
        this.outside = outside;
        this.diagnostics = diagnostics;
    }

    /// What the cluster says.
    List<External> ofCluster(List<YamlNode.Entry> written, Type parameters, Type secrets) {
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("cluster", Scopes.CLUSTER);
        variables.put(Parameters.VARIABLE, parameters);
        variables.put(SecretSpec.VARIABLE, secrets);
        Environment environment = new Environment(variables, Map.of());
        return written.stream()
                .flatMap(entry -> read(entry, environment, Optional.empty()).stream())
                .toList();
    }

    /// By name, what a use at a site finds: what that site says, and what the cluster says. A site
    /// is there for other clusters as well: what none of this one's packs declares is nothing to
    /// it.
    SequencedMap<String, External> at(Optional<Reading> site, List<External> ofCluster) {
        SequencedMap<String, External> found = new LinkedHashMap<>();
        site.stream()
                .flatMap(where ->
                        where.external().stream()
                                .flatMap(entry ->
                                        read(entry, Environment.of(Map.of()), site).stream()))
                .forEach(external -> found.put(external.name(), external));
        for (External external : ofCluster) {
            External twin = found.putIfAbsent(external.name(), external);
            if (twin != null) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0110,
                                        external.span(),
                                        "external \"" + external.name() + "\" is there already")
                                .withNote(twin.span(), "first here"));
            }
        }
        return found;
    }

    private Optional<External> read(
            YamlNode.Entry entry, Environment environment, Optional<Reading> site) {
        Span span = entry.key().span();
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        Section section = Section.read(Forms.EXTERNAL, mapping, span, diagnostics);
        refuseUnclear(mapping, span);
        String of = section.text("interface", "");
        Interface declared = interfaces.get(of);
        Supply supply = new Supply.External(entry.name(), new LinkedHashMap<>());
        if (declared != null && section.has(Borrowing.CLUSTER)) {
            supply = borrowed(entry.name(), section, declared, site);
        } else if (declared != null) {
            supply = new Supply.External(entry.name(), values(section, declared, environment));
        } else if (site.isEmpty()) {
            section.scalar("interface").ifPresent(this::unknown);
        }
        return Optional.of(new External(entry.name(), of, supply, span));
    }

    /// What a site says is for who is there and asks for it: where nobody does, the other cluster
    /// is not looked at, and to the one that has it it is a use of its own.
    private Supply borrowed(
            String name, Section section, Interface declared, Optional<Reading> site) {
        Path folder = site.map(Reading::folder).orElse(outside.folder());
        Borrowing borrowing = new Borrowing(outside, diagnostics);
        if (site.isPresent() && borrowing.isItself(section, folder)) {
            return new Supply.OfUse(section.text(Borrowing.USE, ""));
        }
        boolean counts = site.isEmpty() || required.contains(declared.name());
        return new Supply.OfCluster(
                name, counts ? borrowing.read(section, declared, folder) : new LinkedHashMap<>());
    }

    /// It says its values, or which use of which cluster has them.
    private void refuseUnclear(YamlNode.Mapping external, Span span) {
        boolean hasValues = external.get(VALUES).isPresent();
        List<String> borrowing = List.of(Borrowing.CLUSTER, Borrowing.USE);
        List<YamlNode.Entry> given =
                external.entries().stream().filter(e -> borrowing.contains(e.name())).toList();
        if (hasValues && !given.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0103,
                                    given.getFirst().key().span(),
                                    "external has \"values\" as well")
                            .withHelp("say its values, or the cluster that has them"));
        } else if (!hasValues && given.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(Code.ASH0102, span, "external has no \"values\"")
                            .withHelp(
                                    "or say cluster: FOLDER, use: NAME, where a use of another"
                                            + " cluster stands for it"));
        } else if (!hasValues) {
            borrowing.stream()
                    .filter(key -> external.get(key).isEmpty())
                    .forEach(key ->
                            diagnostics.add(
                                    Diagnostic.of(
                                            Code.ASH0102,
                                            span,
                                            "external has no \"" + key + "\"")));
        }
    }

    private void unknown(YamlNode.Scalar of) {
        diagnostics.add(
                Hints.spelled(
                        Diagnostic.of(
                                Code.ASH0113, of.span(), "unknown interface \"" + of.text() + "\""),
                        of.text(),
                        interfaces.keySet()));
    }

    private SequencedMap<String, Expression> values(
            Section section, Interface declared, Environment environment) {
        SequencedMap<String, Expression> values = new LinkedHashMap<>();
        ValueReader reader = new ValueReader(diagnostics);
        List<YamlNode.Entry> given = section.names(VALUES);
        for (YamlNode.Entry value : given) {
            Type type = declared.values().get(value.name());
            if (type == null) {
                diagnostics.add(
                        Hints.spelled(
                                mismatch(
                                        value.key().span(),
                                        declared,
                                        "has no value \"" + value.name() + "\""),
                                value.name(),
                                declared.values().keySet()));
            } else {
                reader.read(value.value(), environment, type)
                        .ifPresent(read -> values.put(value.name(), read));
            }
        }
        declared.values().keySet().stream()
                .filter(name -> section.has(VALUES))
                .filter(name -> given.stream().noneMatch(value -> value.name().equals(name)))
                .forEach(name ->
                        diagnostics.add(
                                mismatch(
                                        section.at(VALUES),
                                        declared,
                                        "asks for a value \"" + name + "\"")));
        return values;
    }

    private static Diagnostic mismatch(Span span, Interface declared, String words) {
        return Diagnostic.of(Code.ASH0403, span, "interface \"" + declared.name() + "\" " + words)
                .withNote(declared.span(), "declared here");
    }
}
