package dev.ashlar.app.command;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// A topic for people.
final class TopicText {
    private TopicText() {}

    static String of(Topic topic) {
        return switch (topic) {
            case Topic.Problem(_, String page) -> page.stripTrailing();
            case Topic.Kind(ResourceKind kind) ->
                    kind.word() + ": " + kind.doc() + parameters(kind.parameters());
            case Topic.Function(ServiceFunction function) ->
                    function.word()
                            + ": "
                            + function.doc()
                            + parameters(function.parameters())
                            + outputs(function);
            case Topic.Component component -> component(component);
            case Topic.Facts _ ->
                    Arrays.stream(Fact.values())
                            .map(fact ->
                                    String.format(
                                            "  %-25s %-7s %-9s %s",
                                            fact.word(),
                                            fact.type(),
                                            fact.stability().word(),
                                            fact.doc()))
                            .collect(Collectors.joining("\n"));
            case Topic.ExitCodes _ ->
                    Arrays.stream(ExitCode.values())
                            .map(code -> String.format("  %3d  %s", code.code(), code.meaning()))
                            .collect(Collectors.joining("\n"));
        };
    }

    private static String parameters(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter ->
                        String.format(
                                Locale.ROOT,
                                "%n  %-16s %-14s %-22s %s",
                                parameter.name(),
                                parameter.type(),
                                need(parameter),
                                parameter.doc()))
                .collect(Collectors.joining());
    }

    private static String need(Parameter parameter) {
        return parameter.required()
                ? "required"
                : parameter.fallback().map(f -> "default \"" + f + "\"").orElse("optional");
    }

    private static String outputs(ServiceFunction function) {
        return function.outputs().entrySet().stream()
                .map(output -> "\n  -> " + output.getKey() + ": " + output.getValue())
                .collect(Collectors.joining());
    }

    private static String component(Topic.Component topic) {
        ComponentSpec component = topic.spec();
        List<String> lines = new ArrayList<>();
        lines.add(component.reference() + ": " + component.doc().strip());
        lines.add("version " + component.version());
        component.interfaces().implemented().keySet().forEach(of -> lines.add("implements " + of));
        for (Requirement requirement : component.interfaces().required().values()) {
            lines.add("requires " + requirement.of() + " as " + requirement.name());
        }
        lines.add("inputs:");
        for (InputSpec input : component.inputs().values()) {
            lines.add(row(input.name(), input.type().toString(), told(topic, input)));
        }
        lines.add("outputs of each member:");
        for (OutputSpec output : component.outputs().values()) {
            String holds = "holds " + when(output);
            lines.add(row(output.name(), output.type().toString(), joined(holds, output.doc())));
        }
        lines.add("outputs of the cluster:");
        for (ClusterOutputSpec output : component.clusterOutputs().values()) {
            String holds = "holds " + when(output);
            lines.add(row(output.name(), output.type().toString(), joined(holds, output.doc())));
        }
        lines.add("steps:");
        for (StepSpec step : component.allSteps()) {
            lines.add(row(step.name(), about(step), order(step) + cases(step)));
        }
        return String.join("\n", lines);
    }

    /// What is there where nobody gives it, what is allowed, and what it is.
    private static String told(Topic.Component topic, InputSpec input) {
        String given =
                input.fact()
                        .map(fact -> "fact " + fact.word())
                        .or(() ->
                                Optional.ofNullable(topic.defaults().get(input.name()))
                                        .map(value -> "default " + value))
                        .orElse(topic.isRequired(input) ? "required" : "optional");
        return joined(joined(given, Allowed.of(input, text -> text)), input.doc());
    }

    /// When an output of a member holds.
    static String when(OutputSpec output) {
        return output.early() ? "early" : "once healthy";
    }

    /// For how many members an output of the cluster holds.
    static String when(ClusterOutputSpec output) {
        return "for " + output.holds().name().toLowerCase(Locale.ROOT);
    }

    /// Whom a step is about.
    static String about(StepSpec step) {
        return switch (step.name()) {
            case InstanceKey.JOIN -> "for each that joins";
            case InstanceKey.LEAVE -> "for each that leaves";
            default ->
                    step.subject() == StepSpec.Subject.CLUSTER ? "for the cluster" : "on each node";
        };
    }

    /// What a step comes after, and where it runs where that is not on whom it is about.
    static String order(StepSpec step) {
        String after =
                step.after().isEmpty() ? "at once" : "after " + String.join(", ", step.after());
        return after + place(step);
    }

    private static String place(StepSpec step) {
        return switch (step.place()) {
            case StepSpec.Place.OnSubject _ -> "";
            case StepSpec.Place.OnController _ -> ", on the controller";
            case StepSpec.Place.OnSponsor _ -> ", on a ready member";
            case StepSpec.Place.OnChosen(var node) -> ", on " + node.source();
        };
    }

    private static String cases(StepSpec step) {
        return step.action() instanceof StepSpec.Action.Switch(var selector, var cases)
                ? ", by " + selector.source() + ": " + String.join(", ", cases.keySet())
                : "";
    }

    private static String joined(String what, String doc) {
        return doc.isBlank() ? what : what + "; " + doc;
    }

    private static String row(String name, String type, String text) {
        return String.format(Locale.ROOT, "  %-16s %-16s %s", name, type, text.strip())
                .stripTrailing();
    }
}
