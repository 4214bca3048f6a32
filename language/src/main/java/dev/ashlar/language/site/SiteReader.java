package dev.ashlar.language.site;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.SiteForms;
import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.SiteSpec;
import dev.ashlar.model.composition.SiteSpec.Approval;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.node.ProviderConfig.Machine;
import dev.ashlar.model.value.Value;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads a site's file.
public final class SiteReader {
    /// Keys of a provider that are read as what they are.
    private static final Set<String> NO_SETTINGS =
            Set.of("kind", "machines", MachineReader.AUTHORITIES);

    private final Diagnostics diagnostics;
    private final ValueReader values;

    /// @param diagnostics what is wrong in this file, and nothing else
    public SiteReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        this.values = new ValueReader(diagnostics);
    }

    /// A site as read.
    ///
    /// @param external what is external there as written: what interfaces ask for is not known here
    /// @param values for the inputs of components, as written: neither are these
    /// @param folder what paths in it are relative to
    /// @param sound false where something in the file is wrong: what seems not to be there may be
    public record Reading(
            SiteSpec spec,
            List<YamlNode.Entry> external,
            List<YamlNode.Entry> values,
            Path folder,
            boolean sound) {
        public Reading {
            external = List.copyOf(external);
            values = List.copyOf(values);
        }
    }

    /// The site; with as much as could be read where something is wrong.
    ///
    /// @param name the file's, without its ending
    /// @param folder what paths in it are relative to
    public Reading read(String name, YamlFile file, Path folder) {
        SequencedMap<String, ProviderConfig> providers = new LinkedHashMap<>();
        if (!(file.root().orElse(null) instanceof YamlNode.Mapping root)) {
            file.root()
                    .ifPresent(other ->
                            diagnostics.add(
                                    Diagnostic.of(
                                            Code.ASH0103,
                                            other.span(),
                                            "file must be a mapping, not " + other.described())));
            return new Reading(
                    new SiteSpec(name, providers, Approval.ASK, file.start()),
                    List.of(),
                    List.of(),
                    folder,
                    false);
        }
        Section site = Section.read(SiteForms.SITE, root, file.start(), diagnostics);
        site.scalar("site")
                .filter(written -> !written.text().equals(name))
                .ifPresent(written ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0104,
                                                written.span(),
                                                "site \""
                                                        + written.text()
                                                        + "\" is not named like its file")
                                        .withHelp("name it " + name)));
        for (YamlNode.Entry entry : site.names("providers")) {
            provider(entry, folder).ifPresent(p -> providers.put(p.name(), p));
        }
        Approval approval =
                site.text("approve", "ask").equals("auto") ? Approval.AUTO : Approval.ASK;
        Span span = site.has("site") ? site.at("site") : file.start();
        return new Reading(
                new SiteSpec(name, providers, approval, span),
                site.names("external"),
                site.names("values"),
                folder,
                !diagnostics.hasErrors());
    }

    private Optional<ProviderConfig> provider(YamlNode.Entry entry, Path folder) {
        Span span = entry.key().span();
        if (!(entry.value() instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        if (!(mapping.get("kind").orElse(null) instanceof YamlNode.Scalar kind)) {
            diagnostics.add(Diagnostic.of(Code.ASH0102, span, "provider has no \"kind\""));
            return Optional.empty();
        }
        List<String> kinds = SiteForms.PROVIDERS.stream().map(Form::name).toList();
        Optional<Form> form =
                SiteForms.PROVIDERS.stream().filter(f -> f.name().equals(kind.text())).findFirst();
        if (form.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0502,
                                    kind.span(),
                                    "unknown kind of provider \"" + kind.text() + "\""),
                            kind.text(),
                            kinds));
            return Optional.empty();
        }
        Section section = Section.read(form.get(), mapping, span, diagnostics);
        return Optional.of(
                new ProviderConfig(
                        entry.name(),
                        kind.text(),
                        settings(section),
                        machines(section, folder),
                        span));
    }

    private SequencedMap<String, Value> settings(Section section) {
        SequencedMap<String, Value> settings = new LinkedHashMap<>();
        for (Form.Key key : section.form().keys()) {
            if (!NO_SETTINGS.contains(key.name())) {
                section.value(key.name())
                        .flatMap(node -> values.infer(node, Environment.of(Map.of())))
                        .flatMap(Constants::value)
                        .ifPresent(value -> settings.put(key.name(), value));
            }
        }
        return settings;
    }

    private List<Machine> machines(Section section, Path folder) {
        MachineReader reader = MachineReader.of(section, folder, diagnostics);
        List<Machine> machines =
                section.names("machines").stream().flatMap(e -> reader.read(e).stream()).toList();
        MachineTwins.refuse(machines, diagnostics);
        return machines;
    }
}
