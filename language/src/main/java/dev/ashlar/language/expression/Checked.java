package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A checked scalar.
record Checked(
        Term term,
        Type type,
        Span span,
        String source,
        Set<String> variables,
        Set<List<String>> reads)
        implements Expression {

    Checked(Term term, Type type, Span span, String source, Set<List<String>> paths) {
        this(term, type, span, source, roots(paths), Collections.unmodifiableSet(paths));
    }

    @Override
    public Value evaluate(Scope scope) {
        return term.evaluate(new Frame.Root(scope));
    }

    static Set<String> roots(Set<List<String>> paths) {
        Set<String> roots = new LinkedHashSet<>();
        paths.forEach(path -> roots.add(path.getFirst()));
        return Collections.unmodifiableSet(roots);
    }
}
