package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.model.identity.InstanceKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The state that real runs of the first version left, beside the files they went by: twenty-five
/// runs on three machines, of which the first two failed and the last was killed with ten starts
/// that nobody heard the end of, and a checkpoint behind most of their records. Every later version
/// must read it and go on.
class KeptRunsTest {
    @TempDir private Path around = Path.of("");

    private Path folder = around;
    private Path cluster = around;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        Path kept =
                Path.of(Objects.requireNonNull(KeptRunsTest.class.getResource("kept-1")).toURI());
        folder = around.resolve("kept");
        Sandbox.copy(kept, folder);
        cluster = folder.resolve("cluster");
        Path state = Files.createDirectory(cluster.resolve(".ashlar"));
        Files.move(folder.resolve("lineage"), state.resolve("lineage"));
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(folder.resolve("state.db.gz")))) {
            Files.copy(in, state.resolve("state.db"));
        }
    }

    @Test
    void theCheckpointAndTheRecordsComeToTheSame() throws SQLException {
        Recorded byCheckpoint = Recorded.read(cluster);
        Path database = byCheckpoint.state().orElseThrow().database();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM checkpoint")).isEqualTo(29);
        }
        Recorded byRecords = Recorded.read(cluster);
        assertThat(byRecords.past().checkpoint()).isEqualTo(byCheckpoint.past().checkpoint());
        assertThat(byRecords.past().records()).isEqualTo(1113);
        assertThat(byRecords.past().runs()).hasSize(25);
        assertThat(byRecords.past().standing()).hasSize(28);
        assertThat(byRecords.past().interruptions().keySet())
                .hasSize(10)
                .allMatch(key -> key.node().orElseThrow().equals("pair-2"))
                .contains(InstanceKey.parse("speaker.part[0]@pair-2").orElseThrow());
    }

    @Test
    void whatWasCutShortIsTakenUpAndWhatStandsStays() {
        CommandLineEntry plan =
                CommandLineEntry.run(List.of("plan", "-C", folder.toString(), "cluster"));
        assertThat(plan.exitCode()).isZero();
        assertThat(plan.out())
                .contains(
                        "Plan: 1 to change, 1 to decide while it runs, 10 to repair, 16 to leave as they are",
                        "cut short in run 25",
                        "input inputs.saying changed: \"word21\" -> \"killed\"");
    }

    @Test
    void eachRunIsListedAsItEnded() {
        CommandLineEntry runs =
                CommandLineEntry.run(List.of("runs", "-C", folder.toString(), "cluster"));
        assertThat(runs.out().lines())
                .hasSize(25)
                .first()
                .asString()
                .contains("failed", "25 ran, 0 unchanged, 2 failed, 1 blocked");
        assertThat(runs.out().lines().skip(24)).first().asString().contains("cut short after 21");
    }
}
