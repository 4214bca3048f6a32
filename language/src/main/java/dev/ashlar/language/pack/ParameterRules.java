package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.resource.ResourceKind;
import java.util.Map;
import java.util.regex.Pattern;

/// What constant parameters of resources must look like beyond their type.
final class ParameterRules {
    private record Rule(Pattern pattern, String words) {}

    private static final Map<String, Rule> RULES =
            Map.of(
                    "path", new Rule(Pattern.compile("/.*", Pattern.DOTALL), "an absolute path"),
                    "mode", new Rule(Pattern.compile("[0-7]{3,4}"), "octal, such as \"0644\""),
                    "sha256", new Rule(Pattern.compile("[0-9a-f]{64}"), "64 hexadecimal digits"),
                    "state", new Rule(Pattern.compile("running|stopped"), "running or stopped"));

    private ParameterRules() {}

    static void check(
            ResourceKind kind, Map<String, Expression> parameters, Diagnostics diagnostics) {
        parameters.forEach((name, expression) -> {
            Rule rule = RULES.get(name);
            if (rule != null) {
                Constants.text(expression)
                        .filter(text -> !rule.pattern().matcher(text).matches())
                        .ifPresent(
                                text -> diagnostics.add(violation(kind, name, rule, expression)));
            }
        });
    }

    private static Diagnostic violation(
            ResourceKind kind, String name, Rule rule, Expression expression) {
        return Diagnostic.of(
                Code.ASH0205,
                expression.span(),
                "\"" + name + "\" of " + kind.word() + " must be " + rule.words());
    }
}
