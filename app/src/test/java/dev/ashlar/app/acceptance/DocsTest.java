package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every block of commands that a document shows works as it stands there, in the order in which
/// the document shows them. What is not a command of a reader is in blocks of another kind.
@Tag("lab")
class DocsTest {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");

    static Stream<Path> documents() throws IOException {
        List<Path> found = new ArrayList<>();
        Path root = Host.checkout();
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            Stream.concat(top, docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .filter(path -> !blocks(path).isEmpty())
                    .map(root::relativize)
                    .sorted()
                    .forEach(found::add);
        }
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyBlockOfCommandsWorks(Path document) {
        try (Sandbox sandbox = Sandbox.ofExamples()) {
            for (String block : blocks(Host.checkout().resolve(document))) {
                sandbox.shell(block).expect(0);
            }
        }
    }

    @Test
    void theReadmesFirstCommandIsTheMainJob() {
        assertThat(blocks(Host.checkout().resolve("README.md")).getFirst())
                .isEqualTo("./ashlar up examples/etcd\n");
    }

    private static List<String> blocks(Path document) {
        try {
            return BLOCK.matcher(Files.readString(document))
                    .results()
                    .map((MatchResult block) -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
