package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Cases;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// One of several expressions, by the value of another. Of the others nothing is evaluated: neither
/// do they have to have a value, nor is what they wait for waited for.
record Selected(
        Expression selector,
        SequencedMap<String, Expression> cases,
        Type type,
        Span span,
        Set<String> variables,
        Set<List<String>> reads)
        implements Expression {

    static Selected of(
            Expression selector, SequencedMap<String, Expression> cases, Type type, Span span) {
        Set<List<String>> paths = new LinkedHashSet<>(selector.reads());
        cases.values().forEach(one -> paths.addAll(one.reads()));
        return new Selected(
                selector,
                Collections.unmodifiableSequencedMap(new LinkedHashMap<>(cases)),
                type,
                span,
                Checked.roots(paths),
                Collections.unmodifiableSet(paths));
    }

    @Override
    public String source() {
        return cases.entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue().source())
                .collect(
                        Collectors.joining(
                                ", ", "{select: " + selector.source() + ", cases: {", "}}"));
    }

    @Override
    public Value evaluate(Scope scope) {
        Value by = selector.evaluate(scope);
        Optional<String> chosen = Cases.chosen(by);
        if (chosen.isEmpty()) {
            return Failures.notReadable(by, type, span);
        }
        Expression one = cases.get(chosen.get());
        return one == null
                ? Failures.invalid("there is no case " + chosen.get(), span, by.label())
                : one.evaluate(scope).joined(by.label());
    }
}
