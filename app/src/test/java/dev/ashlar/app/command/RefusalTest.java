package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every broken input: `plan`, `up` and `simulate` say of it what `validate` says, and nothing else
/// happens. The language has those that it finds; here are those that show when a cluster is
/// evaluated.
class RefusalTest {
    private static final int LEAST = 60;
    private static final String OF_LANGUAGE = "language/src/test/resources/broken/";
    private static final String OF_VALUES =
            "app/src/test/resources/dev/ashlar/app/command/valueless/";

    @TempDir private Path folder = Path.of("");

    static List<String> names() throws IOException {
        return Stream.of(in(OF_LANGUAGE), in(OF_VALUES)).flatMap(List::stream).toList();
    }

    static List<String> valueless() throws IOException {
        return in(OF_VALUES);
    }

    private static List<String> in(String corpus) throws IOException {
        try (Stream<Path> found = Files.list(Host.checkout().resolve(corpus))) {
            return found.filter(RefusalTest::isRefused)
                    .map(path -> corpus + path.getFileName())
                    .sorted()
                    .toList();
        }
    }

    private static boolean isRefused(Path broken) {
        try {
            return Files.readString(broken.resolve("expected.txt")).contains("error[");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theWholeCorpusIsTried() throws IOException {
        assertThat(names()).hasSizeGreaterThan(LEAST);
    }

    @Test
    void aWarningIsToldAndKeepsNothingFromBeingPlanned() throws IOException {
        Path warned = Host.checkout().resolve(OF_LANGUAGE + "unmarked-text");
        Host.run("cp", "-r", warned + "/.", folder.toString()).expect(0);

        CommandLineEntry plan = CommandLineEntry.run("plan", folder.toString());

        assertThat(plan.exitCode()).isZero();
        assertThat(plan.err())
                .startsWith("warning[ASH0212]: this is the text \"node.name\"")
                .contains("5 warnings in 1 file");
        assertThat(plan.out()).contains("to create");
        assertThat(CommandLineEntry.run("validate", folder.toString()).exitCode()).isZero();
    }

    /// What the language finds is held by its own tests.
    @ParameterizedTest
    @MethodSource("valueless")
    void validateTellsEachPlaceWithoutAValue(String name) throws IOException {
        Path cluster = Host.checkout().resolve(name);

        CommandLineEntry validate = CommandLineEntry.run("validate", cluster.toString());

        assertThat(validate.out()).isEqualTo(Files.readString(cluster.resolve("expected.txt")));
        assertThat(validate.exitCode()).isEqualTo(3);
    }

    @ParameterizedTest
    @MethodSource("names")
    void planUpAndSimulateRefuseWhatValidateRefusesBeforeAnythingHappens(String name)
            throws IOException {
        Host.run("cp", "-r", Host.checkout().resolve(name) + "/.", folder.toString()).expect(0);
        String[] options = options();
        Map<String, String> before = files();

        CommandLineEntry validate = CommandLineEntry.run("validate", folder.toString(), options);

        assertThat(validate.exitCode()).isEqualTo(3);
        assertThat(validate.out() + validate.err()).contains("error");
        for (String verb : List.of("plan", "up", "simulate")) {
            CommandLineEntry refused = CommandLineEntry.run(verb, folder.toString(), options);
            assertThat(refused.exitCode()).as(verb).isEqualTo(3);
            // What shows at one node alone is found when it is come to, after the headline.
            assertThat(refused.err().replaceFirst("\\ACluster .+ at site .+, \\d+ nodes?\n", ""))
                    .as(verb)
                    .isEqualTo(validate.out() + validate.err());
            assertThat(refused.out()).as(verb).isEmpty();
        }
        assertThat(files()).as("nothing is made, changed or removed").isEqualTo(before);
    }

    /// What is typed beside the cluster: lines of `sets.txt`, and the name in `site.txt`.
    private String[] options() throws IOException {
        List<String> words = new ArrayList<>();
        Path sets = folder.resolve("sets.txt");
        if (Files.exists(sets)) {
            Files.readAllLines(sets).forEach(line -> words.addAll(List.of("--set", line)));
        }
        Path site = folder.resolve("site.txt");
        if (Files.exists(site)) {
            words.addAll(List.of("--site", Files.readString(site).strip()));
        }
        return words.toArray(String[]::new);
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.forEach(path -> files.put(path.toString(), content(path)));
        }
        return files;
    }

    private static String content(Path path) {
        try {
            return Files.isRegularFile(path)
                    ? java.util.HexFormat.of().formatHex(Files.readAllBytes(path))
                    : "folder";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
