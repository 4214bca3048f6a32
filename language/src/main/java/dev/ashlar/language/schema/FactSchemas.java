package dev.ashlar.language.schema;

import dev.ashlar.model.fact.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// What an input says that is a fact, and one that is none.
final class FactSchemas {
    private FactSchemas() {}

    /// Adds to the schema of an input that it has a type, or is a fact that is known and has no
    /// default.
    static void restrict(Map<String, Object> input) {
        List<String> words = Arrays.stream(Fact.values()).map(Fact::word).toList();
        input.put(
                "oneOf",
                List.of(
                        Map.of("required", List.of("type")),
                        Map.of(
                                "required",
                                List.of("fact"),
                                "properties",
                                Map.of("fact", Map.of("enum", words), "default", false))));
    }
}
