package dev.ashlar.language.pack;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.StepSpec.Health;
import dev.ashlar.model.composition.StepSpec.Script;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A step declares what it uses and nothing else: what it is told is the proof of what it depends
/// on.
final class UnusedInputs {
    private UnusedInputs() {}

    /// @param component one without an error
    static void report(ComponentSpec component, Diagnostics diagnostics) {
        for (StepSpec step : component.allSteps()) {
            step.inputs()
                    .forEach((name, input) -> {
                        String variable = variable(name, input);
                        if (!isRead(step, name) && !isNamed(step, variable)) {
                            diagnostics.add(
                                    Diagnostic.of(
                                                    Code.ASH0409,
                                                    span(input),
                                                    "step \"%s\" does not use its input \"%s\""
                                                            .formatted(step.name(), name))
                                            .withHelp(help(step, name, variable)));
                        }
                    });
        }
    }

    private static Span span(StepInput input) {
        return switch (input) {
            case StepInput.Bound(Expression value) -> value.span();
            case StepInput.Founding(Expression founding, _) -> founding.span();
        };
    }

    private static String help(StepSpec spec, String name, String variable) {
        return spec.action().deeds().stream().anyMatch(Action.Run.class::isInstance)
                ? "take it out, or read $" + variable + " in the script"
                : "take it out, or read it as inputs." + name;
    }

    private static boolean isRead(StepSpec spec, String name) {
        return spec.used().stream()
                .flatMap(expression -> expression.reads().stream())
                .anyMatch(path ->
                        path.getFirst().equals("inputs")
                                && (path.size() == 1 || path.get(1).equals(name)));
    }

    /// A script sees its inputs as variables: which it reads cannot be told, but one that it does
    /// not even name it does not read.
    private static boolean isNamed(StepSpec spec, String variable) {
        Pattern word = Pattern.compile("\\b" + variable + "\\b");
        return scripts(spec).anyMatch(script -> word.matcher(script.text()).find());
    }

    private static Stream<Script> scripts(StepSpec spec) {
        return Stream.concat(
                spec.action().scripts().stream(), spec.health().map(Health::script).stream());
    }

    private static String variable(String name, StepInput input) {
        return StepSpec.variable(name, Type.hasSecret(input.type()));
    }
}
