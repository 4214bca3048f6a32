package dev.ashlar.app.command;

import static dev.ashlar.app.command.SettledCluster.CLUSTER;
import static dev.ashlar.app.command.SettledCluster.FIRST_LINE;
import static dev.ashlar.app.command.SettledCluster.MARK;
import static dev.ashlar.app.command.SettledCluster.expectAsKept;
import static dev.ashlar.app.command.SettledCluster.expectFoundAnew;
import static dev.ashlar.app.command.SettledCluster.expectTried;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.cluster.Settled;
import dev.ashlar.store.folder.ControllerLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// An `up` with nothing to do after one that had nothing to do.
class UnchangedTest extends OnSettledCluster {
    @ParameterizedTest
    @ValueSource(strings = {"human", "json", "ndjson"})
    void saysTheSame(String format) throws IOException {
        CommandLineEntry first = cluster.up("-o", format);
        cluster.mark();
        CommandLineEntry again = cluster.up("-o", format);

        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).isNotEmpty();
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).isEqualTo(first.out());
        assertThat(again.err()).isEqualTo(MARK + "\n" + first.err());
    }

    @Test
    void tellsHowItIsReachedAndHowFreshThatIs() throws IOException {
        cluster.upAndMark();
        assertThat(cluster.up().out()).isEqualTo("It listens at 80.\n");
        assertThat(cluster.up().err()).contains("Nothing to do: as verified", "no node answers");
    }

    @Test
    void theRecordGoesOn() throws IOException {
        cluster.upAndMark();
        cluster.clusters()
                .runs(
                        "c",
                        simulation ->
                                simulation.up(
                                        RecordedClusters.breaking("it.act@store-1"),
                                        simulation.graph().instances().keySet()));
        expectTried(cluster.upAtOnce());
    }

    @Test
    void damageOfTheRecordIsSeen() throws IOException, SQLException {
        cluster.upAndMark();
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + cluster.state().database());
                Statement statement = database.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    "UPDATE records SET body = body || ' ' WHERE number = 3"))
                    .isOne();
        }
        CommandLineEntry up = cluster.up();
        assertThat(up.err()).contains("record 3 is not as it was written").doesNotContain(MARK);
        assertThat(up.exitCode()).isEqualTo(7);
    }

    @Test
    void whatHoldsTheClusterIsLookedAt() throws IOException {
        cluster.upAndMark();
        ControllerLock.Attempt attempt = ControllerLock.take(cluster.state());
        assertThat(attempt).isInstanceOf(ControllerLock.Attempt.Taken.class);
        try (var _ = ((ControllerLock.Attempt.Taken) attempt).lock()) {
            expectFoundAnew(cluster.up());
        }
        cluster.mark();
        expectAsKept(cluster.up());
    }

    static List<Arguments> others() {
        return List.of(
                Arguments.of(1, List.of("--set", "groups.store.it.port=81")),
                Arguments.of(0, List.of("--set", "groups.store.count=2")),
                Arguments.of(0, List.of("--site", "here")),
                Arguments.of(0, List.of("--limit", "store-1")),
                Arguments.of(0, List.of("--skip", "*")),
                Arguments.of(0, List.of("--save")),
                Arguments.of(0, List.of("--dry-run")),
                Arguments.of(4, List.of("--verify")));
    }

    @ParameterizedTest
    @MethodSource("others")
    void somethingElseIsAsked(int exitCode, List<String> options) throws IOException {
        cluster.upAndMark();
        CommandLineEntry up = cluster.upAtOnce(options.toArray(String[]::new));
        assertThat(up.err()).startsWith(FIRST_LINE);
        assertThat(up.exitCode()).isEqualTo(exitCode);
    }

    @Test
    void anotherFileInTheFolderIsAnotherCluster() throws IOException {
        cluster.upAndMark();
        cluster.clusters().write("c/other.yaml", CLUSTER.replace("count: 2", "count: 1"));
        CommandLineEntry up =
                cluster.clusters().verb("up", "c/other.yaml", "--yes", "--timeout", "1s");
        assertThat(up.err()).startsWith("Cluster c at site here, 1 node\n");
        assertThat(up.exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", ""})
    void anotherBuildFindsItAnew(String build) throws IOException {
        cluster.upAndMark();
        if (build.isEmpty()) {
            SettledCluster.isOfNoBuild();
        } else {
            SettledCluster.isOfBuild(build);
        }
        expectFoundAnew(cluster.up());
        assertThat(Files.readString(cluster.kept()).contains(MARK))
                .as("who does not know its build keeps nothing")
                .isEqualTo(build.isEmpty());
    }

    @Test
    void aYesForAnotherClusterIsRefusedAllTheSame() throws IOException {
        cluster.upAndMark();
        CommandLineEntry up = cluster.up("--yes=another");
        assertThat(up.exitCode()).isEqualTo(3);
        assertThat(up.err())
                .startsWith(MARK)
                .contains("--yes=another was given, and this is cluster c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "{\"asked\":7}", "\u0000"})
    void whatCannotBeReadIsNone(String text) throws IOException {
        cluster.upAndMark();
        Files.writeString(cluster.kept(), text);
        expectFoundAnew(cluster.up());
        assertThat(Settled.read(cluster.state()).orElseThrow().headline())
                .containsExactly(FIRST_LINE);
    }

    @Test
    void isTheOwnersAloneAndNoPartOfTheState() throws IOException {
        assertThat(cluster.up().exitCode()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cluster.kept())))
                .isEqualTo("rw-------");
        Path copy = folder.resolve("copy.zip");
        CommandLineEntry backup =
                CommandLineEntry.run(
                        List.of(
                                "state",
                                "backup",
                                copy.toString(),
                                folder.resolve("c").toString()));
        assertThat(backup.exitCode()).isZero();
        try (ZipFile zip = new ZipFile(copy.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .isNotEmpty()
                    .noneMatch(name -> name.contains("settled"));
        }
    }
}
