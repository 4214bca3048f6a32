package dev.ashlar.language.schema;

import dev.ashlar.language.grammar.Forms;
import dev.ashlar.model.resource.ResourceKind.Parameter;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Schemas of typed parameters: a literal of the type, an expression, or a value chosen by another.
final class ParameterSchemas {
    /// An expression, or text with one in it.
    static final Map<String, Object> EXPRESSION = Map.of("type", "string", "pattern", "\\$\\{");

    private static final Map<String, Object> SELECTION =
            Map.of("type", "object", "required", List.of(Forms.SELECT, Forms.CASES));

    private ParameterSchemas() {}

    static Map<String, Object> of(Parameter parameter) {
        return described(of(parameter.type()), parameter);
    }

    /// Of a text that is taken as it is.
    static Map<String, Object> verbatim(Parameter parameter) {
        return described(Map.of("type", "string"), parameter);
    }

    private static Map<String, Object> described(Map<String, Object> of, Parameter parameter) {
        Map<String, Object> schema = new LinkedHashMap<>(of);
        schema.put("description", parameter.doc());
        return schema;
    }

    private static Map<String, Object> of(Type type) {
        return switch (type) {
            case Type.Scalar.TEXT -> Map.of("anyOf", List.of(Map.of("type", "string"), SELECTION));
            case Type.Scalar.INT -> either(Map.of("type", "integer"));
            case Type.Scalar.REAL -> either(Map.of("type", "number"));
            case Type.Scalar.BOOL -> either(Map.of("type", "boolean"));
            case Type.ListOf(Type element) -> either(Map.of("type", "array", "items", of(element)));
            case Type.MapOf(Type value) ->
                    either(Map.of("type", "object", "additionalProperties", of(value)));
            case Type.OptionalOf(Type inner) -> of(inner);
            case Type.Secret(Type inner) -> of(inner);
            case Type.Struct _ -> either(Map.of("type", "object"));
        };
    }

    private static Map<String, Object> either(Map<String, Object> literal) {
        return Map.of("anyOf", List.of(literal, EXPRESSION, SELECTION));
    }
}
