package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.app.cluster.Acting;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.engine.past.Past;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.store.StoreException;
import dev.ashlar.store.folder.StateFolder;
import dev.ashlar.store.sqlite.SqliteJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A cluster of many runs: who may change it leaves a checkpoint, and reading goes on from there.
class LongRecordTest {
    private static final int RUNS = 30;

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void manyRuns() throws IOException {
        Sandbox.copy(Host.checkout().resolve("examples/etcd"), folder.resolve("etcd"));
        for (String part : new String[] {"packs", "sites"}) {
            Sandbox.copy(Host.checkout().resolve(part), folder.resolve("etcd").resolve(part));
        }
        new SimulatedRuns(folder)
                .runs(
                        "etcd",
                        simulation -> {
                            simulation.up(SimulationOptions.of(1));
                            for (int i = 2; i <= RUNS; i++) {
                                simulation.up(
                                        SimulationOptions.of(i),
                                        simulation.graph().instances().keySet());
                            }
                        });
    }

    private void actOnce() {
        assertThat(Acting.take(cluster()))
                .isInstanceOfSatisfying(
                        Acting.Attempt.Granted.class, granted -> granted.acting().close());
    }

    private Path cluster() {
        return folder.resolve("etcd");
    }

    private Past whole() {
        Past past = new Past();
        try (SqliteJournal journal =
                SqliteJournal.openToRead(StateFolder.open(cluster())).orElseThrow()) {
            journal.readAll(past::apply);
        }
        return past;
    }

    private void change(String statement) throws SQLException {
        Path file = StateFolder.open(cluster()).database();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement change = connection.createStatement()) {
            change.executeUpdate(statement);
        }
    }

    @Test
    void whatIsReadFromTheCheckpointOnIsWhatTheWholeRecordSays() {
        assertThat(whole().records()).isGreaterThan(1_000);
        actOnce();
        Past read = Recorded.read(cluster()).past();
        assertThat(read.checkpoint()).isEqualTo(whole().checkpoint());
        assertThat(read.runs()).hasSize(RUNS);
    }

    @Test
    void recordsBeforeItAreNotReadAnyMoreWhereTheyAreNotAskedFor() throws SQLException {
        actOnce();
        long records = whole().records();
        change("UPDATE records SET body = '{}' WHERE number = 1");
        assertThat(Recorded.read(cluster()).past().records()).isEqualTo(records);
        assertThat(CommandLineEntry.run("plan", cluster().toString()).exitCode()).isZero();
        CommandLineEntry runs = CommandLineEntry.run("runs", cluster().toString(), "--json");
        assertThat(Sandbox.document(runs.out()).path("runs").size()).isEqualTo(RUNS);

        change("DELETE FROM checkpoint");
        assertThatThrownBy(() -> Recorded.read(cluster()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("record 1 is not as it was written");
    }
}
