package dev.ashlar.app.command;

import static dev.ashlar.app.command.SettledCluster.COMPONENT;
import static dev.ashlar.app.command.SettledCluster.MARK;
import static dev.ashlar.app.command.SettledCluster.expectAsKept;
import static dev.ashlar.app.command.SettledCluster.expectFoundAnew;
import static dev.ashlar.app.command.SettledCluster.expectRefused;
import static dev.ashlar.app.command.SettledCluster.expectTried;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an `up` with nothing to do has kept is of the files as they were read.
class UnchangedFilesTest extends OnSettledCluster {
    @Test
    void aFileIsAnotherAndThereIsMoreToDo() throws IOException {
        cluster.upAndMark();
        cluster.append("packs/small/act.sh");
        expectTried(cluster.upAtOnce());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c/cluster.yaml",
                "sites/here.yaml",
                "packs/small/pack.yaml",
                "packs/small/it.yaml"
            })
    void aFileIsAnotherThatSaysTheSame(String name) throws IOException {
        cluster.upAndMark();
        cluster.append(name);
        expectFoundAnew(cluster.up());
        cluster.mark();
        expectAsKept(cluster.up());
    }

    @Test
    void aSiteIsNearer() throws IOException {
        cluster.upAndMark();
        String site = Files.readString(folder.resolve("sites/here.yaml"));
        cluster.clusters().write("c/sites/here.yaml", site.replace("store-2: {", "store-3: {"));
        expectRefused(cluster.up(), "needs store-2, which site \"here\" does not list");
    }

    @Test
    void aPackIsNearer() throws IOException {
        cluster.upAndMark();
        cluster.clusters().write("c/packs/small/pack.yaml", "pack: small\nversion: 1.0.0\n");
        expectRefused(cluster.up(), "pack \"small\" has no component \"it\"");
    }

    @ParameterizedTest
    @CsvSource({"packs/small@2.0.0/pack.yaml, 2.0.0", "packs/small/more.yaml, -"})
    void thereIsMoreOfThePack(String name, String version) throws IOException {
        cluster.upAndMark();
        cluster.clusters()
                .write(
                        name,
                        version.equals("-")
                                ? COMPONENT.replace("component: it", "component: more")
                                : "pack: small\nversion: " + version + "\n");
        CommandLineEntry up = cluster.up();
        assertThat(up.err()).doesNotContain(MARK);
        assertThat(up.exitCode()).isEqualTo(version.equals("-") ? 0 : 3);
    }

    @Test
    void aFileIsGone() throws IOException {
        cluster.upAndMark();
        Files.delete(folder.resolve("packs/small/act.sh"));
        expectRefused(cluster.up(), "act.sh");
    }

    @Test
    void aLinkLeadsElsewhere() throws IOException {
        Path script = folder.resolve("packs/small/act.sh");
        Files.copy(script, folder.resolve("packs/small/real.sh"));
        Files.copy(script, folder.resolve("outside.sh"));
        Files.delete(script);
        Files.createSymbolicLink(script, Path.of("real.sh"));
        cluster.upAndMark();
        Files.delete(script);
        Files.createSymbolicLink(script, folder.resolve("outside.sh"));
        expectRefused(cluster.up(), "leads out of the pack");
    }

    @Test
    void aWarningIsToldEachTime() throws IOException {
        String meant =
                COMPONENT.replace("{ at: \"${inputs.port}\" }", "{ at: \"${'node.name'}\" }");
        cluster.clusters().write("packs/small/it.yaml", meant);
        cluster.clusters().up("c");
        cluster.clusters()
                .write("packs/small/it.yaml", meant.replace("\"${'node.name'}\"", "node.name"));
        for (int i = 0; i < 2; i++) {
            CommandLineEntry up = cluster.up();
            assertThat(up.err()).contains("warning[ASH0212]", "Nothing to do");
            assertThat(up.exitCode()).isZero();
        }
        assertThat(cluster.kept()).doesNotExist();
    }

    /// Whether or not it asks for what is there.
    @ParameterizedTest
    @ValueSource(strings = {"requires: { of: place }\n", ""})
    void whoLooksAtAnotherClusterLooksEachTime(String requires) throws IOException {
        cluster.clusters()
                .write(
                        "packs/small/reader.yaml",
                        "component: reader\n"
                                + requires
                                + """
                                steps:
                                  read:
                                    run: echo here
                                """);
        cluster.clusters()
                .write(
                        "r/cluster.yaml",
                        """
                        cluster: r
                        site: here
                        packs: [small]
                        external:
                          theirs: { interface: place, cluster: ../c, use: it }
                        groups:
                          front: { count: 1, uses: { reader: small/reader } }
                        """);
        cluster.clusters().up("r");
        CommandLineEntry up = cluster.clusters().verb("up", "r");
        assertThat(up.err()).contains("Nothing to do");
        assertThat(up.exitCode()).isZero();
        assertThat(StateFolder.open(folder.resolve("r")).settled()).doesNotExist();
    }
}
