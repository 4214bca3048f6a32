package dev.ashlar.app.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.app.execution.Wish;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.language.LoadRequest;
import dev.ashlar.language.Loader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is left of a suite that ends by a bug.
class TrialTest {
    private static final String NAME = "of-no-such-release";

    @TempDir private Path folder = Path.of("");

    @Test
    void aSuiteThatEndsByABugLeavesNoFolder() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(
                file,
                """
                cluster: %s
                site: odd
                packs: [http, lighttpd]
                groups:
                  front: { count: 1, uses: { web: lighttpd/server } }
                """
                        .formatted(NAME));
        Files.createDirectory(folder.resolve("sites"));
        Files.writeString(
                folder.resolve("sites/odd.yaml"),
                "site: odd\nproviders:\n  default: { kind: lab, release: Nonsense1 }\n");
        Path home = Host.checkout();
        Trial trial =
                new Trial(
                        new TestCluster(
                                file,
                                Loader.load(
                                                new LoadRequest(
                                                        file,
                                                        Optional.empty(),
                                                        new LinkedHashMap<>(),
                                                        home))
                                        .composition()
                                        .orElseThrow()),
                        Suite.REBUILD,
                        Duration.ofMinutes(1),
                        false,
                        home,
                        Terminal.ofProcess(true, true, ProgressMode.AUTO),
                        ProgressMode.NONE);

        try (Wish wish = new Wish()) {
            assertThatThrownBy(() -> trial.play(wish))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("release must be Debian's code name");
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void whatGoesWrongInCleaningUpStandsBesideTheBug() {
        IllegalStateException bug = new IllegalStateException("the bug");
        Trial.cleanUp(
                bug,
                () -> {
                    throw new IOException("and its folder");
                });
        assertThat(bug.getSuppressed()).singleElement().isInstanceOf(IOException.class);
    }

    private static List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.map(path -> path.resolve("cluster.yaml"))
                    .filter(path -> path.toString().contains("ashlar-trial-"))
                    .filter(TrialTest::isOurs)
                    .toList();
        }
    }

    private static boolean isOurs(Path file) {
        try {
            return Files.isRegularFile(file) && Files.readString(file).contains(NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
