package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.pack.Scopes;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Reads what stands for interfaces and is there without the cluster, as the site or the cluster
/// says.
final class Externals {
    private final Map<String, Interface> interfaces = new LinkedHashMap<>();
    private final Diagnostics diagnostics;
    private final SequencedMap<String, External> found = new LinkedHashMap<>();

    /// @param of the interface
    /// @param values those that fit it
    record External(String name, String of, SequencedMap<String, Expression> values, Span span) {}

    Externals(Collection<Pack> packs, Diagnostics diagnostics) {
        packs.forEach(pack -> pack.interfaces().forEach(interfaces::putIfAbsent));
        this.diagnostics = diagnostics;
    }

    /// By name. A site is there for other clusters as well: what none of this one's packs declares
    /// is nothing to it.
    SequencedMap<String, External> read(
            List<YamlNode.Entry> ofSite, List<YamlNode.Entry> ofCluster, Type parameters) {
        ofSite.forEach(entry -> read(entry, Environment.of(Map.of()), true));
        SequencedMap<String, Type> variables = new LinkedHashMap<>();
        variables.put("cluster", Scopes.CLUSTER);
        variables.put(Parameters.VARIABLE, parameters);
        Environment environment = new Environment(variables, Map.of());
        ofCluster.forEach(entry -> read(entry, environment, false));
        return found;
    }

    private void read(YamlNode.Entry entry, Environment environment, boolean isOfSite) {
        Span span = entry.key().span();
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            return;
        }
        Section section = Section.read(Forms.EXTERNAL, mapping, span, diagnostics);
        String of = section.text("interface", "");
        Interface declared = interfaces.get(of);
        SequencedMap<String, Expression> values = new LinkedHashMap<>();
        if (declared != null) {
            values.putAll(values(section, declared, environment));
        } else if (!isOfSite) {
            section.scalar("interface").ifPresent(this::unknown);
        }
        External twin =
                found.putIfAbsent(entry.name(), new External(entry.name(), of, values, span));
        if (twin != null) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0110,
                                    span,
                                    "external \"" + entry.name() + "\" is there already")
                            .withNote(twin.span(), "first here"));
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
        List<YamlNode.Entry> given = section.names("values");
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
                .filter(name -> section.has("values"))
                .filter(name -> given.stream().noneMatch(value -> value.name().equals(name)))
                .forEach(name ->
                        diagnostics.add(
                                mismatch(
                                        section.at("values"),
                                        declared,
                                        "asks for a value \"" + name + "\"")));
        return values;
    }

    private static Diagnostic mismatch(Span span, Interface declared, String words) {
        return Diagnostic.of(Code.ASH0403, span, "interface \"" + declared.name() + "\" " + words)
                .withNote(declared.span(), "declared here");
    }
}
