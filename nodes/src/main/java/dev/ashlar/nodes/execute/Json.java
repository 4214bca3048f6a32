package dev.ashlar.nodes.execute;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values as JSON and back, as scripts see them. Thread safe.
final class Json {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    static String write(Value value) {
        return MAPPER.writeValueAsString(node(value));
    }

    private static JsonNode node(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> NODES.stringNode(text);
            case Data.Int(long number) -> NODES.numberNode(number);
            case Data.Real(double number) -> NODES.numberNode(number);
            case Data.Bool(boolean truth) -> NODES.booleanNode(truth);
            case Data.Nothing _ -> NODES.nullNode();
            case Data.Listing(List<Value> elements) -> {
                var array = NODES.arrayNode();
                elements.forEach(e -> array.add(node(e)));
                yield array;
            }
            case Data.Mapping(var entries) -> {
                var object = NODES.objectNode();
                entries.forEach((name, entry) -> object.set(name, node(entry)));
                yield object;
            }
            case Data.Structure(_, Fields fields) -> {
                var object = NODES.objectNode();
                fields.names().forEach(name -> object.set(name, node(fields.get(name))));
                yield object;
            }
            case Data.Blob _, Data.Unknown _, Data.Invalid _ ->
                    throw new IllegalArgumentException("no value for a script: " + value.data());
        };
    }

    /// The value that JSON text is of a type; empty when it is none.
    static Optional<Value> read(String text, Type type) {
        try {
            return value(MAPPER.readTree(text), type);
        } catch (JacksonException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Value> value(JsonNode node, Type type) {
        return switch (type) {
            case Type.Scalar.TEXT ->
                    node.isString()
                            ? Optional.of(Value.text(node.stringValue()))
                            : Optional.empty();
            case Type.Scalar.INT ->
                    node.isIntegralNumber() && node.canConvertToLong()
                            ? Optional.of(Value.number(node.longValue()))
                            : Optional.empty();
            case Type.Scalar.REAL ->
                    node.isNumber()
                            ? Optional.of(new Value(new Data.Real(node.doubleValue()), Label.NONE))
                            : Optional.empty();
            case Type.Scalar.BOOL ->
                    node.isBoolean()
                            ? Optional.of(Value.truth(node.booleanValue()))
                            : Optional.empty();
            case Type.OptionalOf(Type inner) ->
                    node.isNull() ? Optional.of(Value.nothing()) : value(node, inner);
            case Type.Secret(Type inner) -> value(node, inner);
            case Type.ListOf(Type element) -> list(node, element);
            case Type.MapOf(Type entry) -> map(node, entry);
            case Type.Struct struct -> structure(node, struct);
        };
    }

    private static Optional<Value> list(JsonNode node, Type type) {
        if (!node.isArray()) {
            return Optional.empty();
        }
        List<Value> elements = new ArrayList<>();
        for (JsonNode element : node) {
            Optional<Value> value = value(element, type);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            elements.add(value.get());
        }
        return Optional.of(Value.list(elements));
    }

    private static Optional<Value> map(JsonNode node, Type type) {
        if (!node.isObject()) {
            return Optional.empty();
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        for (var property : node.properties()) {
            Optional<Value> value = value(property.getValue(), type);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            entries.put(property.getKey(), value.get());
        }
        return Optional.of(Value.map(entries));
    }

    private static Optional<Value> structure(JsonNode node, Type.Struct type) {
        if (!node.isObject() || !type.fields().keySet().containsAll(node.propertyNames())) {
            return Optional.empty();
        }
        Map<String, Value> fields = new LinkedHashMap<>();
        for (var field : type.fields().entrySet()) {
            JsonNode property = node.get(field.getKey());
            Optional<Value> value =
                    property != null
                            ? value(property, field.getValue())
                            : field.getValue() instanceof Type.OptionalOf
                                    ? Optional.of(Value.nothing())
                                    : Optional.empty();
            if (value.isEmpty()) {
                return Optional.empty();
            }
            fields.put(field.getKey(), value.get());
        }
        return Optional.of(Value.structure(type.name(), fields));
    }
}
