package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A cluster with nothing to do. What an `up` of it keeps can be marked, so that it shows whether
/// the next takes it as it is.
final class SettledCluster {
    static final String MARK = "as it was kept";
    private static final String BUILD = "ashlar.build";
    static final String FIRST_LINE = "Cluster c at site here, 2 nodes";
    static final String CLUSTER =
            """
            cluster: c
            site: here
            packs: [small]
            groups:
              store: { count: 2, uses: { it: small/it } }
            """;
    static final String COMPONENT =
            """
            component: it
            inputs: { port: { type: int, default: 80 } }
            implements: { place: { ports: "${cluster_outputs.ports}" } }
            outputs: { port: { type: int, value: "${inputs.port}" } }
            cluster_outputs:
              ports: { type: list(int), holds: one, value: "${members.map(m, m.outputs.port)}" }
            notes: It listens at ${cluster_outputs.ports[0]}.
            steps:
              act:
                inputs: { at: "${inputs.port}" }
                script: act.sh
            """;

    private final Path folder;
    private final RecordedClusters clusters;

    /// @param folder which holds it with its site and its pack
    SettledCluster(Path folder) throws IOException {
        this.folder = folder;
        this.clusters = new RecordedClusters(folder);
        clusters.write("sites/here.yaml", RecordedClusters.site());
        clusters.write(
                "packs/small/pack.yaml",
                "pack: small\nversion: 1.0.0\ninterfaces:\n  place: { ports: list(int) }\n");
        clusters.write("packs/small/it.yaml", COMPONENT);
        clusters.write("packs/small/act.sh", "echo \"$AT\"\n");
        clusters.write("c/cluster.yaml", CLUSTER);
        clusters.up("c");
    }

    /// Has commands know which build they are, as the launcher does.
    static void isOfBuild(String build) {
        System.setProperty(BUILD, build);
    }

    static void isOfNoBuild() {
        System.clearProperty(BUILD);
    }

    RecordedClusters clusters() {
        return clusters;
    }

    Path kept() {
        return state().settled();
    }

    StateFolder state() {
        return StateFolder.open(folder.resolve("c"));
    }

    CommandLineEntry up(String... options) {
        List<String> words = new ArrayList<>(List.of("c"));
        words.addAll(List.of(options));
        return clusters.verb("up", words.toArray(String[]::new));
    }

    /// Nobody waits for the machines, which are not there.
    CommandLineEntry upAtOnce(String... options) {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("--yes", "--timeout", "1s"));
        return up(words.toArray(String[]::new));
    }

    /// Marks what was kept.
    void mark() throws IOException {
        String kept = Files.readString(kept());
        String marked = kept.replace("\"headline\":[", "\"headline\":[\"" + MARK + "\",");
        assertThat(marked).isNotEqualTo(kept);
        Files.writeString(kept(), marked);
    }

    void upAndMark() throws IOException {
        assertThat(up().exitCode()).isZero();
        mark();
        expectAsKept(up());
    }

    static void expectAsKept(CommandLineEntry up) {
        assertThat(up.err()).startsWith(MARK).contains("Nothing to do: as verified");
        assertThat(up.exitCode()).isZero();
    }

    /// There is nothing to do, and this was found by looking.
    static void expectFoundAnew(CommandLineEntry up) {
        assertThat(up.err()).startsWith(FIRST_LINE).contains("Nothing to do: as verified");
        assertThat(up.exitCode()).isZero();
    }

    /// There is something to do, and nobody at whom it could be done.
    static void expectTried(CommandLineEntry up) {
        assertThat(up.err()).startsWith(FIRST_LINE).doesNotContain("Nothing to do");
        assertThat(up.exitCode()).isEqualTo(1);
    }

    static void expectRefused(CommandLineEntry up, String why) {
        assertThat(up.err()).contains(why).doesNotContain(MARK);
        assertThat(up.exitCode()).isEqualTo(3);
    }

    /// A line that says nothing.
    void append(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, Files.readString(file) + "# changed\n");
    }
}
