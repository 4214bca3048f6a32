package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A cluster's own values, constants of whatever type they are written in.
record Parameters(Type.Struct type, Value value) {

    static Parameters read(
            List<YamlNode.Entry> entries, Overrides overrides, Diagnostics diagnostics) {
        ValueReader values = new ValueReader(diagnostics);
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        Map<String, Value> known = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            Optional<Expression> written = values.infer(entry.value(), Environment.of(Map.of()));
            Optional<Expression> holds =
                    written.map(
                            w ->
                                    overrides
                                            .value("parameters." + entry.name(), w.type())
                                            .orElse(w));
            holds.ifPresent(
                    e -> {
                        types.put(entry.name(), e.type());
                        Constants.value(e).ifPresent(v -> known.put(entry.name(), v));
                    });
        }
        return new Parameters(
                Type.Struct.of("Parameters", types), Value.structure("Parameters", known));
    }
}
