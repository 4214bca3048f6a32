package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whatever is done to any record, short of computing all checksums anew, is found without asking
/// anybody.
class AuditTamperTest {
    /// Nobody answers: whether more was cut off, nobody can know.
    private static final int INTACT = 4;

    @TempDir Path folder;
    private RecordedClusters clusters;
    private int records;

    @BeforeEach
    void aRecord() throws Exception {
        clusters = new RecordedClusters(folder);
        clusters.write("sites/here.yaml", RecordedClusters.site());
        clusters.write("packs/small/pack.yaml", "pack: small\nversion: 1.0.0\n");
        clusters.write(
                "packs/small/it.yaml",
                "component: it\nsteps: { act: { run: \"true\" }, then: { run: \"true\", after: [act] } }\n");
        clusters.write(
                "kv/cluster.yaml",
                """
                cluster: kv
                site: here
                packs: [small]
                groups: { store: { count: 2, uses: { it: small/it } } }
                """);
        clusters.up("kv");
        records = count();
        assertThat(records).isGreaterThan(10);
        assertThat(verify().exitCode()).as(verify().err()).isEqualTo(INTACT);
    }

    private CommandLineEntry verify() {
        return CommandLineEntry.run(List.of("audit", "verify", folder.resolve("kv").toString()));
    }

    @Test
    void aRecordThatIsChangedIsFoundWhicheverItIs() throws Exception {
        for (int number = 1; number <= records; number++) {
            found(
                    number,
                    "UPDATE records SET body = replace(body, '\"v\"', '\"V\"') WHERE number = %1$d");
        }
    }

    @Test
    void aRecordThatIsRemovedIsFoundWhicheverItIs() throws Exception {
        for (int number = 1; number <= records; number++) {
            found(
                    number,
                    "DELETE FROM records WHERE number = %1$d",
                    "UPDATE records SET number = -number WHERE number > %1$d",
                    "UPDATE records SET number = -number - 1 WHERE number < 0");
        }
    }

    @Test
    void recordsThatHaveChangedPlacesAreFoundWhicheverTheyAre() throws Exception {
        for (int number = 1; number < records; number++) {
            found(
                    number,
                    "UPDATE records SET number = -1 WHERE number = %1$d",
                    "UPDATE records SET number = %1$d WHERE number = %1$d + 1",
                    "UPDATE records SET number = %1$d + 1 WHERE number = -1");
        }
    }

    @Test
    void aRecordThatIsPutInIsFoundWhereverItIs() throws Exception {
        for (int number = 1; number <= records; number++) {
            found(
                    number,
                    "UPDATE records SET number = -number WHERE number > %1$d",
                    "UPDATE records SET number = -number + 1 WHERE number < 0",
                    "INSERT INTO records SELECT %1$d + 1, body, chain FROM records WHERE number = %1$d");
        }
    }

    /// Does it, asks, and puts all back.
    private void found(int number, String... statements) throws Exception {
        try (Connection database = database()) {
            try (Statement statement = database.createStatement()) {
                statement.executeUpdate("CREATE TABLE kept AS SELECT * FROM records");
                for (String one : statements) {
                    assertThat(statement.executeUpdate(one.formatted(number)))
                            .as(one)
                            .isGreaterThanOrEqualTo(0);
                }
            }
            assertThat(verify().exitCode())
                    .as("record %d: %s", number, statements[0])
                    .isEqualTo(ExitCode.NOT_MINE.code());
            try (Statement statement = database.createStatement()) {
                statement.executeUpdate("DELETE FROM records");
                statement.executeUpdate("INSERT INTO records SELECT * FROM kept");
                statement.executeUpdate("DROP TABLE kept");
            }
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("kv/.ashlar/state.db"));
    }

    private int count() throws SQLException, IOException {
        try (Connection database = database();
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM records")) {
            return rows.getInt(1);
        }
    }
}
