package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.ClusterRequest;
import dev.ashlar.app.terminal.ProgressMode;
import dev.ashlar.app.terminal.Terminal;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `--set` gave stays the goal until somebody says otherwise. Nothing listens at the one
/// machine: a run is on record, and comes no further.
class GoalOnRecordTest {
    private static final String MOTTO = "groups.node.it.motto";

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writeCluster() {
        SmallCluster.withMotto(folder);
    }

    private CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.toString(), options);
    }

    private CommandLineEntry up(String... options) {
        return verb("up", options);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void set(String value) {
        assertThat(up("--set", MOTTO + "=" + value).exitCode()).isEqualTo(4);
    }

    private List<RunStarted> runs() {
        return SmallCluster.runs(folder);
    }

    private String file() throws IOException {
        return Files.readString(folder.resolve("cluster.yaml"));
    }

    private static void refused(CommandLineEntry command, String err) {
        assertThat(command.err()).isEqualTo(err);
        assertThat(command.out()).isEmpty();
        assertThat(command.exitCode()).isEqualTo(5);
    }

    @Test
    void itIsOnRecordBeforeAnythingIsTouched() {
        set("good day");
        assertThat(runs()).hasSize(1);
        assertThat(runs().getFirst().overrides()).containsExactly(Map.entry(MOTTO, "good day"));
    }

    /// The stop over these lines, with what it offers.
    private String stop(String verb, String said, String set, String last) {
        return """
        error: the goal on record is not what the files say
        %s  help: to keep it so: `ashlar %s %s %s`
          help: to have the files say it: `ashlar up %s --save`
          help: to go by the files again: `ashlar %s %s --reset`%s
        """
                .formatted(said, verb, folder, set, folder, verb, folder, last);
    }

    @Test
    void aPlainUpStopsAndShowsBoth() throws IOException {
        set("good day");
        String before = file();
        String said =
                "  groups.node.it.motto is \"good day\" by --set since run 1; cluster.yaml:12:18 says hello\n";
        String set = "--set 'groups.node.it.motto=good day'";
        refused(up(), stop("up", said, set, ""));
        refused(up("--dry-run"), stop("up", said, set, ""));
        refused(up("--verify", "--yes"), stop("up", said, set, ""));
        refused(verb("plan"), stop("plan", said, set, ""));
        refused(verb("plan", "--json"), stop("plan", said, set, ""));
        assertThat(runs()).hasSize(1);
        assertThat(file()).isEqualTo(before);
    }

    @Test
    void eachThatIsNotSpokenOfIsShownAndEachMayGoBackAlone() {
        assertThat(up("--set", MOTTO + "=a", "--set", "groups.node.it.port=81").exitCode())
                .isEqualTo(4);
        String motto =
                "  groups.node.it.motto is a by --set since run 1; cluster.yaml:12:18 says hello\n";
        String port =
                "  groups.node.it.port is 81 by --set since run 1; packs/small/it.yaml:4:31 says 80\n";
        refused(
                up(),
                stop(
                        "up",
                        motto + port,
                        "--set groups.node.it.motto=a --set groups.node.it.port=81",
                        ", or --reset=PATH for one alone"));
        assertThat(up("--set", MOTTO + "=b").err()).contains(port).doesNotContain(motto);
        assertThat(up("--set", MOTTO + "=b", "--reset=groups.node.it.port").exitCode())
                .isEqualTo(4);
        assertThat(runs().getLast().overrides()).containsExactly(Map.entry(MOTTO, "b"));
    }

    @Test
    void whereNothingIsToDoItIsOnRecordAllTheSameAndSaid() {
        CommandLineEntry up = up("--set", MOTTO + "=c", "--skip", "it");
        assertThat(up.err()).contains("On record from now on: --set " + MOTTO + "=c\n");
        assertThat(up.exitCode()).isZero();
        assertThat(runs().getLast().overrides()).containsExactly(Map.entry(MOTTO, "c"));
    }

    @Test
    void setAgainItIsInForceSinceTheFirstTime() {
        set("a");
        set("a");
        assertThat(up().err()).contains("is a by --set since run 1;");
        set("b");
        assertThat(up().err()).contains("is b by --set since run 3;");
    }

    @Test
    void resetGoesByTheFilesAgain() throws IOException {
        set("a");
        String before = file();
        assertThat(verb("plan", "--reset").exitCode()).isZero();
        assertThat(runs()).hasSize(1);
        assertThat(up("--reset").exitCode()).isEqualTo(4);
        assertThat(runs().getLast().overrides()).isEmpty();
        assertThat(file()).isEqualTo(before);
        assertThat(up().exitCode()).as("nothing disagrees").isEqualTo(4);
        assertThat(up("--reset").exitCode()).as("again").isEqualTo(4);
    }

    @Test
    void whatTheFilesHaveComeToSayIsDroppedInSilence() throws IOException {
        set("a");
        Files.writeString(folder.resolve("cluster.yaml"), file().replace("hello", "a"));
        CommandLineEntry up = up();
        assertThat(up.exitCode()).isEqualTo(4);
        assertThat(up.err()).doesNotContain("--set");
        assertThat(runs().getLast().overrides()).isEmpty();
    }

    @Test
    void saveWritesItIntoTheFileAndTouchesNothingElseThere() throws IOException {
        Path path = folder.resolve("cluster.yaml");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        set("good day");
        String before = file();
        String after =
                before.replace("motto: hello   # for now", "motto: \"good day\"   # for now");

        assertThat(up("--save", "--dry-run").err())
                .contains("Would be saved in " + path + ": groups.node.it.motto=\"good day\"");
        assertThat(file()).as("a dry run").isEqualTo(before);
        CommandLineEntry up = up("--save");

        assertThat(up.exitCode()).isEqualTo(4);
        assertThat(up.err()).contains("Saved in " + path + ": groups.node.it.motto=\"good day\"");
        assertThat(file()).isEqualTo(after);
        assertThat(Files.getPosixFilePermissions(path))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(runs().getLast().overrides()).isEmpty();
        try (var all = Files.list(folder)) {
            assertThat(all.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder(".ashlar", "cluster.yaml", "packs", "sites");
        }
        assertThat(up().exitCode()).isEqualTo(4);
        assertThat(up("--save").exitCode()).as("again").isEqualTo(4);
        assertThat(file()).isEqualTo(after);
    }

    @Test
    void saveTakesWhatIsSetInTheSameCommandAndWhatIsOnRecord() throws IOException {
        set("a");
        assertThat(up("--save", "--set", "groups.node.it.port=81").exitCode()).isEqualTo(4);
        assertThat(file()).contains("          motto: a   # for now\n          port: 81\n");
        assertThat(runs().getLast().overrides()).isEmpty();
    }

    @Test
    void whatIsNotConsentedToIsNotWritten() throws IOException {
        write(
                "sites/here.yaml",
                Files.readString(folder.resolve("sites/here.yaml"))
                        .replace("approve: auto", "approve: ask"));
        String before = file();
        CommandLineEntry up = up("--save", "--set", MOTTO + "=b", "--no-input");
        assertThat(up.exitCode()).isEqualTo(5);
        assertThat(file()).isEqualTo(before);
        assertThat(runs()).isEmpty();
    }

    @Test
    void whatCannotBeWrittenWithoutLosingACommentIsRefused() throws IOException {
        write(
                "cluster.yaml",
                file().replace("motto: hello   # for now", "motto: | # x\n              hello"));
        String before = file();
        CommandLineEntry up = up("--save", "--set", MOTTO + "=b");
        assertThat(up.err())
                .contains(
                        "error: --save cannot write groups.node.it.motto into ",
                        "cluster.yaml: a comment stands in what it would replace",
                        "help: write it there by hand");
        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(file()).isEqualTo(before);
    }

    @Test
    void whoReadsGoesByTheGoalOnRecord() {
        set("good day");
        CommandLineEntry status = verb("status", "--cached");
        assertThat(status.err())
                .contains(
                        "  groups.node.it.motto is \"good day\" by --set since run 1; cluster.yaml:12:18 says hello");
        assertThat(status.exitCode()).isEqualTo(4);
        assertThat(verb("status", "--cached", "--json").out())
                .contains("\"overrides\":{\"groups.node.it.motto\":\"good day\"}");
        assertThat(CommandLineEntry.run("why", "it.act@node-1", folder.toString()).out())
                .contains("said = \"good day\"")
                .contains("--set groups.node.it.motto");
        assertThat(verb("runs").out()).contains("(--set 'groups.node.it.motto=good day')");
        assertThat(verb("validate").exitCode()).isZero();
    }

    @Test
    void whatLeadsNowhereAnyMoreStopsAnUpTooAndCanOnlyBeForgotten() throws IOException {
        set("a");
        write("packs/small/it.yaml", "component: it\nsteps: { act: { run: \"true\" } }\n");
        Files.writeString(
                folder.resolve("cluster.yaml"),
                file().replace("motto: hello   # for now", "").replace("with:", ""));
        String refusal =
                """
                error: the goal on record is not what the files say
                  groups.node.it.motto is a by --set since run 1; the files have no such value
                  help: to go by the files again: `ashlar up %s --reset`
                """
                        .formatted(folder);
        refused(up(), refusal);
        refused(up("--save"), refusal);
        assertThat(verb("status", "--cached").err()).contains("the files have no such value");
        assertThat(up("--reset").exitCode()).isEqualTo(4);
        assertThat(up().exitCode()).isEqualTo(4);
    }

    @Test
    void aSavedPlanIsForItsWholeGoal() {
        set("a");
        String plan = folder.resolve("change.ashlar").toString();
        String port = "groups.node.it.port=81";
        assertThat(verb("plan", "--set", MOTTO + "=a", "--set", port, "--out", plan).exitCode())
                .isZero();
        for (String option : List.of("--reset", "--save")) {
            assertThat(CommandLineEntry.run("up", plan, option).exitCode()).isEqualTo(3);
        }
        assertThat(CommandLineEntry.run("up", plan).exitCode()).isEqualTo(4);
        assertThat(runs().getLast().overrides())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(MOTTO, "a", "groups.node.it.port", "81"));

        assertThat(verb("plan", "--reset", "--out", plan).exitCode()).isZero();
        assertThat(CommandLineEntry.run("up", plan).exitCode()).isEqualTo(4);
        assertThat(runs().getLast().overrides()).isEmpty();
    }

    @Test
    void aDownThatLeftNothingEndsTheGoal() {
        set("a");
        record(started(2, Purpose.DOWN, Map.of()));
        assertThat(up().exitCode()).as("cut short").isEqualTo(5);
        record(new RunEnded(2, RunEnded.DONE, 0, 0, 0, 0, false, 2));
        assertThat(up().exitCode()).isEqualTo(4);
    }

    /// Between reading the files and having the right to act.
    @Test
    void aGoalThatAnotherCommandHasJustAcceptedIsNotOverruled() {
        Cluster before =
                Loading.cluster(
                        new ClusterRequest(
                                Optional.of(folder),
                                folder,
                                Optional.empty(),
                                new LinkedHashMap<>(),
                                Set.of()),
                        new OutputOptions(),
                        Terminal.ofProcess(true, true, ProgressMode.AUTO));
        GoalOnRecord.refuseMoved(before, before.asItIsNow());
        record(started(1, Purpose.UP, Map.of(MOTTO, "theirs")));
        assertThatThrownBy(() -> GoalOnRecord.refuseMoved(before, before.asItIsNow()))
                .isInstanceOfSatisfying(
                        CommandStop.class,
                        stop -> assertThat(stop.code()).isEqualTo(ExitCode.NOT_MINE))
                .hasMessageContaining("another command has just changed what is set");
    }

    private static RunStarted started(long run, Purpose purpose, Map<String, String> overrides) {
        return new RunStarted(
                run,
                purpose,
                "small",
                "here",
                "",
                "",
                "",
                "",
                new LinkedHashMap<>(overrides),
                List.of(),
                1);
    }

    private void record(JournalRecord entry) {
        try (SqliteJournal journal = SqliteJournal.open(StateFolder.open(folder))) {
            journal.append(List.of(entry));
        }
    }
}
