package dev.ashlar.language.pack;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.wiring.Wiring;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Interfaces;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Rollout;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await.Holds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads a component's file.
final class ComponentReader {
    /// Each may read all the others, and is looked at beside them.
    private static final int STEPS_MAX = 1_000;

    private final String pack;
    private final String version;
    private final Diagnostics diagnostics;
    private final ValueReader values;
    private final ContentReader contents;
    private final InterfaceCheck interfaces;
    private final PackTypes types;

    ComponentReader(
            PackReader.Opened pack,
            PackFolder folder,
            InterfaceCheck interfaces,
            PackTypes types,
            Diagnostics diagnostics) {
        this.pack = pack.name();
        this.version = pack.version();
        this.diagnostics = diagnostics;
        this.values = new ValueReader(diagnostics);
        this.contents = new ContentReader(folder, diagnostics);
        this.interfaces = interfaces;
        this.types = types;
    }

    /// The component with what it declares.
    record Reading(Component component, Signature signature) {}

    /// @param name the file's, without its ending
    Reading read(String name, YamlNode.Mapping root, Span at) {
        Section file = Section.read(Forms.COMPONENT, root, at, diagnostics);
        file.scalar("component")
                .filter(written -> !written.text().equals(name))
                .ifPresent(written ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0104,
                                                written.span(),
                                                "component \""
                                                        + written.text()
                                                        + "\" is not named like its file")
                                        .withHelp("name it " + name)));
        Signature signature =
                new SignatureReader(diagnostics, values, interfaces)
                        .read(file, types.seenFrom(pack));
        Scopes early = new Scopes(signature, Set.of());
        SequencedMap<String, Expression> defaults = defaults(file, signature, early);
        Set<String> perNode = perNode(defaults);
        Scopes scopes = new Scopes(signature, perNode);
        Environment node = scopes.node(new LinkedHashMap<>());
        Environment cluster = scopes.cluster(new LinkedHashMap<>());
        StepReader reader = new StepReader(diagnostics, signature, scopes, values, contents);
        List<StepSpec> steps = steps(file, reader);
        Span span = file.has("component") ? file.at("component") : at;
        ComponentSpec spec =
                new ComponentSpec(
                        pack,
                        version,
                        name,
                        file.text("doc", ""),
                        signature.inputs(),
                        new LinkedHashMap<>(signature.structures()),
                        outputs(file, signature, node),
                        clusterOutputs(file, signature, cluster),
                        new Interfaces(
                                interfaces.implemented(file, values, cluster, diagnostics),
                                signature.required()),
                        steps,
                        new MembershipReader(reader, scopes, signature, diagnostics)
                                .read(file, steps),
                        rollout(file),
                        file.scalar("notes")
                                .flatMap(n -> values.read(n, cluster, Type.Scalar.TEXT)),
                        span);
        boolean ordered = diagnostics.sorted().stream().noneMatch(d -> d.code() == Code.ASH0406);
        Wiring.check(spec, defaults, ordered, diagnostics);
        if (!diagnostics.hasErrors()) {
            UnusedInputs.report(spec, diagnostics);
        }
        return new Reading(
                new Component(spec, defaults, perNode, !diagnostics.hasErrors()), signature);
    }

    private SequencedMap<String, Expression> defaults(
            Section file, Signature signature, Scopes scopes) {
        SequencedMap<String, Expression> defaults = new LinkedHashMap<>();
        Environment environment = scopes.defaults();
        for (YamlNode.Entry entry : file.names("inputs")) {
            InputSpec input = signature.inputs().get(entry.name());
            if (input != null && input.fact().isPresent()) {
                Span written = ((YamlNode.Mapping) entry.value()).get("fact").orElseThrow().span();
                defaults.put(entry.name(), new FactExpression(input.fact().get(), written));
            } else if (input != null && input.recipe().isPresent()) {
                defaults.put(
                        entry.name(),
                        new GeneratedSecret(entry.name(), input.type(), input.span()));
            } else if (input != null
                    && entry.value() instanceof YamlNode.Mapping mapping
                    && mapping.get("default").isPresent()) {
                values.read(mapping.get("default").get(), environment, input.type())
                        .ifPresent(e -> {
                            defaults.put(entry.name(), e);
                            violations(input, e);
                        });
            }
        }
        return defaults;
    }

    private void violations(InputSpec input, Expression value) {
        for (Constraint constraint : input.constraints()) {
            dev.ashlar.language.binding.Constants.value(value)
                    .flatMap(constraint::violation)
                    .ifPresent(words ->
                            diagnostics.add(Diagnostic.of(Code.ASH0205, value.span(), words)));
        }
    }

    /// The inputs whose default reads the node, directly or through another input.
    private static Set<String> perNode(SequencedMap<String, Expression> defaults) {
        Set<String> found = new HashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (var entry : defaults.entrySet()) {
                if (readsNode(entry.getValue(), found)) {
                    grown |= found.add(entry.getKey());
                }
            }
        }
        return found;
    }

    private static boolean readsNode(Expression value, Set<String> perNode) {
        return value.reads().stream().anyMatch(path -> path.getFirst().equals("node"))
                || value.inputs().stream().anyMatch(perNode::contains);
    }

    private SequencedMap<String, OutputSpec> outputs(
            Section file, Signature signature, Environment environment) {
        SequencedMap<String, OutputSpec> outputs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : file.names("outputs")) {
            section(entry, Forms.OUTPUT)
                    .ifPresent(section ->
                            value(section, signature.outputs().get(entry.name()), environment)
                                    .ifPresent(value ->
                                            outputs.put(
                                                    entry.name(), output(entry, section, value))));
        }
        return outputs;
    }

    private static OutputSpec output(YamlNode.Entry entry, Section section, Expression value) {
        return new OutputSpec(
                entry.name(),
                value.type(),
                section.truth("early"),
                value,
                section.text("doc", ""),
                entry.key().span());
    }

    private SequencedMap<String, ClusterOutputSpec> clusterOutputs(
            Section file, Signature signature, Environment environment) {
        SequencedMap<String, ClusterOutputSpec> outputs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : file.names("cluster_outputs")) {
            Optional<Section> section = section(entry, Forms.CLUSTER_OUTPUT);
            Optional<Expression> value =
                    section.flatMap(s ->
                            value(s, signature.clusterOutputs().get(entry.name()), environment));
            value.ifPresent(v ->
                    outputs.put(
                            entry.name(),
                            new ClusterOutputSpec(
                                    entry.name(),
                                    v.type(),
                                    holds(section.orElseThrow()),
                                    v,
                                    section.orElseThrow().text("doc", ""),
                                    entry.key().span())));
        }
        return outputs;
    }

    private static Holds holds(Section section) {
        return Holds.valueOf(section.text("holds", "all").toUpperCase(Locale.ROOT));
    }

    private Optional<Section> section(YamlNode.Entry entry, dev.ashlar.language.grammar.Form form) {
        return entry.value() instanceof YamlNode.Mapping mapping
                ? Optional.of(Section.read(form, mapping, entry.key().span(), diagnostics))
                : Optional.empty();
    }

    private Optional<Expression> value(
            Section section,
            @org.jspecify.annotations.Nullable Type type,
            Environment environment) {
        return type == null
                ? Optional.empty()
                : section.value("value").flatMap(node -> values.read(node, environment, type));
    }

    private List<StepSpec> steps(Section file, StepReader reader) {
        List<StepSpec> steps = new ArrayList<>();
        Optional<String> before = Optional.empty();
        for (YamlNode.Entry entry : file.names("steps")) {
            if (steps.size() == STEPS_MAX) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0005,
                                        entry.key().span(),
                                        "a component has at most " + STEPS_MAX + " steps")
                                .withHelp("divide it into several components"));
                break;
            }
            steps.add(reader.read(entry, before));
            before = Optional.of(entry.name());
        }
        return steps;
    }

    private Rollout rollout(Section file) {
        if (!(file.value("rollout").orElse(null) instanceof YamlNode.Mapping mapping)) {
            return Rollout.ONE_AT_A_TIME;
        }
        Section rollout = Section.read(Forms.ROLLOUT, mapping, file.at("rollout"), diagnostics);
        return rollout.whole("max_unavailable")
                .map(n -> new Rollout(Math.toIntExact(n)))
                .orElse(Rollout.ONE_AT_A_TIME);
    }
}
