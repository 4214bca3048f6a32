package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.value.Value;

/// The variables in reach of a term: the scope's, and those of the loops around it.
sealed interface Frame {

    Value variable(String name);

    /// Counts one more pass of a loop; false when this evaluation has had its share of them. Loops
    /// in loops would else take as long as they like.
    boolean mayPass();

    /// An evaluation, from its beginning to its end.
    final class Root implements Frame {
        static final int MAX_PASSES = 1_000_000;

        private final Scope scope;
        private int passes;

        Root(Scope scope) {
            this.scope = scope;
        }

        @Override
        public Value variable(String name) {
            return scope.variable(name);
        }

        @Override
        public boolean mayPass() {
            return passes++ < MAX_PASSES;
        }
    }

    record Bound(Frame outer, String name, Value value) implements Frame {
        @Override
        public Value variable(String wanted) {
            return name.equals(wanted) ? value : outer.variable(wanted);
        }

        @Override
        public boolean mayPass() {
            return outer.mayPass();
        }
    }
}
