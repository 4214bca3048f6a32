package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.execution.Amender;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.Intended;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteRequests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An `up` while another process carries a run out. What was there before it was left by simulated
/// runs; nobody listens at the machine.
class UpBesideARunTest {
    private static final String HOST_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVZ2XQxfq5sRzC0tqVAFXbdFVHvuVDNV3iWjcJ0FVzS";
    private static final String CLUSTER =
            """
            cluster: c
            site: here
            packs: [small]
            groups:
              node: { count: 1, uses: { it: small/it, kept: small/kept } }
            """;
    private static final String WITHOUT = CLUSTER.replace(", kept: small/kept", "");

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void writesACluster() throws IOException {
        site("ask");
        write("packs/small/pack.yaml", "pack: small\nversion: 1.0.0\n");
        write(
                "packs/small/it.yaml",
                """
                component: it
                steps:
                  act: { run: "true" }
                  more: { run: "true" }
                """);
        write(
                "packs/small/kept.yaml",
                """
                component: kept
                steps:
                  keep:
                    resources:
                      - directory: { path: /srv/kept, data: true }
                """);
        write("c/cluster.yaml", CLUSTER);
    }

    @Test
    void aNarrowerOneWithNothingToDoLetsTheRunGoOn() throws IOException {
        try (RunElsewhere run = elsewhere(1)) {
            CommandLineEntry up = up("--yes", "--skip", "*");
            assertThat(up.err())
                    .contains("Nothing to do with --skip *")
                    .contains("Run 1 goes on (process 1 on elsewhere since ");
            assertThat(up.exitCode()).isZero();
            assertThat(run.asks()).isEmpty();
        }
    }

    @Test
    void aNarrowerOneSaysWhatNobodyDoesAnyMoreBeforeItIsAgreedTo() throws IOException {
        try (RunElsewhere run = elsewhere(1)) {
            CommandLineEntry up = up("--no-input", "--only", "it.act");
            assertThat(up.err())
                    .containsSubsequence(
                            "Run 1 is under way (process 1 on elsewhere since ",
                            "this amends it (for --only it.act alone).",
                            "What is left out is not done by run 1 any more either (2): ",
                            "it.more@node-1",
                            "waits for approval");
            assertThat(up.err()).contains("kept.keep@node-1");
            assertThat(up.exitCode()).isEqualTo(5);
            assertThat(run.asks()).isEmpty();
        }
    }

    @Test
    void whoDoesNotWantWhatTheRunBringsEndsItThoughThereIsNothingElseToDo() throws IOException {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.up("c");
        try (RunElsewhere _ = RunElsewhere.begin(folder.resolve("c"), 2, "c", "another")) {
            CommandLineEntry whole = up("--no-input");
            assertThat(whole.err()).contains("this amends it (the files have changed).");
            assertThat(whole.exitCode()).isEqualTo(5);
            CommandLineEntry part = up("--no-input", "--limit", "node-1");
            assertThat(part.err()).contains("Nothing to do", "Run 2 goes on");
            assertThat(part.exitCode()).isZero();
        }
    }

    @Test
    void aNarrowerOneThatWantsNoMoreThanWhatIsInFlightLetsTheRunGoOn() throws IOException {
        new SimulatedRuns(folder).up("c");
        try (RunElsewhere run = elsewhere(2)) {
            run.append(
                    List.of(
                            new Intended(
                                    2,
                                    InstanceKey.onNode("it", "act", "node-1"),
                                    "i-2",
                                    Effect.DO,
                                    1,
                                    "f",
                                    "small/it",
                                    Optional.empty(),
                                    List.of(),
                                    0)));
            CommandLineEntry up = up("--yes", "--only", "it.act");
            assertThat(up.err()).contains("error: another command is changing this cluster");
            assertThat(up.exitCode()).isEqualTo(7);
            assertThat(run.asks()).isEmpty();
        }
    }

    @Test
    void aLossThatIsAgreedToBesideIsSomethingElseToSay() throws IOException {
        new SimulatedRuns(folder).up("c");
        write("c/cluster.yaml", WITHOUT);
        try (RunElsewhere _ = elsewhere(2)) {
            CommandLineEntry named = up("--no-input", "--yes-wipe", "kept");
            assertThat(named.err()).contains("this amends it (--yes-wipe kept).");
            assertThat(named.exitCode()).isEqualTo(5);
            CommandLineEntry same = up("--no-input");
            assertThat(same.err()).contains("error: another command is changing this cluster");
            assertThat(same.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void whoseLossWasAgreedToAndThatTheRunHasLeftMeanwhileIsToldAndTheRestGoesOn()
            throws IOException, InterruptedException {
        SimulatedRuns runs = new SimulatedRuns(folder);
        runs.up("c");
        write("c/cluster.yaml", WITHOUT);
        List<JournalRecord> second = runs.next("c");
        try (RunElsewhere run = elsewhere(2)) {
            Thread gives = run.givesWay(second.subList(1, second.size()));
            CommandLineEntry up = up("--yes", "--yes-wipe", "kept");
            gives.join();
            assertThat(up.err())
                    .contains(
                            "warning: --yes-wipe kept names no data that this run would leave any more")
                    .contains("Nothing to do");
            assertThat(up.exitCode()).isZero();
        }
    }

    @Test
    void whatCanOnlyBeRefusedOnceTheRunHasEndedSaysThatNobodyGoesOn()
            throws IOException, InterruptedException {
        try (RunElsewhere run = RunElsewhere.begin(folder.resolve("c"), 1, "c", "another")) {
            RunStarted next = RunElsewhere.started(2, "c", "another");
            Thread gives =
                    run.givesWay(
                            List.of(
                                    ended(1),
                                    new RunStarted(
                                            2,
                                            next.purpose(),
                                            "c",
                                            "here",
                                            "another",
                                            "ann",
                                            "1",
                                            "",
                                            new LinkedHashMap<>(Map.of("a.b", "1")),
                                            List.of(),
                                            next.atMs()),
                                    ended(2)));
            CommandLineEntry up = up("--yes");
            gives.join();
            assertThat(up.err())
                    .contains("error: another command has just changed what is set")
                    .contains("run 1 has ended for this, and nobody goes on");
            assertThat(up.exitCode()).isEqualTo(7);
        }
    }

    @Test
    void whatIsLeftOutInPlaceOfTheRunIsToldAtTheEndToo() throws IOException, InterruptedException {
        site("auto");
        try (RunElsewhere run = elsewhere(1)) {
            Thread gives = run.givesWay(List.of(ended(1)));
            CommandLineEntry up = up("--only", "it.act");
            gives.join();
            assertThat(up.err())
                    .contains(
                            "What run 1 was amended for is all that was done; 2 left out: `ashlar up ");
            assertThat(up.exitCode()).isEqualTo(4);
        }
    }

    @Test
    void aCancelReachesWhoWaitsWhileNobodyHasTheCluster() throws IOException {
        StateFolder state = StateFolder.open(folder.resolve("c"));
        assertThat(verb("cancel").err()).contains("nothing is running");
        try (SqliteRequests requests = SqliteRequests.open(state)) {
            requests.append(Amender.TAKEN, Amender.ofThisProcess(1, "").text());
            assertThat(verb("cancel").err()).contains("asked the running command to end");
            assertThat(requests.after(1)).hasSize(1);
        }
    }

    /// A run with the goal that the files say now.
    private RunElsewhere elsewhere(long run) throws IOException {
        return RunElsewhere.begin(
                folder.resolve("c"), run, "c", new SimulatedRuns(folder).composition("c").digest());
    }

    private static RunEnded ended(long run) {
        return new RunEnded(run, RunEnded.AMENDED, 0, 0, 0, 0, false, System.currentTimeMillis());
    }

    private CommandLineEntry up(String... options) {
        return verb("up", options);
    }

    private CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.resolve("c").toString(), options);
    }

    private void site(String approve) throws IOException {
        write(
                "sites/here.yaml",
                """
                site: here
                approve: %s
                providers:
                  default:
                    kind: inventory
                    machines:
                      node-1: { address: 127.0.0.1, port: 1, identity: none, host_keys: ["%s"] }
                """
                        .formatted(approve, HOST_KEY));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }
}
