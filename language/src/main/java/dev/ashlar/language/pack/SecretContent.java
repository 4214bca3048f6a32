package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ParameterRules;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.Optional;
import java.util.SequencedMap;

/// Where a template that reads a secret may be put: into a file that not everybody can read.
final class SecretContent {
    private static final String MODE = "mode";

    private SecretContent() {}

    /// Reports what would show it, and gives a file with a secret its mode where it has none.
    static void check(
            ResourceKind kind,
            String parameter,
            SequencedMap<String, Expression> parameters,
            Environment environment,
            Span at,
            Diagnostics diagnostics) {
        Expression content = parameters.get(parameter);
        if (content == null || !Type.hasSecret(content.type())) {
            return;
        }
        if (kind != ResourceKind.FILE) {
            String sink = "\"" + parameter + "\" of " + kind.word() + ", which everybody can read,";
            diagnostics.add(Leak.of(content, environment, at, sink));
            return;
        }
        Expression mode = parameters.computeIfAbsent(MODE, _ -> ownerOnly(at));
        Optional<String> open = Constants.text(mode).filter(ParameterRules::isForEverybody);
        open.ifPresent(bits ->
                diagnostics.add(
                        Leak.of(
                                content,
                                environment,
                                mode.span(),
                                "a file with mode " + bits + ", which everybody can read,")));
    }

    private static Expression ownerOnly(Span at) {
        String mode = ParameterRules.OWNER_ONLY;
        return ExpressionCompiler.literal(Value.text(mode), Type.Scalar.TEXT, at, mode);
    }
}
