package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person can always answer for the goal on record: what a stop offers goes on when it is typed.
class GoalAnsweredTest {
    private static final String MOTTO = "groups.node.it.motto";
    private static final String PORT = "groups.node.it.port";
    private static final String GONE = "  gone: { type: int, default: 1 }\n";
    private static final Pattern WAY = Pattern.compile("`ashlar (\\S+) (\\S+) ([^`]*)`");

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeCluster() {
        SmallCluster.withMotto(folder);
    }

    private CommandLineEntry up(String... options) {
        return CommandLineEntry.run("up", folder.toString(), options);
    }

    private CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.toString(), options);
    }

    /// Nobody listens at the machine.
    private static void accepted(CommandLineEntry up) {
        assertThat(up.exitCode()).as(up.err()).isEqualTo(4);
    }

    private void edit(String name, String before, String after) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, Files.readString(file).replace(before, after));
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("cluster.yaml"));
    }

    private Map<String, String> overrides() {
        return SmallCluster.runs(folder).getLast().overrides();
    }

    /// What a stop offers to be typed, each as words.
    private static List<List<String>> ways(CommandLineEntry stopped) {
        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(5);
        return WAY.matcher(stopped.err())
                .results()
                .map(way -> {
                    List<String> words = new ArrayList<>(List.of(way.group(1), way.group(2)));
                    words.addAll(List.of(way.group(3).split(" ")));
                    return words;
                })
                .toList();
    }

    @Test
    void whatIsOfferedKeepsWhatWasTyped() throws IOException {
        String before = file();
        List<Map<String, String>> accepted = new ArrayList<>();
        for (int way = 0; way < 3; way++) {
            accepted(up("--set", MOTTO + "=a", "--set", PORT + "=81"));
            List<List<String>> ways = ways(up("--site", "here", "--set", MOTTO + "=b"));
            assertThat(ways).hasSize(3).allSatisfy(words -> assertThat(words).contains("here"));
            accepted(CommandLineEntry.run(ways.get(way)));
            accepted.add(overrides());
            if (way == 1) {
                assertThat(file()).contains("motto: b   # for now\n          port: 81\n");
                Files.writeString(folder.resolve("cluster.yaml"), before);
            }
        }
        assertThat(accepted)
                .containsExactly(Map.of(MOTTO, "b", PORT, "81"), Map.of(), Map.of(MOTTO, "b"));
    }

    @Test
    void whatIsTypedCountsAlsoWhereTheFilesSayIt() throws IOException {
        accepted(up("--set", MOTTO + "=a", "--set", PORT + "=81"));
        List<List<String>> ways = ways(up("--set", MOTTO + "=hello"));
        accepted(CommandLineEntry.run(ways.get(1)));
        assertThat(file()).contains("motto: hello   # for now\n          port: 81\n");
    }

    @Test
    void aPlanOffersPlans() {
        accepted(up("--set", MOTTO + "=a"));
        List<List<String>> ways = ways(verb("plan"));
        assertThat(ways).extracting(List::getFirst).containsExactly("plan", "up", "plan");
        assertThat(CommandLineEntry.run(ways.getFirst()).exitCode()).isZero();
        assertThat(CommandLineEntry.run(ways.getLast()).exitCode()).isZero();
    }

    @Test
    void whatLeadsNowhereIsResetBesideWhatIsKeptOrSaved() throws IOException {
        for (int way = 0; way < 3; way++) {
            edit("packs/small/it.yaml", "  motto: string\n", GONE + "  motto: string\n");
            accepted(up("--set", MOTTO + "=a" + way, "--set", "groups.node.it.gone=2"));
            edit("packs/small/it.yaml", GONE, "");

            assertThat(verb("status", "--cached", "--json").out())
                    .contains("\"groups.node.it.gone\":\"2\"");
            assertThat(ways(up("--save"))).hasSize(3);
            accepted(CommandLineEntry.run(ways(up()).get(way)));
            assertThat(overrides()).doesNotContainKey("groups.node.it.gone");
            assertThat(verb("plan", "--reset").exitCode()).isZero();
        }
    }

    @Test
    void whatOnlyTheRecordSaysIsOfferedToo() throws IOException {
        edit("packs/small/it.yaml", "  motto: string", "  motto: string\n  need: string");
        assertThat(up().exitCode()).isEqualTo(3);
        accepted(up("--set", "groups.node.it.need=y"));
        assertThat(ways(verb("plan"))).hasSize(3);
        assertThat(up().err()).contains("need is y by --set since run 1; the files do not say it");
        assertThat(up("--reset").exitCode()).isEqualTo(3);
        accepted(up("--save"));
        assertThat(file()).contains("          need: y\n");
    }

    @Test
    void whatDoesNotFitAnyMoreNamesTheWayOut() throws IOException {
        accepted(up("--set", PORT + "=81"));
        edit("packs/small/it.yaml", "default: 80", "default: 80, max: 80");
        CommandLineEntry up = up();
        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(up.err()).contains("the record:1:21", "`ashlar up --reset=" + PORT + "`");
        accepted(up("--reset=" + PORT));
    }

    @Test
    void aResetOfWhatIsNotOnRecordIsRefused() {
        accepted(up("--set", MOTTO + "=a"));
        for (String verb : List.of("up", "plan")) {
            CommandLineEntry refused = verb(verb, "--reset=groups.node.it.moto");
            assertThat(refused.err())
                    .isEqualTo(
                            """
                            error: there is no "groups.node.it.moto" on record to be reset
                              help: did you mean "groups.node.it.motto"?
                            """);
            assertThat(refused.exitCode()).isEqualTo(3);
        }
        accepted(up("--reset"));
        assertThat(up("--reset=" + MOTTO).err()).contains("help: `ashlar status`");
    }

    @Test
    void aDownWithNothingToTakeBackEndsTheGoal() {
        assertThat(up("--set", MOTTO + "=a", "--skip", "*").exitCode()).isZero();
        assertThat(verb("down", "--dry-run").exitCode()).isZero();
        assertThat(up().exitCode()).isEqualTo(5);
        assertThat(verb("down", "--yes=another").exitCode()).isEqualTo(3);
        assertThat(up().exitCode()).isEqualTo(5);
        assertThat(verb("down", "--yes").exitCode()).isZero();
        accepted(up());
        assertThat(SmallCluster.runs(folder))
                .extracting(RunStarted::purpose)
                .containsExactly(Purpose.UP, Purpose.DOWN, Purpose.UP);
    }

    @Test
    void aValueOfSeveralLinesIsShownOnOne() {
        accepted(up("--set", MOTTO + "=a\n  help: it's\tme"));
        CommandLineEntry stopped = up();
        assertThat(stopped.err())
                .contains(
                        "motto is \"a\\n  help: it's\\tme\" by --set since run 1;",
                        " --set $'groups.node.it.motto=a\\n  help: it\\'s\\011me'`");
        assertThat(stopped.err().lines()).hasSize(5);
        assertThat(verb("status", "--cached").err().lines())
                .noneMatch(line -> line.startsWith("  help: it"));
        assertThat(verb("runs").out().lines()).noneMatch(line -> line.startsWith("  help: it"));
        assertThat(up("--save", "--dry-run").err())
                .contains("cluster.yaml: groups.node.it.motto=\"a\\n  help: it's\\tme\"");
    }

    @Test
    void whoConsentsToASaveSeesWhatIsWritten() throws IOException {
        edit("sites/here.yaml", "approve: auto", "approve: ask");
        CommandLineEntry up = up("--save", "--set", MOTTO + "=b", "--no-input");
        assertThat(up.exitCode()).isEqualTo(5);
        assertThat(up.err())
                .containsSubsequence(
                        "To be saved in " + folder.resolve("cluster.yaml") + ": " + MOTTO + "=b",
                        "waits for approval");
    }

    @Test
    void whatTheSiteSaysTooIsNoOverride() throws IOException {
        edit("sites/here.yaml", "providers:", "values: { small/it: { port: 81 } }\nproviders:");
        accepted(up("--set", PORT + "=81"));
        assertThat(overrides()).isEmpty();
        accepted(up("--set", PORT + "=82", "--save"));
        assertThat(file()).contains("motto: hello   # for now\n          port: 82\n");
        accepted(up());
    }

    @Test
    void whatANodeWouldStillSayOtherwiseIsNotSaved() throws IOException {
        edit(
                "cluster.yaml",
                "count: 1",
                "count: 1\n    nodes: { node-1: { it: { motto: mine } } }");
        String before = file();
        CommandLineEntry up = up("--save", "--set", MOTTO + "=b");
        assertThat(up.err()).contains("--save cannot write " + MOTTO, "would not say the same");
        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(file()).isEqualTo(before);

        accepted(up("--set", MOTTO + "=b"));
        assertThat(up().err()).contains(" says mine\n");
        accepted(up("--reset"));
    }

    @Test
    void aReadOnlyFileIsNotSavedInto() throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        String before = file();
        for (String option : List.of("--dry-run", "--yes")) {
            CommandLineEntry up = up("--save", "--set", MOTTO + "=b", option);
            assertThat(up.err()).contains("error: cannot write " + file + ": it is read-only");
            assertThat(up.exitCode()).isEqualTo(3);
        }
        assertThat(file()).isEqualTo(before);
        assertThat(folder.resolve(".ashlar")).doesNotExist();
    }

    @Test
    void whatTheFileCannotSayIsToldOfTheFile() throws IOException {
        edit("cluster.yaml", "groups:", "parameters: { ports: [80] }\ngroups:");
        CommandLineEntry up = up("--save", "--set", "parameters.ports=[]");
        assertThat(up.err())
                .contains(
                        "the file would not be right: a list without elements has no type of its own");
        assertThat(up.exitCode()).isEqualTo(3);
    }

    @Test
    void ofSeveralTheOneThatTheFileCannotSayIsNamed() throws IOException {
        edit("cluster.yaml", "groups:", "parameters: { ports: [80] }\ngroups:");
        String before = file();
        CommandLineEntry up =
                up(
                        "--save",
                        "--set",
                        MOTTO + "=b",
                        "--set",
                        "parameters.ports=[]",
                        "--set",
                        PORT + "=81");
        assertThat(up.err())
                .contains("error: --save cannot write parameters.ports into ")
                .doesNotContain("cannot write " + MOTTO);
        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(file()).isEqualTo(before);
    }
}
