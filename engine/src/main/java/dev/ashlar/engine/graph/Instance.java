package dev.ashlar.engine.graph;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.identity.InstanceKey;
import java.util.List;

/// A vertex of the graph.
public sealed interface Instance {
    InstanceKey key();

    /// The instances that must have succeeded first, whatever values flow.
    List<InstanceKey> after();

    /// The provider makes a machine available.
    record Acquire(InstanceKey key, String node, String provider) implements Instance {
        @Override
        public List<InstanceKey> after() {
            return List.of();
        }
    }

    /// A step of a use on its subject.
    record Step(InstanceKey key, UseSpec use, StepSpec step, List<InstanceKey> after)
            implements Instance {
        public Step {
            after = List.copyOf(after);
        }
    }
}
