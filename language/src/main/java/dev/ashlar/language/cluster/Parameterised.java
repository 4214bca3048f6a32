package dev.ashlar.language.cluster;

import dev.ashlar.language.expression.Reads;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An expression whose `parameters` are known: they belong to the file, not to whoever evaluates
/// it.
record Parameterised(Expression inner, Value parameters) implements Expression, Reads {
    static final String VARIABLE = "parameters";

    /// The same expression, or one that no longer asks for parameters.
    static Expression of(Expression inner, Value parameters) {
        return inner.variables().contains(VARIABLE)
                ? new Parameterised(inner, parameters)
                : inner;
    }

    @Override
    public Type type() {
        return inner.type();
    }

    @Override
    public Span span() {
        return inner.span();
    }

    @Override
    public String source() {
        return inner.source();
    }

    @Override
    public Set<String> variables() {
        Set<String> rest = new LinkedHashSet<>(inner.variables());
        rest.remove(VARIABLE);
        return rest;
    }

    @Override
    public Value evaluate(Scope scope) {
        return inner.evaluate(name -> name.equals(VARIABLE) ? parameters : scope.variable(name));
    }

    @Override
    public Set<List<String>> paths() {
        Set<List<String>> paths = new LinkedHashSet<>();
        if (inner instanceof Reads reads) {
            for (List<String> path : reads.paths()) {
                if (!path.getFirst().equals(VARIABLE)) {
                    paths.add(path);
                }
            }
        }
        return paths;
    }
}
