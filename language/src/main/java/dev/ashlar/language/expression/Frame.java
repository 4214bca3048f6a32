package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.List;

/// The variables in reach of a term: the scope's, and those of the loops around it.
sealed interface Frame {

    Value variable(String name);

    /// Counts one more pass of a loop; false when this evaluation has had its share of them. Loops
    /// in loops would else take as long as they like.
    boolean mayPass();

    /// Counts what a function has made; false when this evaluation has made its share. Lists of
    /// lists would else take more memory than there is.
    boolean mayMake(Data made);

    /// An evaluation, from its beginning to its end.
    final class Root implements Frame {
        static final int MAX_PASSES = 1_000_000;

        /// Characters of all texts; an element of a list counts for as many as it takes room.
        private static final long MAX_MADE = 64L << 20;

        private static final int ELEMENT = 32;

        private final Scope scope;
        private int passes;
        private long made;

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

        @Override
        public boolean mayMake(Data data) {
            made +=
                    switch (data) {
                        case Data.Text(String text) -> text.length();
                        case Data.Listing(List<Value> elements) -> (long) ELEMENT * elements.size();
                        default -> 0;
                    };
            return made <= MAX_MADE;
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

        @Override
        public boolean mayMake(Data made) {
            return outer.mayMake(made);
        }
    }
}
