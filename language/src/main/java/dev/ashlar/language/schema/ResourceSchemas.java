package dev.ashlar.language.schema;

import dev.ashlar.language.grammar.ResourceForms;
import dev.ashlar.model.resource.ResourceKind;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Schemas of resources, from the table of their kinds.
final class ResourceSchemas {
    private ResourceSchemas() {}

    /// One resource: a mapping whose only key is its kind.
    static Map<String, Object> anyKind() {
        Map<String, Object> kinds = new LinkedHashMap<>();
        for (ResourceKind kind : ResourceKind.values()) {
            kinds.put(kind.word(), of(kind));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", kinds);
        schema.put("additionalProperties", false);
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
        return schema;
    }

    private static Map<String, Object> of(ResourceKind kind) {
        List<String> ways = ResourceForms.waysToContent(kind);
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Parameter parameter : kind.parameters()) {
            properties.put(parameter.name(), ParameterSchemas.of(parameter));
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
