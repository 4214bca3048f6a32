package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.cluster.Neighbours.Neighbour;
import dev.ashlar.language.report.DiagnosticRenderer;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each folder is a cluster with something wrong and the report a person should get. A `sets.txt`
/// holds lines of `--set`, a `site.txt` the name given with `--site`.
class BrokenInputsTest {
    private static final Path CASES = Path.of("src/test/resources/broken");

    /// Codes no file can provoke yet.
    private static final Map<Code, String> WITHOUT_CASE =
            new EnumMap<>(
                    Map.of(
                            Code.ASH0209, "found by the engine: the application has its cases",
                            Code.ASH0410, "found by the engine as well"));

    @TempDir private Path folder = Path.of("");

    static Stream<String> names() throws IOException {
        try (Stream<Path> found = Files.list(CASES)) {
            return found.map(path -> path.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void reportsWhatIsWrong(String name) throws IOException, InterruptedException {
        Path copy = copy(CASES.resolve(name));

        Loaded loaded =
                Loader.loadThoroughly(
                        new LoadRequest(
                                copy.resolve("cluster.yaml"),
                                site(copy),
                                sets(copy),
                                new LinkedHashMap<>(),
                                Optional.empty(),
                                cluster -> neighbour(copy, cluster),
                                copy),
                        _ -> false,
                        _ -> List.of());

        String report =
                new DiagnosticRenderer(loaded.sources(), false).render(loaded.diagnostics());
        assertThat(report).isEqualTo(Files.readString(copy.resolve("expected.txt")));
        // A warning keeps nothing from running.
        assertThat(loaded.composition().isPresent())
                .isEqualTo(
                        loaded.diagnostics().stream()
                                .noneMatch(found -> found.severity() == Severity.ERROR));
    }

    @Test
    void hasCaseForEveryCode() throws IOException {
        Set<Code> open = EnumSet.allOf(Code.class);
        open.removeAll(WITHOUT_CASE.keySet());
        for (String name : names().toList()) {
            String expected = Files.readString(CASES.resolve(name).resolve("expected.txt"));
            open.removeIf(code -> expected.contains("[" + code + "]"));
        }
        assertThat(open).isEmpty();
    }

    @Test
    void hasPageForEveryCode() {
        Path pages = Repository.ROOT.resolve("docs/errors");
        assertThat(Arrays.stream(Code.values()))
                .allSatisfy(code ->
                        assertThat(pages.resolve(code + ".md"))
                                .content()
                                .startsWith("# " + code + ": " + code.title() + "\n"));
    }

    /// A cluster in a folder beside it, with nothing on record.
    private static Neighbour neighbour(Path copy, Path cluster) {
        Path file = cluster.resolve("cluster.yaml");
        if (cluster.equals(copy)) {
            return new Neighbour.Itself();
        }
        return Files.exists(file)
                ? new Neighbour.Known(
                        Loader.load(
                                        new LoadRequest(
                                                file,
                                                Optional.empty(),
                                                new LinkedHashMap<>(),
                                                copy))
                                .composition()
                                .orElseThrow(),
                        (_, _, _, _) -> new LinkedHashMap<>())
                : new Neighbour.Nobody();
    }

    /// Outside the repository, so that nothing above it is found.
    private Path copy(Path from) {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Path target = folder.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(file, target);
                    }
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return folder;
    }

    private static Optional<String> site(Path copy) throws IOException {
        Path file = copy.resolve("site.txt");
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    private static SequencedMap<String, String> sets(Path copy) throws IOException {
        SequencedMap<String, String> sets = new LinkedHashMap<>();
        Path file = copy.resolve("sets.txt");
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                sets.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return sets;
    }
}
