package dev.ashlar.language.schema;

import dev.ashlar.language.grammar.ResourceForms;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Schemas of resources, from the table of their kinds.
final class ResourceSchemas {
    private ResourceSchemas() {}

    /// One resource: a mapping whose key is its kind, with `when` and `each` beside it.
    static Map<String, Object> anyKind() {
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (ResourceKind kind : ResourceKind.values()) {
            kinds.put(kind.word(), of(kind));
        }
        List<Map<String, Object>> one =
                kinds.keySet().stream()
                        .map(kind -> Map.<String, Object>of("required", List.of(kind)))
                        .toList();
        kinds.put(StepForms.WHEN, Map.of("description", "The condition under which it is wanted"));
        kinds.put(
                StepForms.EACH,
                Map.of("description", "A list or map for whose elements it is repeated"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", kinds);
        schema.put("additionalProperties", false);
        schema.put("oneOf", one);
        return schema;
    }

    private static Map<String, Object> of(ResourceKind kind) {
        List<String> ways = ResourceForms.waysToContent(kind);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Parameter parameter : kind.parameters()) {
            properties.put(
                    parameter.name(),
                    ResourceForms.isVerbatim(kind, parameter.name())
                            ? ParameterSchemas.verbatim(parameter)
                            : ParameterSchemas.of(parameter));
            if (parameter.required() && !ways.contains(parameter.name())) {
                required.add(parameter.name());
            }
        }
        for (String file : ResourceForms.fileKeys(kind)) {
            properties.put(file, Map.of("type", "string", "description", "File of the pack"));
        }
        if (ResourceForms.watches(kind)) {
            properties.put(
                    ResourceForms.RESTART_ON,
                    Map.of(
                            "type",
                            "array",
                            "items",
                            Map.of("type", "string"),
                            "description",
                            "Steps whose change it reacts to"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", kind.doc());
        schema.put("properties", properties);
        schema.put("required", required);
        schema.put("additionalProperties", false);
        return schema;
    }
}
