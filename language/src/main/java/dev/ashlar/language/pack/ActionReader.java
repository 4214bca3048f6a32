package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.SelectorReader;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Action.Deed;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads what a step does: exactly one of resources, a script, or a call, or one of these in each
/// case.
final class ActionReader {
    private static final List<String> WAYS =
            List.of("resources", "script", "run", "uses", StepForms.SWITCH);

    private static final Deed NOTHING = new Action.Resources(List.of());

    private final Diagnostics diagnostics;
    private final ValueReader values;
    private final ContentReader contents;
    private final ResourceReader resources;
    private final SelectorReader selectors;

    ActionReader(
            Diagnostics diagnostics,
            Set<String> steps,
            ValueReader values,
            ContentReader contents) {
        this.diagnostics = diagnostics;
        this.values = values;
        this.contents = contents;
        this.resources = new ResourceReader(diagnostics, steps, values, contents);
        this.selectors = new SelectorReader(diagnostics, values);
    }

    /// The action; one that does nothing where there is an error, which is reported.
    ///
    /// @param outside where its cases are chosen: without the step's own inputs
    Action read(Section step, Span span, Environment outside, Environment environment) {
        Optional<String> way = way(step, span);
        return way.filter(StepForms.SWITCH::equals).isPresent()
                ? cases(step, outside, environment)
                : way.map(one -> deed(one, step, span, environment)).orElse(NOTHING);
    }

    /// The one key that says what is done; empty where there is none, which is reported.
    private Optional<String> way(Section step, Span span) {
        List<String> given = WAYS.stream().filter(step::has).toList();
        if (given.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0102,
                            span,
                            step.form().name()
                                    + " has no \"resources\", \"script\", \"run\" or \"uses\""));
            return Optional.empty();
        }
        if (given.size() > 1) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0103,
                                    step.at(given.get(1)),
                                    "\""
                                            + given.get(0)
                                            + "\" and \""
                                            + given.get(1)
                                            + "\" exclude each other")
                            .withHelp("make them two steps"));
        }
        refuseSurplus(step, given.getFirst());
        return Optional.of(given.getFirst());
    }

    private Deed deed(String way, Section step, Span span, Environment environment) {
        return switch (way) {
            case "resources" ->
                    new Action.Resources(resources.read(step.elements("resources"), environment));
            case "uses" -> call(step, span, environment).map(Deed.class::cast).orElse(NOTHING);
            default -> run(step).map(Deed.class::cast).orElse(NOTHING);
        };
    }

    private Action cases(Section step, Environment outside, Environment environment) {
        Optional<Expression> selector = selectors.read(step, StepForms.SWITCH, outside);
        if (!step.has(Forms.CASES)) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0102,
                            step.at(StepForms.SWITCH),
                            "step has \"switch\" and no \"cases\""));
        }
        SequencedMap<String, Deed> cases = new LinkedHashMap<>();
        for (YamlNode.Entry entry : step.names(Forms.CASES)) {
            if (entry.value() instanceof YamlNode.Mapping written) {
                Span span = entry.key().span();
                Section one = Section.read(StepForms.CASE, written, span, diagnostics);
                Optional<String> way = way(one, span);
                way.ifPresent(does -> refuseOutputs(step, does, " in case " + entry.name()));
                way.map(does -> deed(does, one, span, environment))
                        .ifPresent(deed -> cases.put(entry.name(), deed));
            }
        }
        return selector.map(by -> (Action) new Action.Switch(by, cases)).orElse(NOTHING);
    }

    /// The names of steps in an order edge; those of no step are reported and left out.
    ///
    /// @param others names that will do as well
    List<String> stepNames(String key, List<YamlNode> elements, Set<String> others) {
        return resources.stepNames(key, elements, others);
    }

    /// Keys that mean nothing beside the step's action.
    private void refuseSurplus(Section step, String way) {
        boolean script = way.equals("script") || way.equals("run");
        for (String key : List.of("probe", "remove")) {
            if (step.has(key) && !script) {
                surplus(step, key, "a script");
            }
        }
        if (step.has("with") && !way.equals("uses")) {
            surplus(step, "with", "uses");
        }
        if (step.has(Forms.CASES) && !step.has(StepForms.SWITCH)) {
            surplus(step, Forms.CASES, StepForms.SWITCH);
        }
        if (!way.equals(StepForms.SWITCH)) {
            refuseOutputs(step, way, "");
        }
    }

    /// Only scripts write outputs.
    ///
    /// @param where among the step's cases
    private void refuseOutputs(Section step, String way, String where) {
        if (way.equals("script") || way.equals("run")) {
            return;
        }
        String reason =
                way.equals("uses")
                        ? "a call has the outputs of its function"
                        : "resources write no outputs";
        for (YamlNode.Entry output : step.names("outputs")) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0402,
                                    output.key().span(),
                                    "nothing produces output \"" + output.name() + "\"" + where)
                            .withLabel(reason));
        }
    }

    private void surplus(Section step, String key, String needed) {
        diagnostics.add(
                Diagnostic.of(
                        Code.ASH0101,
                        step.at(key),
                        "\"" + key + "\" means nothing in a step without " + needed));
    }

    private Optional<Action.Run> run(Section step) {
        Optional<Script> script =
                step.has("script")
                        ? step.scalar("script").flatMap(contents::script)
                        : step.scalar("run")
                                .map(text ->
                                        new Script(
                                                text.span().file() + ":" + text.span().line(),
                                                text.text()));
        Optional<Script> probe = step.scalar("probe").flatMap(contents::script);
        Optional<Script> remove = step.scalar("remove").flatMap(contents::script);
        return script.map(s -> new Action.Run(s, probe, remove));
    }

    private Optional<Action.Call> call(Section step, Span span, Environment environment) {
        Optional<YamlNode.Scalar> named = step.scalar("uses");
        Optional<ServiceFunction> function =
                named.map(YamlNode.Scalar::text).flatMap(ServiceFunction::of);
        if (function.isEmpty()) {
            named.ifPresent(n ->
                    diagnostics.add(
                            Hints.spelled(
                                    Diagnostic.of(
                                            Code.ASH0109,
                                            n.span(),
                                            "unknown function \"" + n.text() + "\""),
                                    n.text(),
                                    Arrays.stream(ServiceFunction.values())
                                            .map(ServiceFunction::word)
                                            .toList())));
            return Optional.empty();
        }
        return Optional.of(
                new Action.Call(
                        function.get().word(), arguments(step, span, function.get(), environment)));
    }

    private SequencedMap<String, Expression> arguments(
            Section step, Span span, ServiceFunction function, Environment environment) {
        SequencedMap<String, Expression> arguments = new LinkedHashMap<>();
        List<String> known = function.parameters().stream().map(Parameter::name).toList();
        List<YamlNode.Entry> given = step.names("with");
        for (YamlNode.Entry entry : given) {
            Optional<Parameter> parameter =
                    function.parameters().stream()
                            .filter(p -> p.name().equals(entry.name()))
                            .findFirst();
            if (parameter.isEmpty()) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0111,
                                        entry.key().span(),
                                        function.word() + " has no input \"" + entry.name() + "\""),
                                entry.name(),
                                known));
                continue;
            }
            values.read(entry.value(), environment, parameter.get().type())
                    .ifPresent(e -> arguments.put(entry.name(), e));
        }
        arguments.forEach((name, value) ->
                Constants.text(value)
                        .flatMap(text -> ServiceFunction.violation(name, text))
                        .ifPresent(words ->
                                diagnostics.add(
                                        Diagnostic.of(Code.ASH0205, value.span(), words)
                                                .withHelp("give it a shorter name"))));
        for (Parameter parameter : function.parameters()) {
            if (parameter.required()
                    && given.stream().noneMatch(e -> e.name().equals(parameter.name()))) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0204,
                                step.has("uses") ? step.at("uses") : span,
                                function.word()
                                        + " needs a value for \""
                                        + parameter.name()
                                        + "\""));
            }
        }
        return arguments;
    }
}
