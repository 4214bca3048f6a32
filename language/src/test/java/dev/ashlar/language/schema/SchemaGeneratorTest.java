package dev.ashlar.language.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Literals;
import dev.ashlar.language.grammar.SiteForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.language.yaml.YamlReader;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class SchemaGeneratorTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource({
        "cluster, ../examples/etcd/cluster.yaml",
        "site, ../sites/lab.yaml",
        "pack, ../packs/etcd/pack.yaml",
        "component, ../packs/etcd/member.yaml",
        "component, src/test/resources/broken/outside-range/packs/app/web.yaml",
        "site, src/test/resources/broken/machine-twice/sites/lab.yaml",
        "cluster, src/test/resources/broken/node-values-of-unknown-node/cluster.yaml",
        "cluster, src/test/resources/broken/at-unknown-site/cluster.yaml",
        "site, src/test/resources/broken/values-of-the-site-read-a-parameter/sites/lab.yaml",
    })
    void acceptsWhatTheBinderAccepts(String form, Path file) throws IOException {
        assertThat(errors(form, Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "component, unknown-key-misspelt/packs/app/web.yaml",
        "component, unknown-key-step/packs/app/web.yaml",
        "component, unknown-key-resource/packs/app/web.yaml",
        "component, unknown-resource-kind/packs/app/web.yaml",
        "component, unknown-argument/packs/app/web.yaml",
        "component, argument-missing/packs/app/web.yaml",
        "component, bad-duration/packs/app/web.yaml",
        "component, bad-step-name/packs/app/web.yaml",
        "component, mode-unquoted/packs/app/web.yaml",
        "component, yes-is-no-bool/packs/app/web.yaml",
        "component, switch-case-with-an-order/packs/app/web.yaml",
        "component, wrong-word/packs/app/web.yaml",
        "cluster, not-yet-select/cluster.yaml",
        "cluster, at-malformed/cluster.yaml",
        "cluster, unknown-key-group/cluster.yaml",
        "cluster, count-is-text/cluster.yaml",
        "cluster, bad-group-name/cluster.yaml",
        "pack, version-unquoted/packs/app/pack.yaml",
        "site, unknown-provider-kind/sites/lab.yaml",
        "site, machine-without-address/sites/lab.yaml",
    })
    void refusesWhatTheBinderRefuses(String form, String file) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/broken").resolve(file));
        assertThat(errors(form, text)).isNotEmpty();
    }

    private static List<Error> errors(String form, String yaml) {
        Form file =
                Forms.files().stream().filter(f -> f.name().equals(form)).findFirst().orElseThrow();
        String schema = JSON.writeValueAsString(SchemaGenerator.schema(file));
        YamlNode root =
                new YamlReader(new Diagnostics())
                        .read("x.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                        .root()
                        .orElseThrow();
        assertThat(SiteForms.PROVIDERS).isNotEmpty();
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(json(root));
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar ->
                    switch (scalar.kind()) {
                        case NULL -> JSON.nullNode();
                        case BOOL ->
                                JSON.getNodeFactory().booleanNode(scalar.text().equals("true"));
                        case INT -> JSON.getNodeFactory().numberNode(Literals.whole(scalar.text()));
                        case REAL -> JSON.getNodeFactory().numberNode(Literals.real(scalar.text()));
                        case TEXT -> JSON.getNodeFactory().stringNode(scalar.text());
                    };
            case YamlNode.Sequence(List<YamlNode> elements, _) -> {
                ArrayNode array = JSON.createArrayNode();
                elements.forEach(element -> array.add(json(element)));
                yield array;
            }
            case YamlNode.Mapping(List<YamlNode.Entry> entries, _) -> {
                ObjectNode object = JSON.createObjectNode();
                entries.forEach(entry -> object.set(entry.name(), json(entry.value())));
                yield object;
            }
        };
    }
}
