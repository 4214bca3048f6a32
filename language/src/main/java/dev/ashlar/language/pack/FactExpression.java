package dev.ashlar.language.pack;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Set;

/// What an input reads that is a fact of its node.
record FactExpression(Fact fact, Span span) implements Expression {
    @Override
    public Type type() {
        return fact.type();
    }

    @Override
    public String source() {
        return "fact: " + fact.word();
    }

    @Override
    public Set<String> variables() {
        return Set.of(fact.path().getFirst());
    }

    @Override
    public Set<List<String>> reads() {
        return Set.of(fact.path());
    }

    @Override
    public Value evaluate(Scope scope) {
        Value value = scope.variable(fact.path().getFirst());
        for (String field : fact.path().subList(1, fact.path().size())) {
            if (!(value.data() instanceof Data.Structure structure)) {
                break;
            }
            value = structure.fields().get(field);
        }
        return value;
    }
}
