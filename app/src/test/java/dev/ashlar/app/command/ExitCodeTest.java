package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import dev.ashlar.store.folder.ControllerLock;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every exit code that needs no machine, through the command line. 6 is in `TrustTest` and
/// `LabWithoutRootTest`, 130 in `InterruptTest`.
class ExitCodeTest {
    @TempDir private Path folder = Path.of("");

    private CommandLineEntry verb(String verb, String... options) {
        return CommandLineEntry.run(verb, folder.toString(), options);
    }

    @BeforeEach
    void writeCluster() {
        new SmallCluster(folder).site(1, "auto");
    }

    @Test
    void doneAndNothingToDoAre0() {
        assertThat(verb("plan").exitCode()).isEqualTo(0);
        assertThat(verb("down").exitCode()).isEqualTo(0);
    }

    @Test
    void aFailureInWhatWasWrittenIs1() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            new SmallCluster(folder).site(listening.getLocalPort(), "auto");
            CommandLineEntry up = verb("up");
            assertThat(up.err()).contains("[identity, in what was written]");
            assertThat(up.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void changesAre2OnlyWhereAskedFor() {
        assertThat(verb("plan", "--detailed-exitcode").exitCode()).isEqualTo(2);
    }

    @Test
    void invalidInputIs3() {
        new SmallCluster(folder).write("cluster.yaml", "cluster: small\npakcs: []\n");
        assertThat(verb("up").exitCode()).isEqualTo(3);
    }

    @Test
    void aNodesFaultAloneIs4() {
        CommandLineEntry up = verb("up");
        assertThat(up.err()).contains("[unreachable, the node's fault]");
        assertThat(up.exitCode()).isEqualTo(4);
    }

    @Test
    void waitingForApprovalIs5() {
        new SmallCluster(folder).site(1, "ask");
        assertThat(verb("up", "--no-input").exitCode()).isEqualTo(5);
    }

    @Test
    void aStateThatAnotherHoldsOrThatIsDamagedIs7() throws IOException {
        StateFolder state = StateFolder.open(folder);
        SqliteJournal.open(state).close();
        try (ControllerLock lock =
                ((ControllerLock.Attempt.Taken) ControllerLock.take(state)).lock()) {
            assertThat(lock).isNotNull();
            assertThat(verb("up").exitCode()).isEqualTo(7);
        }
        Files.writeString(state.database(), "no database");
        assertThat(verb("up").exitCode()).isEqualTo(7);
    }

    /// The record is whole and by its chain Ashlar's own, and says of a machine's access what
    /// Ashlar never writes: that can only be a bug.
    @Test
    void whatShouldBeImpossibleIs70() {
        MachineOnRecord.leave(folder, "{");
        CommandLineEntry down = verb("down", "--yes");
        assertThat(down.err())
                .contains("this is a bug in Ashlar", "--debug")
                .doesNotContain("\tat ");
        assertThat(down.exitCode()).isEqualTo(70);
        assertThat(verb("down", "--yes", "--debug").err()).contains("\tat dev.ashlar.");
    }

    /// What stands is another cluster's, or stands elsewhere: neither `up` nor `down` touches it.
    @Test
    void theStateOfAnotherClusterIs7() throws IOException {
        MachineOnRecord.leave(folder, "{");
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(file, Files.readString(file).replace("cluster: small", "cluster: other"));
        for (String verb : List.of("up", "down")) {
            CommandLineEntry refused = verb(verb, "--yes");
            assertThat(refused.err())
                    .contains("what stands was made for cluster small, and this is cluster other");
            assertThat(refused.exitCode()).isEqualTo(7);
        }
        assertThat(verb("down", "--yes", "--site", "there").exitCode()).isEqualTo(7);
        for (String verb : List.of("up", "plan", "simulate")) {
            assertThat(verb(verb, "--reset=groups.nobodys.count").exitCode())
                    .as("%s: whose it is comes before what is set", verb)
                    .isEqualTo(7);
        }
    }

    @Test
    void aRecordThatIsGoneIs7() throws IOException {
        StateFolder state = StateFolder.open(folder);
        Files.createDirectory(state.pki());
        CommandLineEntry up = verb("up");
        assertThat(up.err()).contains("state.db is damaged: it is missing");
        assertThat(up.exitCode()).isEqualTo(7);
    }

    @Test
    void ofSeveralFailuresTheGravestDecides() {
        assertThat(of(Fault.NODE, Fault.SITE)).isEqualTo(ExitCode.NODE_OR_SITE);
        assertThat(of(Fault.NODE, Fault.USER)).isEqualTo(ExitCode.FAILED);
        assertThat(of(Fault.USER, Fault.ACCESS, Fault.NODE)).isEqualTo(ExitCode.NOT_ALLOWED);
        assertThat(of(Fault.ACCESS, Fault.BUG, Fault.USER)).isEqualTo(ExitCode.BUG);
        assertThat(of()).isEqualTo(ExitCode.FAILED);
    }

    private static ExitCode of(Fault... faults) {
        return ExitCode.of(
                Arrays.stream(faults)
                        .map(fault -> Failure.lasting("kind", fault, "message"))
                        .toList());
    }

    /// The codes are a contract: their numbers and their places in the help never change.
    @Test
    void helpListsEveryCode() {
        CommandLineEntry help = CommandLineEntry.run(List.of("--help"));
        assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 70, 130);
        String oneLine = (help.out() + " ").replaceAll("\\s+", " ");
        for (ExitCode code : ExitCode.values()) {
            assertThat(oneLine).contains(" %d %s ".formatted(code.code(), code.meaning()));
        }
    }

    @Test
    void theReferenceSaysOfEveryCodeWhatTheHelpSays() throws IOException {
        List<String> rows =
                Files.readAllLines(Host.checkout().resolve("docs/reference/cli.md")).stream()
                        .filter(line -> line.matches("\\| \\d+ \\| .*"))
                        .map(line -> line.replace("`", ""))
                        .toList();
        assertThat(rows)
                .isEqualTo(
                        Arrays.stream(ExitCode.values())
                                .map(code -> "| %d | %s |".formatted(code.code(), code.meaning()))
                                .toList());
    }
}
