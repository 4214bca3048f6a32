package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A component under a name of the cluster's own, carried by one group.
///
/// @param inputs every input of the component that has a value, with the layer that won (the
///   component's default, the cluster's `with`); the layers that lost stay in [Binding#layers] for
///   `why`
public record UseSpec(
        String name,
        String group,
        ComponentSpec component,
        SequencedMap<String, Binding> inputs,
        Span span) {

    public UseSpec {
        inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
    }
}
