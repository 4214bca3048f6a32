package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.simulation.SimulationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `why` tells why an instance was done when it was done last.
class WhyTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void itWasDoneForAnInputThatHadChanged() throws IOException {
        SettledCluster cluster = new SettledCluster(folder);
        assertThat(cluster.clusters().verb("why", "it.act@store-1", "c").out())
                .contains("last success: run 1, ", "    because it had never been done\n");

        cluster.clusters()
                .write(
                        "c/cluster.yaml",
                        SettledCluster.CLUSTER.replace(
                                "it: small/it", "it: { component: small/it, with: { port: 81 } }"));
        cluster.clusters().up("c");

        CommandLineEntry why = cluster.clusters().verb("why", "it.act@store-1", "c");
        assertThat(why.exitCode()).isZero();
        assertThat(why.out())
                .contains("last success: run 2, ")
                .containsPattern(
                        "    because input inputs\\.\\w+ changed: 80 -> 81 \\(.*cluster\\.yaml:5:\\d+.*\\)\n");
        CommandLineEntry json = cluster.clusters().verb("why", "it.act@store-1", "c", "--json");
        assertThat(
                        new JsonMapper()
                                .readTree(json.out())
                                .path("last_success")
                                .path("reasons")
                                .path(0)
                                .asString())
                .startsWith("input inputs.");
    }

    @Test
    void ofWhatWasTakenBackItIsSaidWhen() throws IOException {
        SettledCluster cluster = new SettledCluster(folder);
        cluster.clusters()
                .runs("c", simulation -> simulation.down(SimulationOptions.of(1), Set.of()));

        assertThat(cluster.clusters().verb("why", "it.act@store-1", "c").out())
                .contains("  now: would run: nothing is there of it any more")
                .contains("\n  taken back: run 2, ");
        CommandLineEntry json = cluster.clusters().verb("why", "it.act@store-1", "c", "--json");
        assertThat(new JsonMapper().readTree(json.out()).path("taken_back").path("run").asInt())
                .isEqualTo(2);

        cluster.clusters().up("c");
        assertThat(cluster.clusters().verb("why", "it.act@store-1", "c").out())
                .contains("    because what was there of it had been taken back in run 2\n")
                .doesNotContain("taken back: run");
    }

    @Test
    void whoLeavesTheNodeOutIsToldWhatThereIs() throws IOException {
        SettledCluster cluster = new SettledCluster(folder);
        for (String asked : new String[] {"it", "it.act"}) {
            CommandLineEntry refused = cluster.clusters().verb("why", asked, "c");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("error: no instance \"" + asked + "\"")
                    .contains("help: name one of them: it.act@store-1");
        }
        assertThat(cluster.clusters().verb("why", "it.atc@store-1", "c").err())
                .contains("did you mean \"it.act@store-1\"?");
    }
}
