package dev.ashlar.model.value;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The fields of a structure. May compute a field when it is first asked for: reading one output of
/// a member must not force the others, which may depend on the reader.
public interface Fields {

    Set<String> names();

    /// The field's value.
    ///
    /// @throws IllegalArgumentException for a name that is not among [#names]
    Value get(String name);

    static Fields of(Map<String, Value> fields) {
        Map<String, Value> copy = new LinkedHashMap<>(fields);
        return new Fields() {
            @Override
            public Set<String> names() {
                return copy.keySet();
            }

            @Override
            public Value get(String name) {
                Value value = copy.get(name);
                if (value == null) {
                    throw new IllegalArgumentException("no field " + name);
                }
                return value;
            }
        };
    }
}
