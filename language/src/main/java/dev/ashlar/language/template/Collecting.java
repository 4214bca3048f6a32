package dev.ashlar.language.template;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `collect(lb.Member)` in templates. To Pebble the name of a type is a path as any other: what was
/// collected stands there when the template is rendered, and the function hands it on.
final class Collecting extends AbstractExtension implements Function {
    static final String NAME = "collect";

    private static final String TYPE = "type";

    @Override
    public Map<String, Function> getFunctions() {
        return Map.of(NAME, this);
    }

    @Override
    public List<String> getArgumentNames() {
        return List.of(TYPE);
    }

    @Override
    public @Nullable Object execute(
            Map<String, Object> arguments,
            PebbleTemplate self,
            EvaluationContext context,
            int lineNumber) {
        return arguments.get(TYPE);
    }

    /// The name of a type as an argument has it; empty for anything else.
    static Optional<String> name(Expression<?> argument) {
        return switch (argument) {
            case ContextVariableExpression plain -> Optional.of(plain.getName());
            case GetAttributeExpression full
                    when full.getNode() instanceof ContextVariableExpression pack
                            && full.getAttributeNameExpression()
                                    instanceof LiteralStringExpression type
                            && Optional.ofNullable(full.getArgumentsNode()).isEmpty() ->
                    Optional.of(pack.getName() + "." + type.getValue());
            default -> Optional.empty();
        };
    }

    /// Puts what was collected where its name leads to. Names of types begin with a capital, so
    /// they stand beside the outputs of a step that is named like the pack.
    static void put(Map<String, @Nullable Object> context, String name, @Nullable Object list) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            context.put(name, list);
            return;
        }
        Map<String, @Nullable Object> pack = new HashMap<>();
        if (context.get(name.substring(0, dot)) instanceof Map<?, ?> outputs) {
            outputs.forEach((output, value) -> pack.put(String.valueOf(output), value));
        }
        pack.put(name.substring(dot + 1), list);
        context.put(name.substring(0, dot), pack);
    }
}
