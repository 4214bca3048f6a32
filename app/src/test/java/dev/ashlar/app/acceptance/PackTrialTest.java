package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The suites of `pack test`, on machines: a sound pack passes them all, and each finds what it is
/// there to find.
@Tag("lab")
class PackTrialTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    private final Sandbox sandbox = Sandbox.ofResource(PackTrialTest.class, "trial");

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    private Finished test(String cluster, String... more) {
        Stream<String> first =
                Stream.of("pack", "test", "tried", "-C", "trial", "--cluster", cluster);
        return sandbox.run(Stream.concat(first, Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void aSoundPackPassesEachSuiteAndNothingIsLeftOfThem() {
        Finished ended = test("sound.yaml", "--json").expect(0);

        JsonNode told = Sandbox.document(ended);
        assertThat(told.path("outcome").asString()).isEqualTo("passed");
        assertThat(told.path("suites").valueStream().map(suite -> suite.path("suite").asString()))
                .containsExactly("rebuild", "repeat", "fail", "cut");
        assertThat(told.path("suites").valueStream())
                .allSatisfy(suite -> {
                    assertThat(suite.path("outcome").asString()).isEqualTo("passed");
                    assertThat(suite.path("findings").isEmpty()).isTrue();
                });
        assertThat(ended.err())
                .contains(
                        "server.token@front-1 fails after its effect",
                        "reader.tell@desk-1 fails before its effect",
                        "cut before its record that server.token@front-1 has been done",
                        "cut after its record that server is founded on front-1",
                        "cut before its record that server.run@front-1 has been taken back");
        sandbox.expectNoTraces();
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
        assertThat(sandbox.cluster().resolve("packs/tried/test/.ashlar")).doesNotExist();
    }

    @Test
    void whatCannotBeRepeatedIsFoundAndMayBeLookedAt() {
        Finished ended =
                test("unrepeatable.yaml", "--suite", "repeat", "--keep", "--json").expect(1);

        JsonNode suite = Sandbox.document(ended).path("suites").path(0);
        assertThat(suite.path("outcome").asString()).isEqualTo("failed");
        assertThat(suite.path("at").asString()).isEqualTo("each step once more");
        assertThat(suite.path("again").asString())
                .isEqualTo(
                        "ashlar pack test tried -C trial --suite repeat --cluster unrepeatable.yaml");
        assertThat(ended.err())
                .contains(
                        "failed: repeat of unrepeatable.yaml, at: each step once more",
                        "failed: grows.make@node-1  [exit-code, in what was written]",
                        "cannot create directory '/srv/grown': File exists",
                        "its probe answers \"not done\" after it has succeeded",
                        "help: a probe ends with exit code 0 once its step is done")
                .containsPattern(
                        "output lot of draws\\.make@node-1 was \"[-0-9a-f]+\" and is \"[-0-9a-f]+\" the second time");

        String kept = suite.path("kept").asString();
        assertThat(sandbox.run("status", kept, "--cached").expect(1).out())
                .contains("grows.make", "failed");
        sandbox.run("exec", kept, "--", "test", "-d", "/srv/grown").expect(0);
        sandbox.run("down", kept, "--yes").expect(0);
        delete(Path.of(kept));
    }

    @Test
    void whatChangesSomethingEachTimeIsFoundThoughItIsAtRestInBetween() {
        assertThat(test("restless.yaml", "--suite", "repeat").expect(1).err())
                .contains(
                        "failed: repeat of restless.yaml, at: each step once more",
                        "the second time restless.configure@node-1 still changed file /srv/tried/wanted: content replaced")
                .as("which restarted for what another had changed")
                .doesNotContain("restless.run@node-1 still");
    }

    @Test
    void whatComesToSomethingElseWhenItIsBuiltAgainIsFound() {
        assertThat(test("draws.yaml", "--suite", "rebuild").expect(1))
                .satisfies(ended -> {
                    assertThat(ended.err())
                            .contains("at: up again comes to the same")
                            .containsPattern(
                                    "output lot of draws\\.make@node-1 was \".+\" at first and is \".+\" now")
                            .contains("help: --keep leaves its machines for a look");
                    assertThat(ended.outLines())
                            .singleElement()
                            .asString()
                            .matches("rebuild  draws\\.yaml +failed in .* s, 3 runs");
                });
    }

    @Test
    void whatLapsesIsAnotherEachTimeAndThatIsRight() {
        test("lapses.yaml", "--suite", "rebuild").expect(0);
        test("lapses.yaml", "--suite", "repeat").expect(0);
    }

    @Test
    void whatCannotBeTakenBackIsFound() {
        assertThat(test("clings.yaml", "--suite", "rebuild").expect(1).err())
                .contains("at: down, step by step", "clings.make@node-1", "| it stays");
    }

    @Test
    void whatIsNotMendedAfterAFailureIsFound() {
        assertThat(test("grows.yaml", "--suite", "fail").expect(1).err())
                .contains(
                        "grows.make@node-1 fails after its effect",
                        "failed: fail of grows.yaml, at: up, where each instance fails in its turn",
                        "up after that failed: 1 failed, 0 blocked",
                        "failed: grows.make@node-1  [exit-code, in what was written]");
    }

    @Test
    void whatDoesNotGoOnAfterACutIsFound() {
        assertThat(test("grows.yaml", "--suite", "cut").expect(1).err())
                .contains(
                        "up after the controller ended before its record that grows.make@node-1 has been done failed",
                        "failed: grows.make@node-1  [exit-code, in what was written]");
    }

    @Test
    void whoeverEndsItHasItsMachinesGivenBack() {
        Running running =
                sandbox.start("pack", "test", "tried", "-C", "trial", "--cluster", "sound.yaml");
        running.awaitErr("nothing is left to do", SOON);
        running.signal("INT");
        Finished ended = running.finish(SOON).expect(130);
        assertThat(ended.err()).contains("then the machines are given back");
        assertThat(ended.outLines())
                .singleElement()
                .asString()
                .matches("rebuild  sound\\.yaml +interrupted in .*");
        sandbox.expectNoTraces();
    }

    @Test
    void whoeverEndsItWhileASuiteGivesItsMachinesBackEndsTheWhole() {
        Running running =
                sandbox.start(
                        "pack",
                        "test",
                        "tried",
                        "-C",
                        "trial",
                        "--cluster",
                        "grows.yaml",
                        "--suite",
                        "rebuild",
                        "--suite",
                        "fail");
        running.awaitErr("its machines are given back", SOON);
        running.interruptAll();
        running.interruptAll();
        Finished ended = running.finish(SOON).expect(130);
        assertThat(ended.err()).doesNotContain("exited with", "fail of grows.yaml");
        assertThat(ended.outLines())
                .singleElement()
                .asString()
                .matches("rebuild  grows\\.yaml +passed in .*");
        sandbox.expectNoTraces();
    }

    @Test
    void aSuiteThatDoesNotEndInItsTimeFails() {
        assertThat(test("sound.yaml", "--suite", "cut", "--timeout", "2s").expect(1).err())
                .contains("its time is over", "it did not end within 2.0 s");
        sandbox.expectNoTraces();
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
