package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.type.Type.Scalar;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// Whatever a script does, the step gets its clear outcome and the channel works on.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(60)
class HostileScriptTest {
    private final String shell;
    private final Path folder;
    private LocalNodes nodes;

    HostileScriptTest(String shell, @TempDir Path folder) {
        this.shell = shell;
        this.folder = folder;
        nodes = new LocalNodes(shell, folder);
    }

    @AfterEach
    void theChannelWorksOn() {
        Report after = nodes.execute(LocalNodes.script("echo still here"));
        assertThat(after).isInstanceOf(Report.Done.class);
        assertThat(after.log()).isEqualTo("still here\n");
        nodes.close();
    }

    private Failure failure(String script) {
        Report report = nodes.execute(LocalNodes.script(script));
        assertThat(report).isInstanceOf(Report.NotDone.class);
        return ((Report.NotDone) report).failure();
    }

    private void done(String script) {
        assertThat(nodes.execute(LocalNodes.script(script))).isInstanceOf(Report.Done.class);
    }

    @Test
    void outputsThatNoTextCanHoldFailTheStep() {
        for (String written : List.of("v=a\\000b", "v=\\377\\376")) {
            Report report =
                    nodes.execute(
                            LocalNodes.script(
                                    "printf '" + written + "\\n' >\"$ASHLAR_OUTPUT\"",
                                    Map.of(),
                                    Map.of("v", Scalar.TEXT),
                                    Duration.ofSeconds(30)));
            assertThat(report)
                    .as(written)
                    .isInstanceOfSatisfying(
                            Report.NotDone.class,
                            it -> assertThat(it.failure().kind()).isEqualTo("output-type"));
        }
    }

    @Test
    void removingTheFolderItWorksInIsToldAsThat() {
        Failure failure = failure("rm -rf \"${ASHLAR_OUTPUT%/*}\"");
        assertThat(failure.kind()).isEqualTo("folder-removed");
        assertThat(failure.message()).contains("removed the folder");
        assertThat(failure.lasting()).isTrue();
        Report finishing =
                nodes.execute(LocalNodes.finishing("rm -rf \"${ASHLAR_OUTPUT%/*}\"; exit 3"));
        assertThat(((Report.NotDone) finishing).failure().kind()).isEqualTo("folder-removed");
    }

    @Test
    void aValueThatNoShellCanTakeIsThePersonsFault() {
        Report report =
                nodes.execute(
                        LocalNodes.script(
                                "true",
                                Map.of("v", Value.text("a\0b")),
                                Map.of(),
                                Duration.ofSeconds(30)));
        assertThat(report)
                .isInstanceOfSatisfying(
                        Report.NotDone.class,
                        it -> assertThat(it.failure().fault()).isEqualTo(Failure.Fault.USER));
    }

    @Test
    void aDamagedLibraryOnTheNodeIsSentAgain() throws IOException {
        done("true");
        nodes.close();
        try (Stream<Path> run = Files.list(folder.resolve("run"))) {
            Path library =
                    run.filter(file -> file.getFileName().toString().startsWith("library-"))
                            .findFirst()
                            .orElseThrow();
            Files.writeString(library, "exit 0\n");
        }
        nodes = new LocalNodes(shell, folder);
        done("true");
    }

    @Test
    void exitEndsOnlyTheScript() {
        assertThat(failure("echo before; exit 7; echo after").exitCode()).contains(7);
    }

    @Test
    void execReplacesOnlyTheScript() {
        done("exec true");
        assertThat(failure("exec false").kind()).isEqualTo("exit-code");
    }

    @Test
    void trapsConcernOnlyTheScript() {
        done("trap 'echo bye' EXIT TERM INT; true");
    }

    @Test
    void aCommandThatFailsInTheMiddleEndsTheScriptAndFailsTheStep() {
        Path after = folder.resolve("after");
        Failure failure = failure("echo first\nls /no/such/folder\ntouch '" + after + "'");
        assertThat(failure.kind()).isEqualTo("exit-code");
        assertThat(failure.message())
                .containsPattern(
                        "script.sh ended with exit code [12], at a command that failed or an `exit`");
        assertThat(failure.lastOutput()).hasSize(2).first().isEqualTo("first");
        assertThat(failure.lastOutput().getLast()).contains("/no/such/folder");
        assertThat(after).doesNotExist();
    }

    @Test
    void aVariableThatIsNotSetFailsTheStep() {
        Failure failure = failure("echo \"<$NOBODY_SET_IT>\"\ntrue");
        assertThat(failure.kind()).isEqualTo("exit-code");
        assertThat(failure.lastOutput().getLast()).contains("NOBODY_SET_IT");
    }

    @Test
    void whatTheScriptSaysMayFailMayFail() {
        done("false || true\nif false; then exit 9; fi\necho \"<${NOBODY_SET_IT-}>\"");
        done("set +eu\nfalse\necho \"<$NOBODY_SET_IT>\"");
    }

    @Test
    void syntaxErrorFailsOnlyTheScript() {
        assertThat(failure("if then ((( 'never closed").kind()).isEqualTo("exit-code");
    }

    @Test
    void standardInputIsEmpty() {
        done("cat; ! read line; test -z \"$line\"");
    }

    @Test
    void hundredMegabytesAreCutToTheEnd() {
        Report report =
                nodes.execute(LocalNodes.script("yes abcdefg | head -c 100000000; echo; echo end"));
        assertThat(report).isInstanceOf(Report.Done.class);
        assertThat(report.log()).hasSizeLessThanOrEqualTo(65536).endsWith("end\n");
    }

    @Test
    void printedMarkersAreOnlyText() {
        Report report =
                nodes.execute(
                        LocalNodes.script(
                                "echo '0123456789abcdef01234567 1 end 5'; printf 'exit 1\\n0\\n'; (echo x >&3) 2>/dev/null || true"));
        assertThat(report).isInstanceOf(Report.Done.class);
        assertThat(report.log()).contains("1 end 5");
    }

    @Test
    void daemonIsEndedAndFailsTheStep() {
        Failure failure = failure("sleep 987 & echo started");
        assertThat(failure.kind()).isEqualTo("left-processes");
        assertThat(failure.message()).contains("sleep");
        assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).contains("service"));
    }

    @Test
    void daemonInItsOwnSessionIsEndedToo() {
        assertThat(failure("setsid sleep 986 >/dev/null 2>&1 </dev/null & exit 0").kind())
                .isEqualTo("left-processes");
        assertThat(LocalNodes.running("sleep 986")).isFalse();
    }

    @Test
    void daemonThatShedItsEnvironmentButHoldsTheOutputIsEnded() {
        assertThat(failure("env -i setsid sleep 985 &").kind()).isEqualTo("left-processes");
        assertThat(LocalNodes.running("sleep 985")).isFalse();
    }

    @Test
    void endlessScriptEndsAtItsTimeout() {
        Report report =
                nodes.execute(
                        LocalNodes.script(
                                "trap '' TERM; while :; do sleep 984; done",
                                Duration.ofSeconds(1)));
        assertThat(((Report.NotDone) report).failure().kind()).isEqualTo("timeout");
        assertThat(LocalNodes.running("sleep 984")).isFalse();
    }

    @Test
    void bytesOfAnyKindComeThrough() {
        Report report = nodes.execute(LocalNodes.script("printf 'a\\000b\\377\\033[31mred'"));
        assertThat(report.log()).isEqualTo("a\0b\uFFFD\u001B[31mred");
    }

    @Test
    void lastLinesOfFailureCarryNoControlCharacters() {
        Failure failure = failure("printf '\\033[31mred\\033[0m\\a one\\n'; exit 3");
        assertThat(failure.lastOutput()).containsExactly("red one");
    }

    @Test
    void killingItsOwnParentsEndsOnlyTheStep() {
        assertThat(failure("kill -9 $PPID; sleep 1").kind()).isIn("exit-code", "left-processes");
        assertThat(failure("kill -9 $$").message()).endsWith("ended with exit code 137");
    }

    @Test
    void inputsArriveAsTheyAre() {
        Report report =
                nodes.execute(
                        LocalNodes.script(
                                "printf '%s|%s|%s' \"$A_TEXT\" \"$NUMBER\" \"$LIST\"",
                                Map.of(
                                        "a_text", Value.text("it's \"$HOME\"\n`x` \\ é"),
                                        "number", Value.number(42),
                                        "list",
                                                Value.list(
                                                        java.util.List.of(
                                                                Value.text("a b"),
                                                                Value.truth(true)))),
                                Map.of(),
                                Duration.ofSeconds(10)));
        assertThat(report.log()).isEqualTo("it's \"$HOME\"\n`x` \\ é|42|[\"a b\",true]");
    }

    @Test
    void outputsHaveTheirDeclaredTypes() {
        Report report =
                nodes.execute(
                        LocalNodes.script(
                                "echo token=0042 >>$ASHLAR_OUTPUT; echo port=42 >>$ASHLAR_OUTPUT",
                                Map.of(),
                                Map.of("token", Scalar.TEXT, "port", Scalar.INT),
                                Duration.ofSeconds(10)));
        assertThat(((Report.Done) report).outputs())
                .containsEntry("token", Value.text("0042"))
                .containsEntry("port", Value.number(42));
    }
}
