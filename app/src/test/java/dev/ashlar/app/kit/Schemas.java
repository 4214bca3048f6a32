package dev.ashlar.app.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The published schemas of what Ashlar prints for machines. Readers are told to ignore fields they
/// do not know; here a field that no schema names is an error, so that none is undocumented.
final class Schemas {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, Schema> COMPILED = new ConcurrentHashMap<>();

    private Schemas() {}

    /// The document, which must be of the shape that its `format` names.
    static JsonNode read(String text) {
        JsonNode document = JSON.readTree(text);
        String format = document.path("format").asString("");
        assertThat(format).matches("ashlar\\.[a-z]+/1\\.0");
        String name = format.substring("ashlar.".length(), format.indexOf('/'));
        Schema schema = COMPILED.computeIfAbsent(name, Schemas::compile);
        assertThat(schema.validate(text, InputFormat.JSON)).as(text).isEmpty();
        return document;
    }

    private static Schema compile(String name) {
        Path file = Host.checkout().resolve("docs/reference/json").resolve(name + ".schema.json");
        try {
            JsonNode schema = JSON.readTree(Files.readString(file));
            close(schema);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        schema.forEach(Schemas::close);
    }
}
