package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// A person's command: its words arrive as they are, and what it prints comes back apart.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class RemoteCommandTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final LocalNodes nodes;
    private final Path folder;

    RemoteCommandTest(String shell, @TempDir Path folder) {
        this.nodes = new LocalNodes(shell, folder);
        this.folder = folder;
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private CommandResult run(Duration timeout, String... words) {
        return nodes.executor.run("here", new RemoteCommand(List.of(words), timeout));
    }

    private CommandResult run(String... words) {
        return run(LONG, words);
    }

    @Test
    void wordsArriveAsTheyAre() {
        List<String> odd =
                List.of(
                        "it's \"quoted\"",
                        "two\nlines\n",
                        "",
                        " a  b ",
                        "$HOME `id` $(id) \\n \\",
                        "*",
                        "-n",
                        "--",
                        "A=1",
                        "ü€",
                        "\r\t;|&");
        CommandResult result =
                run(
                        Stream.concat(Stream.of("printf", "<%s>"), odd.stream())
                                .toArray(String[]::new));
        assertThat(result.out().text()).isEqualTo("<" + String.join("><", odd) + ">");
        assertThat(result.exitCode()).contains(0);
        assertThat(result.trouble()).isEmpty();
    }

    @Test
    void bothStreamsComeBackApartWithTheExitCode() {
        CommandResult result = run("sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(result)
                .isEqualTo(
                        new CommandResult(
                                Optional.of(7),
                                new Printed("out\n", false),
                                new Printed("err\n", false),
                                Optional.empty()));
        assertThat(result.trouble().orElseThrow().kind()).isEqualTo("exit-code");
    }

    @Test
    void nothingIsReadAndNothingOfOursIsInItsEnvironment() {
        CommandResult result = run("sh", "-c", "cat; env; echo \"$T$STATE$LIBRARY$SH$LIMIT\"");
        assertThat(result.exitCode()).contains(0);
        assertThat(result.out().text())
                .contains("LC_ALL=C\n", "PATH=")
                .doesNotContain(folder.toString())
                .endsWith("\n\n");
    }

    @Test
    void whatIsNotThereSaysSoTheSameEachTime() {
        CommandResult first = run("no-such-program", "x");
        assertThat(first.exitCode()).contains(127);
        assertThat(first.err().text()).contains("no-such-program").doesNotContain("jobs/");
        assertThat(run("no-such-program", "x")).isEqualTo(first);
        assertThat(run("cd", "/").exitCode()).contains(127);
    }

    @Test
    void theNameOfAProgramIsNoOptionOfOurs() {
        for (String name : List.of("-c", "-l", "-a", "--", "-")) {
            CommandResult result = run(name, "env");
            assertThat(result.exitCode()).as(name).contains(127);
            assertThat(result.out()).as(name).isEqualTo(Printed.NOTHING);
            assertThat(result.err().text()).contains(name);
        }
    }

    @Test
    void ofMuchTheFirstIsKeptAndTheCutIsTold() {
        int kept = RemoteCommand.KEPT_BYTES;
        String zeros = "head -c %d /dev/zero | tr '\\0' x";
        CommandResult more = run("sh", "-c", zeros.formatted(40 * kept));
        assertThat(more.out().text()).isEqualTo("x".repeat(kept));
        assertThat(more.out().cut()).isTrue();
        assertThat(more.err()).isEqualTo(Printed.NOTHING);
        CommandResult whole = run("sh", "-c", zeros.formatted(kept));
        assertThat(whole.out()).isEqualTo(new Printed("x".repeat(kept), false));
        assertThat(run("printf", "a\\377b").out().text()).isEqualTo("a\ufffdb");
    }

    @Test
    void whatTakesTooLongIsEndedWithWhatItHasSaid() {
        CommandResult result = run(Duration.ofSeconds(1), "sh", "-c", "echo begun; sleep 4711");
        assertThat(result.exitCode()).isEmpty();
        assertThat(result.out().text()).isEqualTo("begun\n");
        assertThat(result.failure().orElseThrow().kind()).isEqualTo("timeout");
        assertThat(LocalNodes.running("sleep 4711")).isFalse();
    }

    @Test
    void whatDoesNotLetItselfBeEndedIsKilledWithWhatItHasSaid() {
        String deaf = "trap '' TERM; echo begun; sleep 4715; sleep 4715";
        CommandResult result = run(Duration.ofSeconds(1), "sh", "-c", deaf);
        assertThat(result.out().text()).isEqualTo("begun\n");
        assertThat(result.failure().orElseThrow().kind()).isEqualTo("timeout");
        assertThat(LocalNodes.running("sleep 4715")).isFalse();
    }

    @Test
    void whatItLeavesRunningIsEndedAndNamed() {
        CommandResult result = run("sh", "-c", "sleep 4712 & echo left; exit 3");
        assertThat(result.exitCode()).contains(3);
        assertThat(result.out().text()).isEqualTo("left\n");
        assertThat(result.failure().orElseThrow().message()).endsWith("ended: sleep");
        assertThat(LocalNodes.running("sleep 4712")).isFalse();
    }

    @Test
    void anInterruptEndsItOnTheNode() throws InterruptedException {
        Path begun = folder.resolve("begun");
        CompletableFuture<CommandResult> result = new CompletableFuture<>();
        Thread caller =
                Thread.startVirtualThread(() ->
                        result.complete(
                                run("sh", "-c", "echo >\"$1\"; sleep 4713", "sh", "" + begun)));
        await().until(() -> Files.exists(begun));
        caller.interrupt();
        assertThat(result.join().failure().orElseThrow().isStop()).isTrue();
        assertThat(LocalNodes.running("sleep 4713")).isFalse();
    }
}
