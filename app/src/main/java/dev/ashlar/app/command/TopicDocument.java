package dev.ashlar.app.command;

import dev.ashlar.language.revision.FlowText;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A topic for machines.
final class TopicDocument {
    private static final JsonMapper JSON = new JsonMapper();

    private TopicDocument() {}

    static String of(Topic topic) {
        ObjectNode json = JSON.createObjectNode();
        json.put("format", "ashlar.explain/1.0");
        switch (topic) {
            case Topic.Problem(Code code, String page) -> {
                head(json, "problem", code.name(), code.title());
                json.put("page", page);
            }
            case Topic.Kind(ResourceKind kind) -> {
                head(json, "resource", kind.word(), kind.doc());
                parameters(json, kind.parameters());
            }
            case Topic.Function(ServiceFunction function) -> {
                head(json, "function", function.word(), function.doc());
                parameters(json, function.parameters());
                ArrayNode outputs = json.putArray("outputs");
                function.outputs()
                        .forEach((name, type) ->
                                outputs.addObject().put("name", name).put("type", type.toString()));
            }
            case Topic.Component component -> {
                ComponentSpec spec = component.spec();
                head(json, "component", spec.reference(), spec.doc().strip());
                json.put("version", spec.version());
                inputs(json, component);
                component(json, spec);
            }
            case Topic.Facts _ -> {
                head(json, "facts", "facts", "What an input may ask of its node");
                ArrayNode facts = json.putArray("facts");
                for (Fact fact : Fact.values()) {
                    ObjectNode one = facts.addObject();
                    one.put("name", fact.word());
                    one.put("type", fact.type().toString());
                    one.put("stability", fact.stability().word());
                    one.put("doc", fact.doc());
                }
            }
            case Topic.ExitCodes _ -> {
                head(json, "exit-codes", "exit-codes", "What a command's end tells a script");
                ArrayNode codes = json.putArray("exit_codes");
                for (ExitCode code : ExitCode.values()) {
                    codes.addObject().put("code", code.code()).put("meaning", code.meaning());
                }
            }
        }
        return json.toString();
    }

    private static void head(ObjectNode json, String topic, String name, String doc) {
        json.put("topic", topic);
        json.put("name", name);
        json.put("doc", doc);
    }

    private static void parameters(ObjectNode json, List<Parameter> parameters) {
        ArrayNode inputs = json.putArray("inputs");
        for (Parameter parameter : parameters) {
            ObjectNode one = inputs.addObject();
            one.put("name", parameter.name());
            one.put("type", parameter.type().toString());
            one.put("required", parameter.required());
            parameter.fallback().ifPresent(fallback -> one.put("default", fallback));
            one.put("doc", parameter.doc());
        }
    }

    private static void inputs(ObjectNode json, Topic.Component component) {
        ArrayNode inputs = json.putArray("inputs");
        for (InputSpec input : component.spec().inputs().values()) {
            ObjectNode one = inputs.addObject();
            one.put("name", input.name());
            one.put("type", input.type().toString());
            input.fact().ifPresent(fact -> one.put("fact", fact.word()));
            one.put("required", component.isRequired(input));
            Optional.ofNullable(component.defaults().get(input.name()))
                    .ifPresent(value -> one.put("default", value));
            ObjectNode allowed = JSON.createObjectNode();
            input.constraints().forEach(constraint -> allow(allowed, constraint));
            if (!allowed.isEmpty()) {
                one.set("allowed", allowed);
            }
            one.put("doc", input.doc().strip());
        }
    }

    private static void allow(ObjectNode allowed, Constraint constraint) {
        switch (constraint) {
            case Constraint.Range(long min, long max) ->
                    bounds(allowed, "min", min, "max", max, Long.MIN_VALUE);
            case Constraint.Pattern(String regex, _) -> allowed.put("pattern", regex);
            case Constraint.OneOf(var values) -> {
                ArrayNode all = allowed.putArray("one_of");
                values.forEach(value -> all.add(FlowText.of(value)));
            }
            case Constraint.Length(long min, long max) ->
                    bounds(allowed, "min_length", min, "max_length", max, 0);
        }
    }

    /// @param least what there is no need to say
    private static void bounds(
            ObjectNode allowed, String from, long min, String to, long max, long least) {
        if (min != least) {
            allowed.put(from, min);
        }
        if (max != Long.MAX_VALUE) {
            allowed.put(to, max);
        }
    }

    private static void component(ObjectNode json, ComponentSpec spec) {
        ArrayNode implemented = json.putArray("implements");
        spec.interfaces().implemented().keySet().forEach(implemented::add);
        ArrayNode required = json.putArray("requires");
        for (Requirement requirement : spec.interfaces().required().values()) {
            ObjectNode one = required.addObject();
            one.put("name", requirement.name());
            one.put("interface", requirement.of());
        }
        ArrayNode outputs = json.putArray("outputs");
        for (OutputSpec output : spec.outputs().values()) {
            ObjectNode one = outputs.addObject();
            one.put("name", output.name());
            one.put("type", output.type().toString());
            one.put("holds", output.early() ? "early" : "healthy");
            one.put("doc", output.doc().strip());
        }
        ArrayNode ofCluster = json.putArray("cluster_outputs");
        for (ClusterOutputSpec output : spec.clusterOutputs().values()) {
            ObjectNode one = ofCluster.addObject();
            one.put("name", output.name());
            one.put("type", output.type().toString());
            one.put("holds", output.holds().name().toLowerCase(Locale.ROOT));
            one.put("doc", output.doc().strip());
        }
        ArrayNode steps = json.putArray("steps");
        for (StepSpec step : spec.allSteps()) {
            ObjectNode one = steps.addObject();
            one.put("name", step.name());
            one.put("subject", step.subject().name().toLowerCase(Locale.ROOT));
            one.put("on", place(step));
            ArrayNode after = one.putArray("after");
            step.after().forEach(after::add);
            if (step.action() instanceof StepSpec.Action.Switch(var selector, var cases)) {
                one.put("switch", selector.source());
                ArrayNode names = one.putArray("cases");
                cases.keySet().forEach(names::add);
            }
        }
    }

    private static String place(StepSpec step) {
        return switch (step.place()) {
            case StepSpec.Place.OnSubject _ -> "subject";
            case StepSpec.Place.OnController _ -> "controller";
            case StepSpec.Place.OnSponsor _ -> "sponsor";
            case StepSpec.Place.OnChosen(var node) -> node.source();
        };
    }
}
