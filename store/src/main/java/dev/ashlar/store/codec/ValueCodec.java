package dev.ashlar.store.codec;

import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Values as JSON that keeps their type: text, whole numbers, truth, lists and nothing are JSON's
/// own; everything else is an object with one telling key. Labels are not written: whoever reads a
/// record knows where its values came from.
public final class ValueCodec {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ValueCodec() {}

    /// @throws IllegalArgumentException for a secret, unknown or invalid value: these must never
    ///   reach a journal, so it is a bug of the caller
    public static JsonNode encode(Value value) {
        if (value.isSecret()) {
            throw new IllegalArgumentException("a secret may not be written down");
        }
        return switch (value.data()) {
            case Data.Text(String text) -> JSON.stringNode(text);
            case Data.Int(long number) -> JSON.numberNode(number);
            case Data.Real(double number) -> tagged("real", Double.toString(number));
            case Data.Bool(boolean truth) -> JSON.booleanNode(truth);
            case Data.Blob(byte[] bytes) ->
                    tagged("blob", Base64.getEncoder().encodeToString(bytes));
            case Data.Listing(List<Value> elements) -> {
                ArrayNode array = JSON.arrayNode();
                elements.forEach(e -> array.add(encode(e)));
                yield array;
            }
            case Data.Mapping(var entries) -> {
                // Pairs: a key may be any text, and not every text can be a name in JSON.
                ArrayNode pairs = JSON.arrayNode();
                entries.forEach((k, v) -> pairs.add(JSON.arrayNode().add(k).add(encode(v))));
                yield JSON.objectNode().set("map", pairs);
            }
            case Data.Structure(String type, Fields fields) -> {
                ObjectNode inner = JSON.objectNode();
                fields.names().forEach(name -> inner.set(name, encode(fields.get(name))));
                yield tagged("struct", type).set("fields", inner);
            }
            case Data.Nothing _ -> JSON.nullNode();
            case Data.Unknown _, Data.Invalid _ ->
                    throw new IllegalArgumentException("only a known value can be written down");
        };
    }

    /// Named values, in order.
    public static ObjectNode encodeAll(Map<String, Value> values) {
        ObjectNode object = JSON.objectNode();
        values.forEach((name, value) -> object.set(name, encode(value)));
        return object;
    }

    /// Reads what [#encode] wrote; the label is empty.
    ///
    /// @throws MalformedException when it is nothing that this or an earlier version wrote
    public static Value decode(JsonNode json) {
        return new Value(decodeData(json), Label.NONE);
    }

    /// Reads what [#encodeAll] wrote.
    public static SequencedMap<String, Value> decodeAll(JsonNode json) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        json.properties().forEach(e -> values.put(e.getKey(), decode(e.getValue())));
        return values;
    }

    private static Data decodeData(JsonNode json) {
        if (json.isString()) {
            return new Data.Text(json.stringValue());
        }
        if (json.isIntegralNumber() && json.canConvertToLong()) {
            return new Data.Int(json.longValue());
        }
        if (json.isBoolean()) {
            return new Data.Bool(json.booleanValue());
        }
        if (json.isNull()) {
            return Data.NOTHING;
        }
        if (json.isArray()) {
            List<Value> elements = new ArrayList<>();
            json.forEach(e -> elements.add(decode(e)));
            return new Data.Listing(elements);
        }
        return decodeTagged(json);
    }

    private static Data decodeTagged(JsonNode json) {
        try {
            if (json.has("real")) {
                return new Data.Real(Double.parseDouble(Json.text(json, "real")));
            }
            if (json.has("blob")) {
                return new Data.Blob(Base64.getDecoder().decode(Json.text(json, "blob")));
            }
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a value that is neither number nor base64", e);
        }
        if (json.has("map")) {
            TreeMap<String, Value> entries = new TreeMap<>();
            Json.forEach(json, "map", pair -> entries.put(key(pair), decode(pair.path(1))));
            return new Data.Mapping(entries);
        }
        if (json.has("struct")) {
            return new Data.Structure(
                    Json.text(json, "struct"), Fields.of(decodeAll(Json.object(json, "fields"))));
        }
        throw new MalformedException("a value of no known form");
    }

    private static String key(JsonNode pair) {
        if (pair.size() != 2 || !pair.path(0).isString()) {
            throw new MalformedException("a map without a key");
        }
        return pair.path(0).stringValue();
    }

    private static ObjectNode tagged(String tag, String text) {
        return JSON.objectNode().put(tag, text);
    }
}
