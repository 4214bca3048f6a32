package dev.ashlar.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A seed tells the same story in every process, whatever the virtual machine makes of the identity
/// of objects.
class AnyProcessTest {
    private static final int FIRST_SEED = 160;
    private static final int SEEDS = 40;
    private static final int RUNS = 3;

    @Test
    void aSeedTellsTheSameInEveryProcess() throws IOException, InterruptedException {
        String random = told("-XX:hashCode=0");
        assertThat(random).hasLineCount(SEEDS).contains("\n182 ");
        assertThat(told("-XX:hashCode=1")).isEqualTo(random);
    }

    /// @param identity how the virtual machine makes the hash of an object that has none of its own
    private static String told(String identity) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UnlockExperimentalVMOptions",
                                identity,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AnyProcessTest.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said;
    }

    /// The other process: a line for each seed, with the digests of its runs.
    public static void main(String[] arguments) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Simulation simulation = new Simulation(RandomCluster.of(seed, 0)).unwatched();
            StringBuilder digests = new StringBuilder(Long.toString(seed));
            for (int version : List.of(0, 1)) {
                simulation.goal(RandomCluster.of(seed, version));
                for (int run = 0; run < RUNS; run++) {
                    SimulationOptions options =
                            SimulationOptions.of(seed * 1000 + run).withFaults(Faults.MANY);
                    digests.append(' ').append(simulation.up(options).digest());
                }
            }
            System.out.println(digests);
        }
    }
}
