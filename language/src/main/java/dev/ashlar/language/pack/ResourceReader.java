package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.ResourceForms;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads the resources of a step by the table of their kinds.
final class ResourceReader {
    private final Diagnostics diagnostics;
    private final Set<String> steps;
    private final ValueReader values;
    private final ContentReader contents;

    ResourceReader(
            Diagnostics diagnostics,
            Set<String> steps,
            ValueReader values,
            ContentReader contents) {
        this.diagnostics = diagnostics;
        this.steps = steps;
        this.values = values;
        this.contents = contents;
    }

    List<ResourceSpec> read(List<YamlNode> written, Environment environment) {
        List<ResourceSpec> resources = new ArrayList<>();
        for (YamlNode node : written) {
            List<YamlNode.Entry> kinds =
                    node instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, _)
                            ? entries.stream().filter(entry -> !isBeside(entry)).toList()
                            : List.of();
            if (node instanceof YamlNode.Mapping mapping && kinds.size() == 1) {
                one(kinds.getFirst(), mapping, environment).ifPresent(resources::add);
            } else {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0103,
                                        node.span(),
                                        "a resource is a mapping with one key, its kind, and"
                                                + " \"when\" and \"each\" beside it")
                                .withHelp("for example: - file: { path: /etc/motd, ... }"));
            }
        }
        return resources;
    }

    private static boolean isBeside(YamlNode.Entry entry) {
        return ResourceForms.BESIDE.contains(entry.name());
    }

    /// @param whole with what stands beside the kind
    private Optional<ResourceSpec> one(
            YamlNode.Entry entry, YamlNode.Mapping whole, Environment environment) {
        Optional<ResourceKind> kind = ResourceKind.of(entry.name());
        if (kind.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0108,
                                    entry.key().span(),
                                    "unknown resource kind \"" + entry.name() + "\""),
                            entry.name(),
                            Arrays.stream(ResourceKind.values()).map(ResourceKind::word).toList()));
            return Optional.empty();
        }
        if (!(entry.value() instanceof YamlNode.Mapping parameters)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0103,
                            entry.value().span(),
                            "\""
                                    + entry.name()
                                    + "\" must be a mapping, not "
                                    + entry.value().described()));
            return Optional.empty();
        }
        Optional<Expression> each =
                whole.get(StepForms.EACH)
                        .flatMap(collection ->
                                new EachReader(diagnostics, values).read(collection, environment));
        Environment inside = each.map(e -> EachReader.inside(environment, e)).orElse(environment);
        if (each.isEmpty() && whole.get(StepForms.EACH).isPresent()) {
            // Reported; what is read of the elements would be reported for nothing.
            return Optional.empty();
        }
        Optional<Expression> when =
                whole.get(StepForms.WHEN)
                        .flatMap(condition -> values.read(condition, inside, Type.Scalar.BOOL));
        return Optional.of(
                resource(kind.get(), parameters, entry.key().span(), inside, when, each));
    }

    private ResourceSpec resource(
            ResourceKind kind,
            YamlNode.Mapping written,
            Span span,
            Environment environment,
            Optional<Expression> when,
            Optional<Expression> each) {
        SequencedMap<String, Expression> parameters = new LinkedHashMap<>();
        List<String> restartOn = new ArrayList<>();
        for (YamlNode.Entry entry : written.entries()) {
            Optional<Parameter> parameter = kind.parameter(entry.name());
            if (ResourceForms.fileKeys(kind).contains(entry.name())) {
                contents.file(entry, environment)
                        .ifPresent(e -> parameters.put(ResourceForms.fileTarget(kind), e));
            } else if (entry.name().equals(ResourceForms.RESTART_ON)
                    && ResourceForms.watches(kind)) {
                restartOn.addAll(watched(entry));
            } else if (parameter.isEmpty()) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0101,
                                        entry.key().span(),
                                        "unknown key \"" + entry.name() + "\" in " + kind.word()),
                                entry.name(),
                                ResourceForms.keys(kind)));
            } else {
                value(kind, parameter.get(), entry.value(), environment)
                        .ifPresent(e -> parameters.put(entry.name(), e));
            }
        }
        completeness(kind, written, span);
        SecretContent.check(
                kind,
                ResourceForms.fileTarget(kind),
                parameters,
                environment,
                ResourceForms.fileKeys(kind).stream()
                        .flatMap(key -> written.get(key).stream())
                        .findFirst()
                        .map(YamlNode::span)
                        .orElse(span),
                diagnostics);
        ParameterCheck.check(kind, parameters, diagnostics);
        return new ResourceSpec(kind, parameters, restartOn, when, each, span);
    }

    private Optional<Expression> value(
            ResourceKind kind, Parameter parameter, YamlNode node, Environment environment) {
        return ResourceForms.isVerbatim(kind, parameter.name())
                ? contents.verbatim(parameter.name(), node, environment)
                : values.read(node, environment, parameter.type());
    }

    private List<String> watched(YamlNode.Entry entry) {
        if (entry.value() instanceof YamlNode.Sequence(List<YamlNode> elements, _)) {
            return stepNames(entry.name(), elements, Set.of());
        }
        diagnostics.add(
                Diagnostic.of(
                        Code.ASH0103,
                        entry.value().span(),
                        "\""
                                + entry.name()
                                + "\" must be a list, not "
                                + entry.value().described()));
        return List.of();
    }

    /// The names of steps in an order edge; those of no step are reported and left out.
    ///
    /// @param others names that will do as well
    List<String> stepNames(String key, List<YamlNode> elements, Set<String> others) {
        List<String> names = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>(steps);
        known.addAll(others);
        for (YamlNode element : elements) {
            if (!(element instanceof YamlNode.Scalar scalar)) {
                continue;
            }
            if (known.contains(scalar.text())) {
                names.add(scalar.text());
            } else {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0406,
                                        scalar.span(),
                                        "\""
                                                + key
                                                + "\" names \""
                                                + scalar.text()
                                                + "\", which is no step"
                                                + (others.isEmpty()
                                                        ? ""
                                                        : " and nothing the component requires")),
                                scalar.text(),
                                known));
            }
        }
        return names;
    }

    /// Whether all that is required is there, and content comes from one place only.
    private void completeness(ResourceKind kind, YamlNode.Mapping written, Span span) {
        List<String> ways = ResourceForms.waysToContent(kind);
        List<String> given = ways.stream().filter(w -> written.get(w).isPresent()).toList();
        if (given.size() > 1) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0103,
                            written.entry(given.get(1)).orElseThrow().key().span(),
                            "\""
                                    + given.get(0)
                                    + "\" and \""
                                    + given.get(1)
                                    + "\" exclude each other"));
        }
        for (Parameter parameter : kind.parameters()) {
            boolean there =
                    written.get(parameter.name()).isPresent()
                            || (ways.contains(parameter.name()) && !given.isEmpty());
            if (parameter.required() && !there) {
                String wanted =
                        ways.contains(parameter.name())
                                ? String.join("\", \"", ways)
                                : parameter.name();
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0102, span, kind.word() + " has no \"" + wanted + "\""));
            }
        }
    }
}
