package dev.ashlar.engine.graph;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What repeated steps are repeated for, by the keys of the elements, in the order of their
/// collections. Immutable.
public final class Elements {
    /// Of a cluster without repeated steps.
    public static final Elements NONE = new Elements(Map.of());

    /// While it is being found out what steps are repeated for: no step has any yet, and how many
    /// it will have is not known.
    public static final Elements OPEN = new Elements(Map.of());

    private final Map<InstanceKey, SequencedMap<String, Value>> all;

    /// @param all for each step and subject, by its key without an element
    public Elements(Map<InstanceKey, SequencedMap<String, Value>> all) {
        this.all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
    }

    /// @param step of any of its instances
    public SequencedMap<String, Value> of(InstanceKey step) {
        SequencedMap<String, Value> found = all.get(step.whole());
        return found == null ? new LinkedHashMap<>() : Collections.unmodifiableSequencedMap(found);
    }
}
