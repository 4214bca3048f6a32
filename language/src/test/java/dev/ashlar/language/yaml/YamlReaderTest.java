package dev.ashlar.language.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
    private final Diagnostics diagnostics = new Diagnostics();

    @Test
    void placesKeysAndValuesInCodePoints() {
        YamlNode.Mapping root = mapping("ä𝄞: x\nlong: 'it''s'\n");

        assertThat(root.entries().getFirst().key().span()).isEqualTo(Span.of("f", 1, 1, 2));
        assertThat(root.entries().getFirst().value().span()).isEqualTo(Span.of("f", 1, 5, 1));
        assertThat(root.get("long"))
                .hasValueSatisfying(value ->
                        assertThat(value)
                                .isEqualTo(
                                        new YamlNode.Scalar(
                                                "it's", false, "'it''s'", Span.of("f", 2, 7, 7))));
    }

    @ParameterizedTest
    @CsvSource({
        "80, INT", "0o17, INT", "0x1F, INT", "-3, INT", "1.2, REAL", "1e3, REAL", ".inf, REAL",
        "true, BOOL", "yes, TEXT", "no, TEXT", "1.2.3, TEXT", "0644x, TEXT", "~, NULL", "null, NULL"
    })
    void givesPlainScalarsTheirCoreSchemaKind(String text, ScalarKind kind) {
        assertThat(mapping("k: " + text).get("k"))
                .hasValueSatisfying(v -> assertThat(((YamlNode.Scalar) v).kind()).isEqualTo(kind));
        assertThat(mapping("k: '" + text + "'").get("k"))
                .hasValueSatisfying(
                        v -> assertThat(((YamlNode.Scalar) v).kind()).isEqualTo(ScalarKind.TEXT));
    }

    @Test
    void refusesLargeFiles() {
        byte[] large = "#".repeat(YamlReader.SIZE_MAX_BYTES + 1).getBytes(StandardCharsets.UTF_8);

        assertThat(new YamlReader(diagnostics).read("f", large).root()).isEmpty();
        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsExactly(Code.ASH0005);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "{a: ", "[[a], ", "- ", "? "})
    void readsNothingBelowWhatIsTooDeep(String open) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> read(open.repeat(150_000)));

        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).contains(Code.ASH0005);
    }

    @Test
    void readsOverAByteOrderMark() {
        assertThat(mapping("\uFEFFa: b").entries().getFirst().key().span())
                .isEqualTo(Span.of("f", 1, 1, 1));
    }

    /// Whatever is in a file: no exception, and a reason where there is no tree.
    @Test
    void answersRandomDamageWithDiagnostics() {
        String good =
                "a: {b: [1, 'x', \"y\\n\"], c: |\n    text\n  }\nd:\n  - e: >-\n      f\n  - *g\n";
        Random random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
            for (int i = random.nextInt(6); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Diagnostics found = new Diagnostics();
            YamlFile file = new YamlReader(found).read("f", bytes);
            assertThat(file.root().isPresent() || found.hasErrors())
                    .describedAs("round %d", round)
                    .isTrue();
        }
    }

    private YamlNode.Mapping mapping(String text) {
        Optional<YamlNode> root = read(text);
        assertThat(diagnostics.sorted()).isEmpty();
        return (YamlNode.Mapping) root.orElseThrow();
    }

    private Optional<YamlNode> read(String text) {
        return new YamlReader(diagnostics).read("f", text.getBytes(StandardCharsets.UTF_8)).root();
    }
}
