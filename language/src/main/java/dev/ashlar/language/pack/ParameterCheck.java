package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.resource.ParameterRules;
import dev.ashlar.model.resource.ResourceKind;
import java.util.Map;

/// Holds constant parameters of resources against the rules for them.
final class ParameterCheck {
    private ParameterCheck() {}

    static void check(
            ResourceKind kind, Map<String, Expression> parameters, Diagnostics diagnostics) {
        parameters.forEach((name, expression) ->
                Constants.text(expression)
                        .flatMap(text -> ParameterRules.violation(kind, name, text))
                        .ifPresent(words ->
                                diagnostics.add(
                                        Diagnostic.of(Code.ASH0205, expression.span(), words))));
    }
}
