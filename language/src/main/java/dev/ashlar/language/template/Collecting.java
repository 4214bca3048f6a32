package dev.ashlar.language.template;

import dev.ashlar.model.composition.Collected;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.node.PositionalArgumentNode;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `collect(lb.Member)` in templates. To Pebble the name of a type is a path as any other; what was
/// collected takes its place while the template is checked, so that neither hides a variable of
/// that name nor is hidden by one.
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

    /// Has the function given what was collected instead of what the argument, a name, leads to.
    ///
    /// @param type its full name
    static void settle(List<PositionalArgumentNode> arguments, String type) {
        int line = arguments.getFirst().getValueExpression().getLineNumber();
        arguments.set(0, new PositionalArgumentNode(new Gathered(type, line)));
    }

    /// The values of a type, under the name that no template can write.
    private record Gathered(String type, int line) implements Expression<Object> {
        @Override
        public @Nullable Object evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
            return context.getVariable(Collected.NAME) instanceof Map<?, ?> lists
                    ? lists.get(type)
                    : null;
        }

        @Override
        public int getLineNumber() {
            return line;
        }

        @Override
        public void accept(NodeVisitor visitor) {
            visitor.visit(this);
        }
    }
}
