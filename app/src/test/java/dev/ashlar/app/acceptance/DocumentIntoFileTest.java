package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `--json-into`: people see what they always see, and a file takes the document.
class DocumentIntoFileTest {
    private static final String FILE = "document.json";

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void removeSandbox() {
        sandbox.close();
    }

    /// The words of each verb that has a document without a machine.
    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("validate", "etcd"),
                List.of("plan", "etcd"),
                List.of("up", "--dry-run", "etcd"),
                List.of("down", "etcd"),
                List.of("status", "etcd"),
                List.of("why", "kv.run@store-1", "etcd"),
                List.of("runs", "etcd"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theFileHoldsTheDocumentAndTheStreamsWhatTheyAlwaysDo(List<String> words) {
        Finished plain = run(words).expect(0);
        Finished both = run(words, "--json-into", FILE).expect(0);
        assertThat(both.out()).isEqualTo(plain.out());
        assertThat(both.err()).isEqualTo(plain.err());
        String json = run(words, "--json").expect(0).out();
        assertThat(Sandbox.document(json).path("format").asString()).isNotEmpty();
        assertThat(sandbox.read(FILE)).isEqualTo(json);
        assertThat(run(words, "--json", "--json-into", "again.json").expect(0).out())
                .isEqualTo(json);
        assertThat(sandbox.read("again.json")).isEqualTo(json);
    }

    @Test
    void filesThatAreNotRightAreADocumentToo() {
        sandbox.write("etcd/cluster.yaml", "cluster: etcd-demo\nsiet: lab\n");
        sandbox.verb("plan", "--json-into", FILE).expect(3);
        assertThat(Sandbox.document(sandbox.read(FILE)).path("valid").asBoolean()).isFalse();
    }

    /// Who has the old file open keeps it whole: the new one takes its name, not its bytes.
    @Test
    void anOlderDocumentIsReplacedWhole() throws IOException {
        sandbox.write(FILE, "old");
        Path old = sandbox.folder().resolve("old.json");
        Files.createLink(old, sandbox.folder().resolve(FILE));
        Path link = sandbox.folder().resolve("link.json");
        Files.createSymbolicLink(link, Path.of(FILE));
        sandbox.verb("runs", "--json-into", "link.json").expect(0);
        assertThat(Files.readString(old)).isEqualTo("old");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Sandbox.document(sandbox.read(FILE)).path("runs").isArray()).isTrue();
        try (Stream<Path> files = Files.list(sandbox.folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("etcd", FILE, "old.json", "link.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/document.json", "etcd", "/proc/document.json"})
    void aFileThatCannotBeWrittenEndsItBeforeAnythingIsBegun(String file) {
        for (String verb : List.of("up", "plan", "validate")) {
            Finished refused = sandbox.verb(verb, "--json-into", file).expect(3);
            assertThat(refused.err()).contains("error: cannot write " + file, "help:");
            assertThat(refused.out()).isEmpty();
        }
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
        assertThat(sandbox.folder().resolve("lab")).doesNotExist();
    }

    @Test
    void aPipeOrADeviceStaysWhatItIs() {
        Finished piped =
                sandbox.shell(
                        "'%s' runs etcd --json-into /dev/stdout | grep -c ashlar.runs"
                                .formatted(launcher()));
        assertThat(piped.expect(0).out()).isEqualTo("1\n");
        sandbox.verb("runs", "--json-into", "/dev/null").expect(0);
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    private static String launcher() {
        return Host.checkout().resolve("ashlar").toString();
    }

    private Finished run(List<String> words, String... options) {
        return sandbox.run(
                Stream.concat(words.stream(), Stream.of(options)).toArray(String[]::new));
    }
}
