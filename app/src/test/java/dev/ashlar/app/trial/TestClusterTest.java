package dev.ashlar.app.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A copy has a name of its own, wherever else the file has what looks like one.
class TestClusterTest {
    private static final String REST =
            """
            site: lab
            packs: [http, lighttpd]
            groups:
              front: { count: 1, uses: { web: lighttpd/server } }
            """;

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster: own\n",
                "cluster: 'own'   # its name\n",
                "# as in cluster: own\ncluster: own\n",
                "\"cluster\": \"own\" # cluster: own\n",
                "cluster:\n  own\n"
            })
    void aCopyHasTheNameThatItIsGiven(String head) throws IOException {
        Path original = folder.resolve("original.yaml");
        Files.writeString(original, head + REST);
        Path home = Host.checkout();
        TestCluster cluster =
                new TestCluster(
                        original,
                        Loader.load(
                                        new LoadRequest(
                                                original,
                                                Optional.empty(),
                                                new LinkedHashMap<>(),
                                                home))
                                .composition()
                                .orElseThrow());

        Path copy = Files.createDirectory(folder.resolve("copy"));
        assertThat(cluster.canBeRenamed()).isTrue();
        assertThat(cluster.copyTo(copy, "cut-1", home).name()).isEqualTo("own-cut-1");
        assertThat(original).hasContent(head + REST);
    }
}
