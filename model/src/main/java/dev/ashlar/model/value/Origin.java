package dev.ashlar.model.value;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.identity.InstanceKey;

/// Where a value came from: what `why` prints.
public sealed interface Origin {

    /// Written in a file: a literal, a default, an expression.
    record Written(Span span) implements Origin {
        @Override
        public String toString() {
            return span.location();
        }
    }

    /// Produced by a step, in a run.
    record Produced(InstanceKey by, String output, long run) implements Origin {
        @Override
        public String toString() {
            return by + " output " + output + " (run " + run + ")";
        }
    }

    /// Frozen when a member was founded or joined, in a run.
    record Frozen(InstanceKey by, String input, long run) implements Origin {
        @Override
        public String toString() {
            return "frozen at run " + run;
        }
    }

    /// Known of a node: its name, its address.
    record Fact(String node, String name) implements Origin {
        @Override
        public String toString() {
            return "node " + node + " " + name;
        }
    }

    /// It held once the use was healthy, as far as its output asks for. What `why` prints is the
    /// rest; this is for undo.
    record Served(String use) implements Origin {
        @Override
        public String toString() {
            return "health of " + use;
        }
    }

    /// Given on the command line.
    record Given(String flag) implements Origin {
        @Override
        public String toString() {
            return flag;
        }
    }
}
