package dev.ashlar.engine.graph;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import java.util.List;
import java.util.Optional;

/// A vertex of the graph.
public sealed interface Instance {
    InstanceKey key();

    /// The instances that must have succeeded first, whatever values flow.
    List<InstanceKey> after();

    /// What it is a step of (`etcd/member`), or the provider that makes the machine. Where that is
    /// another than on record it is another thing under the same name.
    String maker();

    /// The provider makes a machine available.
    record Acquire(InstanceKey key, String node, String provider) implements Instance {
        @Override
        public String maker() {
            return provider;
        }

        @Override
        public List<InstanceKey> after() {
            return List.of();
        }
    }

    /// Facts of a node are gathered there.
    ///
    /// @param facts all that are of one kind, so that the next that is asked for is there already
    record Gather(InstanceKey key, String node, List<Fact> facts) implements Instance {
        public Gather {
            facts = List.copyOf(facts);
        }

        @Override
        public String maker() {
            return "node/facts";
        }

        @Override
        public List<InstanceKey> after() {
            return List.of(InstanceKey.acquire(node));
        }

        /// True when what it finds is good for a time only.
        public boolean lapses() {
            return facts.stream().anyMatch(Fact::isVolatile);
        }
    }

    /// A step of a use on its subject.
    ///
    /// @param element what `each` is in it, where it is repeated, as far as the files alone tell
    record Step(
            InstanceKey key,
            UseSpec use,
            StepSpec step,
            Optional<Value> element,
            List<InstanceKey> after)
            implements Instance {
        public Step {
            after = List.copyOf(after);
        }

        @Override
        public String maker() {
            return use.component().reference();
        }

        /// Why one of its cases is chosen, in a few words.
        public String whyCase(String name) {
            return step.action() instanceof StepSpec.Action.Switch(Expression selector, _)
                    ? "case " + name + ": " + selector.source() + " is " + name
                    : "";
        }

        /// Why it is off, where its condition is false, in a few words.
        public String whyOff() {
            return step.when()
                    .map(when ->
                            when.reads().isEmpty()
                                    ? "when: " + when.source()
                                    : when.source() + " is false")
                    .orElse("");
        }
    }
}
