package dev.ashlar.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.Forms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The schemas that editors read are what the tables say. After a table has changed, copy what this
/// test leaves in `target/schemas`.
class SchemaFilesTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    static java.util.List<Form> forms() {
        return java.util.List.copyOf(Forms.files());
    }

    @ParameterizedTest
    @MethodSource("forms")
    void committedSchemaIsTheGeneratedOne(Form form) throws IOException {
        String name = form.name() + ".schema.json";
        String generated = JSON.writeValueAsString(SchemaGenerator.schema(form)) + "\n";
        Path copy = Path.of("target", "schemas", name);
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, generated);
        assertThat(Path.of("..", "schemas", name)).hasContent(generated);
    }
}
