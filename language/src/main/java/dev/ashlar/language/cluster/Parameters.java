package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster's own values, constants of whatever type they are written in.
record Parameters(SequencedMap<String, Expression> values) {
    /// The variable they are read by.
    static final String VARIABLE = "parameters";

    Parameters {
        values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }

    static Parameters read(
            List<YamlNode.Entry> entries, Overrides overrides, Diagnostics diagnostics) {
        ValueReader reader = new ValueReader(diagnostics);
        SequencedMap<String, Expression> values = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            Optional<Expression> written = reader.infer(entry.value(), Environment.of(Map.of()));
            written.map(w -> given(overrides, entry.name(), w).orElse(w))
                    .ifPresent(value -> values.put(entry.name(), value));
        }
        return new Parameters(values);
    }

    private static Optional<Expression> given(
            Overrides overrides, String name, Expression written) {
        return overrides.value(VARIABLE + "." + name, written.type(), List.of(written));
    }

    Type.Struct type() {
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        values.forEach((name, value) -> types.put(name, value.type()));
        return Type.Struct.of("Parameters", types);
    }
}
