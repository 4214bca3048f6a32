package dev.ashlar.language.template;

import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.extension.NodeVisitor;
import io.pebbletemplates.pebble.extension.core.CoreExtension;
import io.pebbletemplates.pebble.node.AbstractRenderableNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.node.expression.ConcatenateExpression;
import io.pebbletemplates.pebble.operator.Associativity;
import io.pebbletemplates.pebble.operator.BinaryOperator;
import io.pebbletemplates.pebble.operator.BinaryOperatorImpl;
import io.pebbletemplates.pebble.operator.BinaryOperatorType;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.EvaluationContextImpl;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Has everything in a template that makes text or goes round keep to the [Budget] of its
/// rendering.
final class Bounded extends AbstractExtension {
    private static final int PRECEDENCE = 110;
    private static final String PAIRS = "replace_pairs";

    @Override
    public Map<String, Filter> getFilters() {
        Map<String, Filter> filters = new HashMap<>(new CoreExtension().getFilters());
        filters.keySet().retainAll(Engine.FILTERS);
        // Pebble knows it by its class, and it makes nothing.
        filters.remove("default");
        filters.replaceAll(Kept::new);
        return filters;
    }

    @Override
    public List<BinaryOperator> getBinaryOperators() {
        return List.of(
                new BinaryOperatorImpl(
                        "~",
                        PRECEDENCE,
                        Joined::new,
                        BinaryOperatorType.NORMAL,
                        Associativity.LEFT));
    }

    /// Has what is in it keep to the budget.
    static void settle(BodyNode body) {
        body.getChildren()
                .replaceAll(child -> child instanceof SetNode set ? new KeptSet(set) : child);
    }

    /// Has its passes counted.
    static void settle(ForNode loop) {
        loop.getBody().getChildren().addFirst(new Pass(loop.getLineNumber()));
    }

    private static long length(@Nullable Object value) {
        return value instanceof String text ? text.length() : 0;
    }

    /// A filter, and what it makes.
    private record Kept(String name, Filter filter) implements Filter {
        @Override
        public @Nullable List<String> getArgumentNames() {
            return filter.getArgumentNames();
        }

        @Override
        public @Nullable Object apply(
                @Nullable Object input,
                Map<String, Object> arguments,
                PebbleTemplate self,
                EvaluationContext context,
                int line) {
            Object made = input;
            if (name.equals("join") && input instanceof Collection<?> all) {
                Budget.text(joined(all, length(arguments.get("separator"))), context, line);
            }
            if (name.equals("replace") && arguments.get(PAIRS) instanceof Map<?, ?> pairs) {
                for (Map.Entry<?, ?> pair : pairs.entrySet()) {
                    Budget.text(replaced(Objects.toString(made, ""), pair), context, line);
                    Map<?, ?> one = Collections.singletonMap(pair.getKey(), pair.getValue());
                    made = filter.apply(made, Map.of(PAIRS, one), self, context, line);
                }
                return made;
            }
            made = filter.apply(input, arguments, self, context, line);
            Budget.text(length(made), context, line);
            return made;
        }

        private static long joined(Collection<?> all, long between) {
            long length = 0;
            for (Object one : all) {
                length += between + Objects.toString(one, "").length();
            }
            return length;
        }

        private static long replaced(String text, Map.Entry<?, ?> pair) {
            String old = Objects.toString(pair.getKey(), "");
            long by = Objects.toString(pair.getValue(), "").length();
            long times = old.isEmpty() ? text.length() + 1L : 0;
            if (!old.isEmpty()) {
                for (int at = text.indexOf(old);
                        at >= 0;
                        at = text.indexOf(old, at + old.length())) {
                    times++;
                }
            }
            return text.length() + times * (by - old.length());
        }
    }

    private static final class Joined extends ConcatenateExpression {
        @Override
        public String evaluate(PebbleTemplateImpl self, EvaluationContextImpl context) {
            String text = super.evaluate(self, context);
            Budget.text(text.length(), context, getLineNumber());
            return text;
        }
    }

    private static final class KeptSet extends AbstractRenderableNode {
        private final SetNode set;

        KeptSet(SetNode set) {
            super(set.getLineNumber());
            this.set = set;
        }

        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context)
                throws IOException {
            set.render(self, writer, context);
            Budget.text(length(context.getVariable(set.getName())), context, getLineNumber());
        }

        @Override
        public void accept(NodeVisitor visitor) {
            set.accept(visitor);
        }
    }

    private static final class Pass extends AbstractRenderableNode {
        Pass(int line) {
            super(line);
        }

        @Override
        public void render(PebbleTemplateImpl self, Writer writer, EvaluationContextImpl context) {
            Budget.pass(context, getLineNumber());
        }

        @Override
        public void accept(NodeVisitor visitor) {
            // There is nothing in it.
        }
    }
}
