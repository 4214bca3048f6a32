package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.cluster.Neighbours;
import dev.ashlar.language.cluster.Overridden;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is set, beside what the files say in its place.
class OverriddenTest {
    private final Path folder;
    private final WrittenFiles files;

    OverriddenTest(@TempDir Path folder) {
        this.folder = folder;
        files = new WrittenFiles(folder);
    }

    @BeforeEach
    void writeCluster() {
        files.write(
                "cluster.yaml",
                """
                cluster: shop
                site: here
                packs: [web]
                parameters: { domain: shop.example, ports: [80, 443] }
                groups:
                  front:
                    count: 0x2
                    uses:
                      it:
                        component: web/server
                        with: { domain: "${parameters.domain}", note: "hi # there" }
                """);
        files.write(
                "sites/here.yaml",
                """
                site: here
                providers:
                  default:
                    kind: inventory
                    machines:
                      front-1: { address: 127.0.0.1, identity: none, host_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS"] }
                      front-2: { address: 127.0.0.2, identity: none, host_keys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS"] }
                """);
        files.write("packs/web/pack.yaml", "pack: web\nversion: 1.0.0\n");
        files.write(
                "packs/web/server.yaml",
                """
                component: server
                inputs:
                  domain: string
                  note: string
                  port: { type: int, default: 80, max: 9000 }
                  names: { type: list(string), default: [a, b] }
                steps:
                  act:
                    inputs:
                      of_domain: "${inputs.domain}"
                      of_note: "${inputs.note}"
                      of_port: "${inputs.port}"
                      of_names: "${inputs.names}"
                    run: echo "$OF_DOMAIN $OF_NOTE $OF_PORT $OF_NAMES"
                """);
    }

    private Loaded load(Map<String, String> sets, Map<String, String> recorded) {
        return Loader.load(
                new LoadRequest(
                        folder.resolve("cluster.yaml"),
                        Optional.empty(),
                        sequenced(sets),
                        sequenced(recorded),
                        Optional.empty(),
                        Neighbours.UNSEEN,
                        folder));
    }

    private static SequencedMap<String, String> sequenced(Map<String, String> map) {
        return new LinkedHashMap<>(map);
    }

    private String said(String path, String given) {
        Loaded loaded = load(Map.of(), Map.of(path, given));
        assertThat(loaded.diagnostics()).isEmpty();
        assertThat(loaded.overridden()).hasSize(1);
        Overridden one = loaded.overridden().getFirst();
        return (one.agrees() ? "same: " : "other: ")
                + one.files()
                        .map(files -> files.at().location() + " " + files.shown())
                        .orElse("nothing");
    }

    @Test
    void theFilesSayItWhereItIsWritten() {
        assertThat(said("groups.front.count", "1")).isEqualTo("other: cluster.yaml:7:12 2");
        assertThat(said("groups.front.it.note", "ho"))
                .isEqualTo("other: cluster.yaml:11:55 \"hi # there\"");
        assertThat(said("parameters.ports", "[80]"))
                .isEqualTo("other: cluster.yaml:4:44 [80, 443]");
    }

    @Test
    void aDefaultIsWhatTheFilesSayToo() {
        assertThat(said("groups.front.it.port", "81"))
                .isEqualTo("other: packs/web/server.yaml:5:31 80");
        assertThat(said("groups.front.it.port", "80"))
                .isEqualTo("same: packs/web/server.yaml:5:31 80");
    }

    @Test
    void anExpressionIsShownAsItIsWrittenAndIsNeverTheSame() {
        assertThat(said("groups.front.it.domain", "shop.example"))
                .isEqualTo("other: cluster.yaml:11:25 ${parameters.domain}");
    }

    @Test
    void theSameIsTheSameHoweverItIsWritten() {
        assertThat(said("groups.front.count", "2")).startsWith("same: ");
        assertThat(said("groups.front.it.note", "hi # there")).startsWith("same: ");
        assertThat(said("parameters.ports", "[80,  0x1bb]")).startsWith("same: ");
        assertThat(said("groups.front.it.names", "['a', b]")).startsWith("same: ");
    }

    @Test
    void whatIsOnRecordAndLeadsNowhereAnyMoreIsNoProblemOfTheFiles() {
        assertThat(said("groups.gone.count", "4")).isEqualTo("other: nothing");
        assertThat(load(Map.of("groups.gone.count", "4"), Map.of()).diagnostics())
                .extracting(d -> d.code() + " " + d.span().location())
                .containsExactly("ASH0101 --set:1:1");
    }

    @Test
    void whatIsOnRecordAndDoesNotFitAnyMoreIsShownAsTheRecords() {
        assertThat(load(Map.of(), Map.of("groups.front.it.port", "9001")).diagnostics())
                .extracting(d -> d.code() + " " + d.span().location())
                .containsExactly("ASH0205 the record:1:22");
    }

    @Test
    void whatIsOnRecordAndDoesNotFitAnyMoreNamesTheWayOut() {
        for (String value : List.of("9001", "many")) {
            assertThat(load(Map.of(), Map.of("groups.front.it.port", value)).diagnostics())
                    .extracting(d -> d.help().orElse(""))
                    .containsExactly(
                            "`ashlar up --reset=groups.front.it.port` goes by the files again; --set groups.front.it.port=VALUE sets it anew");
        }
    }

    @Test
    void nodesThatAreNotThereAreMissedWhereTheirCountStands() {
        assertThat(load(Map.of("groups.front.count", "3"), Map.of()).diagnostics())
                .extracting(d -> d.code() + " " + d.span().location())
                .containsExactly("ASH0503 --set:1:20");
        assertThat(load(Map.of(), Map.of("groups.front.count", "3")).diagnostics())
                .extracting(d -> d.span().location() + " " + d.help().isPresent())
                .containsExactly("the record:1:20 true");
    }

    @Test
    void ofACollectionThatIsWrongItsFirstProblemIsTold() {
        assertThat(problem("parameters.ports", "[80, x]"))
                .isEqualTo("ASH0201 this takes an int, but this is a string");
        assertThat(problem("groups.front.it.names", "a"))
                .isEqualTo("ASH0201 this takes a list(string), but this is a string");
        assertThat(problem("groups.front.it.names", "[a")).startsWith("ASH0002 ");
        assertThat(problem("groups.front.count", ""))
                .isEqualTo("ASH0201 this takes type int, but there is nothing");
    }

    private String problem(String path, String given) {
        List<Diagnostic> all = load(Map.of(path, given), Map.of()).diagnostics();
        assertThat(all).hasSize(1);
        return all.getFirst().code() + " " + all.getFirst().message();
    }

    @Test
    void whatIsGivenCountsBeforeWhatIsOnRecord() {
        Loaded loaded = load(Map.of("groups.front.count", "1"), Map.of("groups.front.count", "2"));
        assertThat(loaded.overridden()).extracting(Overridden::given).isEqualTo(List.of("1"));
        assertThat(loaded.composition().orElseThrow().groups().values())
                .flatExtracting(GroupSpec::nodes)
                .containsExactly("front-1");
    }

    @Test
    void aTextStandsForWhatIsInTheFile() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        String text = Files.readString(file).replace("0x2", "1");
        LoadRequest before = new LoadRequest(file, Optional.empty(), sequenced(Map.of()), folder);
        Loaded as =
                Loader.load(
                        new LoadRequest(
                                file,
                                Optional.empty(),
                                before.sets(),
                                before.recorded(),
                                Optional.of(text),
                                Neighbours.UNSEEN,
                                folder));
        Files.writeString(file, text);
        assertThat(as.composition().orElseThrow().digest())
                .isEqualTo(Loader.load(before).composition().orElseThrow().digest());
    }
}
