package dev.ashlar.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.language.report.DiagnosticRenderer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of somebody who means no good: each is refused where it is named, and none is waited for.
@Timeout(120)
class HostileFilesTest {
    private static final String STEP = "component: web\nsteps:\n  it:\n    ";
    private static final String PACK = "pack: app\nversion: 1.0.0\n";
    private static final String FILE =
            STEP + "resources:\n      - file: { path: /etc/x, %s: %s }\n";

    @TempDir private Path folder = Path.of("");
    private WrittenFiles files = new WrittenFiles(folder);

    @BeforeEach
    void makeCluster() {
        files = new WrittenFiles(folder);
        files.write(
                "cluster.yaml",
                "cluster: c\nsite: lab\npacks: [app]\ngroups:\n  all: { count: 1, uses: { a: app/web } }\n");
        files.write("sites/lab.yaml", "site: lab\nproviders: { default: { kind: lab } }\n");
        files.write("packs/app/pack.yaml", PACK);
        files.write("packs/app/web.yaml", STEP + "script: it.sh\n");
        files.write("packs/app/it.sh", "true\n");
        files.write("outside/it.sh", "true\n");
        files.write("outside/pack.yaml", PACK);
    }

    private String report() {
        Loaded loaded = files.load(Map.of());
        return new DiagnosticRenderer(loaded.sources(), false).render(loaded.diagnostics());
    }

    @Test
    void whatIsRightIsTaken() {
        assertThat(report()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../outside/it.sh | is not a file inside the pack",
                "/etc/passwd | is not a file inside the pack",
                "sub/../../../outside/it.sh | is not a file inside the pack",
                "link.sh | is a link that leads out of the pack",
                "folder/it.sh | is a link that leads out of the pack",
                "loop.sh | is a link that leads nowhere",
                "nowhere.sh | is a link that leads nowhere",
                "pipe.sh | is a pipe, a socket or a device",
                "null.sh | is a link that leads out of the pack",
                "sub | is a folder",
                ". | is not a file inside the pack",
                "big.sh | has 104857600 bytes, and at most ",
            })
    void whatIsNoFileOfThePackIsRefusedWhereItIsNamed(String name, String words) throws Exception {
        Path pack = folder.resolve("packs/app");
        Files.createDirectories(pack.resolve("sub"));
        Files.createSymbolicLink(pack.resolve("link.sh"), Path.of("../../outside/it.sh"));
        Files.createSymbolicLink(pack.resolve("folder"), Path.of("../../outside"));
        Files.createSymbolicLink(pack.resolve("loop.sh"), Path.of("loop.sh"));
        Files.createSymbolicLink(pack.resolve("nowhere.sh"), Path.of("none"));
        Files.createSymbolicLink(pack.resolve("null.sh"), Path.of("/dev/zero"));
        pipe(pack.resolve("pipe.sh"));
        large(pack.resolve("big.sh"));
        for (String text :
                List.of(
                        STEP + "script: " + name + "\n",
                        FILE.formatted("template", name),
                        FILE.formatted("source", name))) {
            files.write("packs/app/web.yaml", text);
            assertThat(report())
                    .as(text)
                    .contains("\"" + name + "\" " + words, " --> packs/app/web.yaml:", "help: ")
                    .contains("1 error in 1 file");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"packs/app/pack.yaml", "packs/app/web.yaml"})
    void aPacksOwnFilesAreInIt(String file) throws Exception {
        Path link = folder.resolve(file);
        Files.copy(
                link,
                folder.resolve("outside/" + link.getFileName()),
                StandardCopyOption.REPLACE_EXISTING);
        Files.delete(link);
        Files.createSymbolicLink(link, folder.resolve("outside/" + link.getFileName()));
        assertThat(report())
                .contains(
                        "[ASH0303]: \""
                                + link.getFileName()
                                + "\" is a link that leads out of the pack");
    }

    /// It is the person's own folder.
    @Test
    void aWholePackMayBeALink() throws Exception {
        Files.move(folder.resolve("packs/app"), folder.resolve("outside/app"));
        Files.createSymbolicLink(folder.resolve("packs/app"), Path.of("../outside/app"));
        assertThat(report()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"packs/app/web.yaml", "packs/app/other.yaml", "cluster.yaml"})
    void whatIsNoFileIsNotWaitedFor(String file) throws Exception {
        Path path = folder.resolve(file);
        Files.deleteIfExists(path);
        pipe(path);
        assertThat(report())
                .contains(
                        "error[ASH0001]: this file is a pipe, a socket or a device", "--> " + file);
        Files.delete(path);
        Files.createDirectory(path);
        assertThat(report()).contains("error[ASH0001]: this file is a folder", "--> " + file);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "packs/app/pack.yaml",
                "packs/app/web.yaml",
                "cluster.yaml",
                "sites/lab.yaml"
            })
    void whatIsTooLargeIsRefusedBeforeItIsRead(String file) throws Exception {
        large(folder.resolve(file));
        assertThat(inLittleMemory())
                .contains(
                        "error[ASH0005]: this file has 104857600 bytes, and at most 1 MiB of YAML, a template or a script are read",
                        "--> " + file);
    }

    @Test
    void allFilesTogetherAreBounded() throws Exception {
        StringBuilder resources = new StringBuilder(STEP + "resources:\n");
        for (int i = 0; i < 5; i++) {
            try (RandomAccessFile file =
                    new RandomAccessFile(folder.resolve("packs/app/b" + i).toFile(), "rw")) {
                file.setLength(60 << 20);
            }
            resources.append("      - file: { path: /etc/%d, source: b%d }\n".formatted(i, i));
        }
        files.write("packs/app/web.yaml", resources.toString());
        assertThat(report())
                .contains(
                        "error[ASH0005]: file \"b4\" has 62914560 bytes, and at most 256 MiB are read of all files together");
    }

    /// Nothing is in it, and so it takes no room on disk.
    private static void large(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(100 << 20);
        }
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor())
                .isZero();
    }

    /// In a process of its own, which has little memory and would end.
    @ParameterizedTest
    @MethodSource("bombs")
    void aBombIsRefusedWhereItIs(String file, String text, String words) throws Exception {
        files.write("packs/app/web.yaml", FILE.formatted("template", "t.peb"));
        files.write(file, text);
        String said = inLittleMemory();
        assertThat(said.lines().limit(2).map(String::strip))
                .as(said)
                .anyMatch(line -> line.startsWith("--> " + file + ":"));
        assertThat(said)
                .contains(words)
                .doesNotContain("OutOfMemory", "Exception", "StackOverflow");
    }

    static Stream<Arguments> bombs() {
        String c = "cluster.yaml";
        String t = "packs/app/t.peb";
        String beyond = "more than 100000 keys, values and lists";
        return Stream.of(
                Arguments.of(c, filled("? &a\n"), "[ASH0005]: anchors (&) are not used"),
                Arguments.of(
                        c, "a: &a x\nb: [" + filled("*a, "), "[ASH0005]: anchors (&) are not used"),
                Arguments.of(c, filled("a: 1\n"), "key \"a\" is there twice"),
                Arguments.of(c, "[" + filled("a,"), beyond),
                Arguments.of(c, "[".repeat(500_000), "nested more than 32 levels deep"),
                Arguments.of(c, "{a: ".repeat(200_000), "nested more than 32 levels deep"),
                Arguments.of(c, filled("--- a\n"), "a second document begins here"),
                Arguments.of(c, "cluster: " + "9".repeat(1_000_000) + "\n", "\"cluster\""),
                Arguments.of(
                        "packs/app/web.yaml",
                        "component: web\nsteps:\n"
                                + IntStream.range(0, 20_000)
                                        .mapToObj(i -> " s%d: { script: it.sh }\n".formatted(i))
                                        .collect(Collectors.joining()),
                        "a component has at most 1000 steps"),
                Arguments.of(
                        t,
                        filled("{{ inputs }}"),
                        "the tags have more than 50,000 words and signs"),
                Arguments.of(
                        t,
                        filled("{% set a = 1 %}"),
                        "the tags have more than 50,000 words and signs"),
                Arguments.of(t, filled("{{ "), "the tag is more than 250 levels deep"),
                Arguments.of(t, filled("{% if true %}"), "blocks are nested more than 50 deep"));
    }

    private static String filled(String part) {
        return part.repeat(((1 << 20) - 20) / part.length());
    }

    private String inLittleMemory() throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                LittleMemory.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.lines()
                .filter(line -> !line.startsWith("SLF4J"))
                .collect(Collectors.joining("\n"));
    }

    /// What is said of the cluster in a folder.
    static final class LittleMemory {
        private LittleMemory() {}

        public static void main(String[] arguments) {
            WrittenFiles files = new WrittenFiles(Path.of(arguments[0]));
            Loaded loaded = files.load(Map.of());
            System.out.print(
                    new DiagnosticRenderer(loaded.sources(), false).render(loaded.diagnostics()));
        }
    }
}
