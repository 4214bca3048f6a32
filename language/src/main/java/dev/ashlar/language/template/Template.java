package dev.ashlar.language.template;

import dev.ashlar.language.expression.Failures;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import io.pebbletemplates.pebble.error.PebbleException;
import io.pebbletemplates.pebble.template.PebbleTemplateImpl;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked template. As long as anything that it reads is unknown, so is the whole text, waiting
/// for all of that at once.
final class Template implements Expression {
    private final String file;
    private final PebbleTemplateImpl pebble;
    private final Places places;
    private final Type type;
    private final Span span;
    private final Set<List<String>> paths;
    private final ReadTree tree;
    private final Set<String> variables;

    Template(
            String file,
            PebbleTemplateImpl pebble,
            Type type,
            Places places,
            Set<List<String>> paths) {
        this.file = file;
        this.places = places;
        this.pebble = pebble;
        this.type = type;
        this.span = places.whole();
        this.paths = Collections.unmodifiableSet(new LinkedHashSet<>(paths));
        this.tree = ReadTree.of(paths);
        this.variables = Collections.unmodifiableSet(tree.children().keySet());
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public Span span() {
        return span;
    }

    @Override
    public String source() {
        return file;
    }

    @Override
    public Set<String> variables() {
        return variables;
    }

    @Override
    public Set<List<String>> reads() {
        return paths;
    }

    @Override
    public Value evaluate(Scope scope) {
        Plain plain = new Plain();
        Map<String, @Nullable Object> context = new HashMap<>();
        tree.children()
                .forEach((name, below) -> context.put(name, plain.of(scope.variable(name), below)));
        Label label = Label.from(new Origin.Written(span)).join(plain.label());
        if (plain.invalid().isPresent()) {
            return new Value(plain.invalid().get(), label);
        }
        if (plain.unknown()) {
            return new Value(new Data.Unknown(type), label);
        }
        return Failures.discreet(new Value(render(context), label));
    }

    private Data render(Map<String, @Nullable Object> context) {
        StringWriter text = new StringWriter();
        context.put(Budget.NAME, new Budget());
        try {
            pebble.evaluate(text, context);
            return new Data.Text(text.toString());
        } catch (PebbleException e) {
            return invalid(e.getPebbleMessage(), e.getLineNumber());
        } catch (IOException e) {
            throw new UncheckedIOException("a string took no more text", e);
        } catch (RuntimeException e) {
            return invalid(String.valueOf(e.getMessage()), null);
        }
    }

    private Data invalid(String message, @Nullable Integer line) {
        Span place = line == null ? span : places.field(line, Wording.subject(message));
        return new Data.Invalid(Wording.of(message), place);
    }
}
