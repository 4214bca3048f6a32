package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The command line as people and scripts meet it, as far as no machine is needed.
class CommandLineTest {
    private static final Duration BOUND = Duration.ofMinutes(1);
    private static final String ESCAPE = "\u001b";

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void removeSandbox() {
        sandbox.close();
    }

    static Stream<String> verbs() {
        return Stream.of(
                "validate",
                "plan",
                "simulate",
                "up",
                "down",
                "status",
                "why",
                "explain",
                "runs",
                "logs",
                "exec",
                "ssh",
                "cancel",
                "lab",
                "pack",
                "completion",
                "version");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbsHelpHasAnExample(String verb) {
        Finished help = sandbox.run(verb, "--help").expect(0);
        assertThat(help.out())
                .containsPattern(
                        "Usage: ashlar %s(?s:.*)Examples?:(?s:.*)ashlar %s".formatted(verb, verb));
        assertThat(help.err()).isEmpty();
    }

    @Test
    void helpListsEveryVerbWithExamples() {
        Finished help = sandbox.run("--help").expect(0);
        assertThat(help.out()).contains(verbs().toList()).contains("ashlar up examples/etcd");
    }

    @Test
    void aMisspeltVerbIsInvalidInputWithAHint() {
        Finished misspelt = sandbox.run("stauts", "etcd").expect(3);
        assertThat(misspelt.err()).contains("stauts").contains("status");
        assertThat(misspelt.out()).isEmpty();
    }

    @Test
    void aMisspeltOptionIsInvalidInputWithAHint() {
        Finished misspelt = sandbox.verb("plan", "--sumary").expect(3);
        assertThat(misspelt.err()).contains("--sumary").contains("--summary");
        assertThat(misspelt.out()).isEmpty();
    }

    @Test
    void aMissingClusterIsInvalidInputWithAHint() {
        Finished nowhere = sandbox.run("plan", "nowhere").expect(3);
        assertThat(nowhere.err()).contains("nowhere").contains("help:");
    }

    @Test
    void theExitCodesAreExplained() {
        assertThat(sandbox.run("explain", "exit-codes").expect(0).out())
                .contains("0  ", "1  ", "2  ", "3  ", "4  ", "5  ", "6  ", "7  ", "70  ", "130  ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"argument-missing", "cycle-of-defaults"})
    void diagnosticsForMachinesSayWhatPeopleAreTold(String broken) {
        Path source = Host.checkout().resolve("language/src/test/resources/broken").resolve(broken);
        try (Sandbox here = Sandbox.of(source, broken)) {
            Finished validate = here.verb("validate").expect(3);
            assertThat(validate.out()).contains("error[ASH").contains("--> ");
            JsonNode json = Sandbox.document(here.verb("validate", "--json").expect(3));
            assertThat(json.path("valid").asBoolean()).isFalse();
            for (JsonNode one : json.path("diagnostics")) {
                assertThat(validate.out())
                        .contains(one.path("code").asString())
                        .contains(
                                "%s:%d:%d"
                                        .formatted(
                                                one.path("file").asString(),
                                                one.path("line").asInt(),
                                                one.path("column").asInt()));
            }
        }
    }

    @Test
    void jsonIsOneDocumentOfItsPublishedShape() {
        JsonNode validate = sandbox.json("validate");
        assertThat(validate.path("valid").asBoolean()).isTrue();
        JsonNode plan = sandbox.json("plan");
        assertThat(plan.path("changes").asBoolean()).isTrue();
        assertThat(plan.path("instances").size()).isEqualTo(19);
        assertThat(plan.path("cluster").asString()).isEqualTo("etcd-demo");
        JsonNode status = sandbox.json("status");
        assertThat(status.path("running").asBoolean()).isFalse();
        assertThat(status.path("instances").size()).isEqualTo(19);
        assertThat(sandbox.json("runs").path("runs").isEmpty()).isTrue();
        JsonNode why =
                Sandbox.document(sandbox.run("why", "--json", "kv.configure@store-2", "etcd"));
        assertThat(why.path("node").asString()).isEqualTo("store-2");
        assertThat(why.path("now").path("action").asString()).isEqualTo("create");
        assertThat(why.path("waits").toString()).contains("node.acquire@store-2");
    }

    @Test
    void nothingIsMadeByLooking() {
        for (String verb : List.of("validate", "plan", "status", "runs")) {
            sandbox.verb(verb).expect(0);
        }
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
    }

    @Test
    void theDetailedExitCodeOfAPlanTellsOfChanges() {
        sandbox.verb("plan", "--detailed-exitcode").expect(2);
        sandbox.verb("plan").expect(0);
    }

    @Test
    void theSummaryOfAPlanCountsByUseAndAction() {
        assertThat(sandbox.verb("plan", "--summary").expect(0).outLines())
                .containsExactly("Plan: 19 to create", "  node: 3 to create", "  kv: 16 to create");
    }

    @Test
    void aVerbosePlanShowsEachInstanceWithWhatItDoesAndItsInputs() {
        List<String> lines = sandbox.verb("plan", "--verbose").expect(0).outLines();
        assertThat(lines.stream().filter(line -> line.startsWith("  + "))).hasSize(19);
        int install = lines.indexOf("  + kv.install @ store-2");
        assertThat(lines.subList(install + 1, install + 5))
                .containsExactly(
                        "      package etcd-server",
                        "      package etcd-client",
                        "      service etcd",
                        "      inputs.version = \"\"");
    }

    @Test
    void aPlanShowsWhatStaysOnlyInItsOwnWord() {
        sandbox.verb("plan", "--show", "unchanged").expect(0);
        assertThat(sandbox.verb("plan", "--show", "everything").expect(3).err())
                .contains("--show", "unchanged", "everything");
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "10", "-5s", "0s"})
    void aTimeLimitIsADuration(String limit) {
        for (String verb : List.of("up", "down", "status")) {
            assertThat(sandbox.verb(verb, "--timeout=" + limit).expect(3).err())
                    .contains("--timeout wants a duration such as 30s")
                    .contains(limit);
        }
        assertThat(sandbox.cluster().resolve(".ashlar")).doesNotExist();
    }

    @Test
    void dataIsOnStandardOutputAndNarrationOnStandardError() {
        Finished plan = sandbox.verb("plan").expect(0);
        assertThat(plan.out()).startsWith("Plan: 19 to create");
        assertThat(plan.err()).contains("Cluster etcd-demo at site lab, 3 nodes");
        assertThat(sandbox.verb("plan", "--quiet").expect(0).err()).isEmpty();
    }

    @Test
    void withoutATerminalNothingIsPainted() {
        for (String verb : List.of("plan", "status", "validate")) {
            Finished plain = sandbox.verb(verb).expect(0);
            assertThat(plain.out() + plain.err()).doesNotContain(ESCAPE);
        }
    }

    @Test
    void onATerminalPlansArePaintedUnlessAskedNotTo() {
        assertThat(onTerminal(Map.of("TERM", "xterm"), "plan").out()).contains(ESCAPE + "[");
        assertThat(onTerminal(Map.of("TERM", "xterm", "NO_COLOR", "1"), "plan").out())
                .contains("Plan: 19 to create")
                .doesNotContain(ESCAPE);
        assertThat(onTerminal(Map.of("TERM", "dumb"), "plan").out()).doesNotContain(ESCAPE);
        assertThat(onTerminal(Map.of("TERM", "xterm"), "plan --no-color").out())
                .doesNotContain(ESCAPE);
    }

    /// Runs a verb with a terminal made by `script`.
    private Finished onTerminal(Map<String, String> environment, String verb) {
        String launcher = Host.checkout().resolve("ashlar").toString();
        List<String> words = new ArrayList<>(List.of("script", "--quiet", "--return", "--command"));
        words.add("%s %s etcd".formatted(launcher, verb));
        words.add("/dev/null");
        return Running.start(sandbox.folder(), environment, new byte[0], words)
                .finish(BOUND)
                .expect(0);
    }

    @Test
    void withNobodyToAskTheApprovalIsWaitedFor() {
        sandbox.write(
                "etcd/sites/careful.yaml",
                """
                site: careful
                approve: ask
                providers: { default: { kind: lab, release: bookworm } }
                """);
        for (String option : List.of("--progress=auto", "--no-input")) {
            Finished up = sandbox.verb("up", "--site", "careful", option).expect(5);
            assertThat(up.err())
                    .contains("Plan: 19 to create", "+ kv.install", "waits for approval", "--yes");
        }
        assertThat(sandbox.json("runs").path("runs").isEmpty()).isTrue();
        assertThat(sandbox.folder().resolve("lab")).doesNotExist();
    }

    @Test
    void aYesForAnotherClusterIsNoneEvenWhereNobodyIsAsked() {
        Finished up = sandbox.verb("up", "--yes=another").expect(3);
        assertThat(up.err()).contains("--yes=another was given, and this is cluster etcd-demo");
        assertThat(sandbox.json("runs").path("runs").isEmpty()).isTrue();
    }

    @Test
    void linksLeadNobodyOutOfAPack() throws IOException {
        Path pack = sandbox.folder().resolve("packs/loose");
        Files.createDirectories(pack);
        sandbox.write("secret", "what nobody asked for\n");
        sandbox.write("packs/loose/pack.yaml", "pack: loose\nversion: \"1\"\n");
        sandbox.write(
                "packs/loose/one.yaml",
                """
                component: one
                steps:
                  copy:
                    resources: [ { file: { path: /tmp/x, source: out } } ]
                """);
        sandbox.write(
                "loose/cluster.yaml",
                """
                cluster: loose
                site: lab
                packs: [loose]
                groups: { node: { count: 1, uses: { one: loose/one } } }
                """);
        Files.createSymbolicLink(pack.resolve("out"), Path.of("../../secret"));
        assertThat(sandbox.run("plan", "loose").expect(3).err())
                .contains("error[ASH0303]: \"out\" is a link that leads out of the pack");
        Files.delete(pack.resolve("out"));
        sandbox.write("packs/loose/in", "inside\n");
        Files.createSymbolicLink(pack.resolve("out"), Path.of("in"));
        sandbox.run("plan", "loose").expect(0);
    }

    @Test
    void oneClusterIsNamedAtMost() {
        assertThat(sandbox.run("plan", "-f", "elsewhere", "etcd").expect(3).err())
                .contains("two clusters are named: --file elsewhere and etcd");
    }

    @Test
    void aResultThatDoesNotArriveIsNone() {
        String ashlar = Host.checkout().resolve("ashlar").toString();
        assertThat(sandbox.shell("'" + ashlar + "' version >/dev/full").expect(3).err())
                .contains("standard output takes nothing: No space left on device");
        // The reader is gone long before the first line: that is nobody's fault.
        Finished unread =
                sandbox.shell("{ '" + ashlar + "' --help; echo $? >code; } | true").expect(0);
        assertThat(unread.err()).isEmpty();
        assertThat(sandbox.read("code")).isEqualTo("0\n");
    }

    @Test
    void aCountGivenOnTheCommandLineHasTheBoundsOfOneInTheFile() {
        for (String count : List.of("0", "-1", "100001")) {
            assertThat(sandbox.verb("plan", "--set", "groups.store.count=" + count).expect(3).err())
                    .contains("error[ASH0205]: count " + count + " is not from 1 to 100000")
                    .contains("--set:1:20");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "list",
                "ssh store-1",
                "stop store-1",
                "start store-1",
                "power-off store-1",
                "cut store-1",
                "mend store-1",
                "wipe store-1",
                "down"
            })
    void aLabIsNotAllowedWithoutRoot(String words) {
        Finished refused = sandbox.asNobody(("lab " + words + " etcd").split(" ")).expect(6);
        assertThat(refused.err()).contains("must run as root", "sudo");
        assertThat(refused.out()).isEmpty();
        assertThat(sandbox.folder().resolve("lab")).doesNotExist();
    }

    @Test
    void aRunWithoutRootAndAStateThatMayNotBeWrittenAreNotAllowed() {
        Finished up = sandbox.asNobody("up", "etcd").expect(6);
        assertThat(up.err()).contains("[not-root, not allowed or not trusted]", "3 failed");
        Host.run("chmod", "-R", "a-w", sandbox.cluster().resolve(".ashlar").toString()).expect(0);
        Finished refused = sandbox.asNobody("up", "etcd").expect(6);
        assertThat(refused.err()).contains(".ashlar", "another user's").doesNotContain("bug");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exec etcd                       | wants a command after --",
                "exec etcd uptime -- id          | one word too many: \"uptime\"",
                "exec etcd --parallel 0 -- id    | a number from 1",
                "exec etcd --timeout soon -- id  | wants a duration",
                "exec etcd --limit nobody -- id  | no node of this cluster is there yet",
                "exec etcd -- id                 | no node of this cluster is there yet",
                "ssh store-1 etcd -- id          | no node of this cluster is there yet",
                "ssh -- id                       | wants a node before --",
                "ssh store-1 etcd --json         | no JSON document"
            })
    void aCommandForNodesThatCannotBeRunIsInvalidInput(String words, String why) {
        Finished refused = sandbox.run(words.split(" ")).expect(3);
        assertThat(refused.err()).contains(why);
        assertThat(refused.out()).isEmpty();
    }

    @Test
    void aWordThatTheLocaleCannotHoldIsNotPassedOn() {
        Path ashlar = Host.checkout().resolve("ashlar");
        Finished refused =
                sandbox.shell(
                        "LC_ALL=C '%s' exec etcd -- echo \"$(printf '\\303\\274')\""
                                .formatted(ashlar));
        assertThat(refused.expect(3).err()).contains("no text in the locale", "C.UTF-8");
    }

    @Test
    void downWithNothingOnRecordIsDone() {
        assertThat(sandbox.verb("down").expect(0).err()).contains("Nothing to do");
    }

    @Test
    void completionIsAScriptThatAShellTakes() {
        Finished completion = sandbox.run("completion").expect(0);
        sandbox.write("completion.sh", completion.out());
        Finished bash =
                Host.run("bash", "-n", sandbox.folder().resolve("completion.sh").toString());
        bash.expect(0);
        assertThat(completion.out()).contains("validate", "status");
    }
}
