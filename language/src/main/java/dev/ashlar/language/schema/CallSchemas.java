package dev.ashlar.language.schema;

import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.resource.ServiceFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a step that calls a function may give it, from the table of functions.
final class CallSchemas {
    private CallSchemas() {}

    /// Adds the rules to a step's schema.
    static void restrict(Map<String, Object> step) {
        List<Object> rules = new ArrayList<>();
        for (ServiceFunction function : ServiceFunction.values()) {
            Map<String, Object> called =
                    Map.of(
                            "properties",
                            Map.of("uses", Map.of("const", function.word())),
                            "required",
                            List.of("uses"));
            rules.add(
                    Map.of(
                            "if",
                            called,
                            "then",
                            Map.of(
                                    "properties",
                                    Map.of("with", arguments(function)),
                                    "required",
                                    List.of("with"))));
        }
        step.put("allOf", rules);
    }

    private static Map<String, Object> arguments(ServiceFunction function) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Parameter parameter : function.parameters()) {
            properties.put(parameter.name(), ParameterSchemas.of(parameter));
            if (parameter.required()) {
                required.add(parameter.name());
            }
        }
        return Map.of(
                "properties", properties, "required", required, "additionalProperties", false);
    }
}
