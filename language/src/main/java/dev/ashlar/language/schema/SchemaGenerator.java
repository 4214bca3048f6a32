package dev.ashlar.language.schema;

import dev.ashlar.language.grammar.Content;
import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.Form.Presence;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Literals;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.name.NameKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Generates JSON Schema (draft 2020-12) as maps, lists, texts and numbers, ready to be written as
/// JSON. Confined to one thread; the result depends on the tables only.
public final class SchemaGenerator {
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private SchemaGenerator() {}

    /// The schema of a file of the given form.
    public static Map<String, Object> schema(Form file) {
        SchemaGenerator generator = new SchemaGenerator();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Ashlar " + file.name());
        schema.putAll(generator.form(file));
        if (!generator.definitions.isEmpty()) {
            schema.put("$defs", generator.definitions);
        }
        return schema;
    }

    private Map<String, Object> form(Form form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Form.Key key : form.keys()) {
            if (key.presence() == Presence.RESERVED) {
                continue;
            }
            Map<String, Object> property = new LinkedHashMap<>(content(key.content()));
            property.put("description", key.doc());
            properties.put(key.name(), property);
            if (key.presence() == Presence.REQUIRED) {
                required.add(key.name());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("description", form.doc());
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        if (form.equals(StepForms.STEP) || form.equals(StepForms.CASE)) {
            CallSchemas.restrict(schema);
        }
        if (form.equals(Forms.INPUT)) {
            FactSchemas.restrict(schema);
        }
        return schema;
    }

    private Map<String, Object> content(Content content) {
        return switch (content) {
            case Content.Text _ -> Map.of("type", "string");
            case Content.Named(NameKind kind) -> name(kind);
            case Content.Whole(long min, long max) -> whole(min, max);
            case Content.Truth _ -> Map.of("type", "boolean");
            case Content.Span _ -> Map.of("type", "string", "pattern", Literals.DURATION_SYNTAX);
            case Content.Word(List<String> words) -> Map.of("enum", words);
            case Content.WordOrExpression(Content.Word word) ->
                    Map.of("anyOf", List.of(content(word), ParameterSchemas.EXPRESSION));
            case Content.Value _ -> Map.of();
            case Content.Sequence(Content element) ->
                    Map.of("type", "array", "items", content(element));
            case Content.Names(NameKind names, Content inner) ->
                    Map.of(
                            "type",
                            "object",
                            "propertyNames",
                            Map.of("pattern", "^(" + names.pattern() + ")$"),
                            "additionalProperties",
                            content(inner));
            case Content.Cases(Content inner) ->
                    Map.of("type", "object", "additionalProperties", content(inner));
            case Content.Nested(var form) -> reference(form.get());
            case Content.Variants(List<Form> forms) ->
                    Map.of("anyOf", forms.stream().map(this::reference).toList());
            case Content.ShortOr(Content.Value _, _) -> Map.of();
            case Content.ShortOr(Content brief, Content full) ->
                    Map.of("anyOf", List.of(content(brief), content(full)));
            case Content.Resources _ -> Map.of("type", "array", "items", ResourceSchemas.anyKind());
        };
    }

    private static Map<String, Object> name(NameKind kind) {
        return Map.of(
                "type",
                "string",
                "pattern",
                "^(" + kind.pattern() + ")$",
                "maxLength",
                kind.longest());
    }

    private static Map<String, Object> whole(long min, long max) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        if (min != Long.MIN_VALUE) {
            schema.put("minimum", min);
        }
        if (max != Long.MAX_VALUE) {
            schema.put("maximum", max);
        }
        return schema;
    }

    private Map<String, Object> reference(Form form) {
        String name = form.name().replace(' ', '_');
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, form(form));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }
}
