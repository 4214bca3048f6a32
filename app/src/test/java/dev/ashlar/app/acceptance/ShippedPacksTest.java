package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The packs that come along are proved by their own test clusters: with `-Dashlar.long=true` all
/// of them by all suites, and the one that is begun with too; else one of them by one.
class ShippedPacksTest {
    private static final Duration BOUND = Duration.ofMinutes(30);

    private final Sandbox sandbox = Sandbox.empty("own");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void eachHasATestClusterThatIsRight() {
        for (String pack : shipped()) {
            List<Path> tests = children(Host.checkout().resolve("packs").resolve(pack), "test");
            assertThat(tests).as(pack).isNotEmpty();
            tests.forEach(file -> sandbox.run("validate", file.toString()).expect(0));
        }
    }

    static Stream<List<String>> trials() {
        return Boolean.getBoolean("ashlar.long")
                ? Stream.concat(shipped().stream().map(List::of), Stream.of(List.of("begun")))
                : Stream.of(List.of("http", "--suite", "repeat"));
    }

    @ParameterizedTest
    @MethodSource("trials")
    @Tag("lab")
    void eachBearsWhatMayGoWrong(List<String> words) {
        sandbox.run("pack", "new", "begun", "own").expect(0);
        Running test =
                sandbox.start(
                        Stream.concat(Stream.of("pack", "test", "-C", "own"), words.stream())
                                .toArray(String[]::new));
        assertThat(test.finish(BOUND).expect(0).out()).contains("passed").doesNotContain("failed");
    }

    private static List<String> shipped() {
        return children(Host.checkout(), "packs").stream()
                .map(folder -> String.valueOf(folder.getFileName()))
                .toList();
    }

    private static List<Path> children(Path parent, String folder) {
        try (Stream<Path> listed = Files.list(parent.resolve(folder))) {
            return listed.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
