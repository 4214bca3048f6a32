package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who only reads hinders nobody and needs no right to write.
@Tag("lab")
class ReadingTest {
    private static final Sandbox SANDBOX = Sandbox.ofResource(FaultTest.class, "faults");

    @BeforeAll
    static void up() {
        cluster("");
        SANDBOX.verb("up").expect(0);
    }

    @AfterAll
    static void nothingIsLeft() {
        SANDBOX.close();
    }

    @Test
    void aRunBeginsAndEndsWhileStatusWaitsForAnAnswer() {
        Machine machine = SANDBOX.machine("node-1");
        machine.run("rm -f /run/asked; touch /run/hold");
        Running status = SANDBOX.startVerb("status");
        await("the component is asked")
                .atMost(Duration.ofMinutes(1))
                .until(() -> machine.attempt("test -e /run/asked").exitCode() == 0);

        cluster("      fine: faults/fine\n");
        Finished up = SANDBOX.verb("up").expect(0);

        assertThat(up.err()).contains("fine.three@node-1 done");
        assertThat(status.isAlive()).as("status still waits").isTrue();
        machine.run("rm /run/hold");
        assertThat(status.finish(Sandbox.BOUND).expect(0).out()).contains("2 done");
    }

    @Test
    void whatCannotBeWrittenToIsReadAllTheSame() throws IOException {
        Path seen = Files.createDirectory(SANDBOX.folder().resolve("seen"));
        assertThat(mount("--bind", SANDBOX.cluster().toString(), seen.toString())).isZero();
        try {
            assertThat(mount("-o", "remount,bind,ro", seen.toString())).isZero();
            for (List<String> words :
                    List.of(
                            List.of("validate"),
                            List.of("plan"),
                            List.of("status"),
                            List.of("status", "--cached"),
                            List.of("runs"),
                            List.of("why", "asked.act@node-1"),
                            List.of("logs", "asked.act@node-1"))) {
                Finished here = SANDBOX.run(with(words, "faults")).expect(0);
                Finished there = SANDBOX.run(with(words, "seen")).expect(0);
                assertThat(comparable(there.out().replace("seen", "faults")))
                        .as("%s", words)
                        .isEqualTo(comparable(here.out()));
            }
            assertThat(SANDBOX.run("up", "seen").expect(0).err()).contains("Nothing to do");
        } finally {
            assertThat(Host.run("umount", seen.toString()).exitCode()).isZero();
        }
    }

    /// Without how long ago things were.
    private static String comparable(String text) {
        return text.replaceAll("[0-9.]+ (s|min) ago", "ago");
    }

    private static int mount(String... words) {
        return Host.run(with(List.of("mount"), words)).exitCode();
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Arrays.stream(more)).toArray(String[]::new);
    }

    private static void cluster(String more) {
        SANDBOX.write(
                "faults/cluster.yaml",
                """
                cluster: faults
                site: lab
                packs: [faults]
                groups:
                  node:
                    count: 1
                    uses:
                      asked: faults/asked
                """
                        + more);
    }
}
