package dev.ashlar.store.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Strict reading of stored JSON: a field is there with its type, or the text is malformed.
public final class Json {
    /// Everything but ASCII is escaped, so that a text with half a surrogate pair or a NUL comes
    /// back as it was.
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxStringLength(Integer.MAX_VALUE)
                                                    .build())
                                    .build())
                    .build();

    private Json() {}

    public static String write(JsonNode json) {
        return MAPPER.writeValueAsString(json);
    }

    public static JsonNode read(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            if (!json.isObject()) {
                throw new MalformedException("no JSON object");
            }
            return json;
        } catch (JacksonException e) {
            throw new MalformedException("not valid JSON", e);
        }
    }

    public static String text(JsonNode json, String name) {
        JsonNode field = json.path(name);
        if (!field.isString()) {
            throw new MalformedException("no text " + name);
        }
        return field.stringValue();
    }

    public static Optional<String> optionalText(JsonNode json, String name) {
        return json.has(name) ? Optional.of(text(json, name)) : Optional.empty();
    }

    public static long number(JsonNode json, String name) {
        JsonNode field = json.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw new MalformedException("no number " + name);
        }
        return field.longValue();
    }

    public static int count(JsonNode json, String name) {
        long number = number(json, name);
        if (number != (int) number) {
            throw new MalformedException("too large a number " + name);
        }
        return (int) number;
    }

    public static boolean truth(JsonNode json, String name) {
        JsonNode field = json.path(name);
        if (!field.isBoolean()) {
            throw new MalformedException("no truth " + name);
        }
        return field.booleanValue();
    }

    public static JsonNode object(JsonNode json, String name) {
        JsonNode field = json.path(name);
        if (!field.isObject()) {
            throw new MalformedException("no object " + name);
        }
        return field;
    }

    public static <T> List<T> list(JsonNode json, String name, Function<JsonNode, T> element) {
        List<T> all = new ArrayList<>();
        forEach(json, name, e -> all.add(element.apply(e)));
        return List.copyOf(all);
    }

    public static void forEach(JsonNode json, String name, Consumer<JsonNode> element) {
        JsonNode field = json.path(name);
        if (!field.isArray()) {
            throw new MalformedException("no list " + name);
        }
        field.forEach(element);
    }

    public static List<String> texts(JsonNode json, String name) {
        return list(
                json,
                name,
                e -> {
                    if (!e.isString()) {
                        throw new MalformedException("no text in " + name);
                    }
                    return e.stringValue();
                });
    }

    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public static <E extends Enum<E>> E constant(Class<E> type, JsonNode json, String name) {
        String word = text(json, name);
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(word)) {
                return constant;
            }
        }
        throw new MalformedException("no " + name + " is called " + word);
    }
}
