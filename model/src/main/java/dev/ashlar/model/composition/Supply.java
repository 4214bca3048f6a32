package dev.ashlar.model.composition;

import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Who stands for an interface that a use requires.
public sealed interface Supply {
    /// As the cluster's files call it.
    String name();

    /// Another use of the cluster, with what its component implements.
    record OfUse(String name) implements Supply {}

    /// What a use of another cluster has for the interface, as that cluster's record said when the
    /// files were read.
    ///
    /// @param values by name; what is not known or does not hold there awaits
    ///   [dev.ashlar.model.value.Await.Elsewhere]
    record OfCluster(String name, SequencedMap<String, Value> values) implements Supply {
        public OfCluster {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }

    /// Something that is there without the cluster.
    ///
    /// @param values by name; constants, or read of `cluster` and `parameters`
    record External(String name, SequencedMap<String, Expression> values) implements Supply {
        public External {
            values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
        }
    }
}
