package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.value.Value;

/// The variables in reach of a term: the scope's, and those of the loops around it.
sealed interface Frame {

    Value variable(String name);

    record Root(Scope scope) implements Frame {
        @Override
        public Value variable(String name) {
            return scope.variable(name);
        }
    }

    record Bound(Frame outer, String name, Value value) implements Frame {
        @Override
        public Value variable(String wanted) {
            return name.equals(wanted) ? value : outer.variable(wanted);
        }
    }
}
