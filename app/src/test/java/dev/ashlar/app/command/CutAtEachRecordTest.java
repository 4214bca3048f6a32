package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.resolve.Conditions;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Simulation;
import dev.ashlar.simulation.SimulationOptions;
import dev.ashlar.simulation.experiment.Experiment;
import dev.ashlar.simulation.experiment.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The controller dies after each record in turn, of every pack that comes along, of the examples,
/// and of a pack with most of what a pack can have. All of it is found by looking, so that no pack
/// is left out.
class CutAtEachRecordTest {
    private static final Path PRESS =
            Path.of("app/src/test/resources/dev/ashlar/app/acceptance/press/packs");

    static List<Path> clusters() throws IOException {
        return Stream.concat(
                        Stream.concat(
                                files("packs", CutAtEachRecordTest::isTestCluster),
                                files(PRESS.toString(), CutAtEachRecordTest::isTestCluster)),
                        files("examples", file -> file.endsWith("cluster.yaml")))
                .toList();
    }

    private static boolean isTestCluster(Path file) {
        return file.resolveSibling("").endsWith("test");
    }

    private static Stream<Path> files(String folder, Predicate<Path> wanted) throws IOException {
        try (Stream<Path> walked = Files.walk(Host.checkout().resolve(folder))) {
            return walked.filter(Files::isRegularFile).filter(wanted).sorted().toList().stream();
        }
    }

    @Test
    void everyPackHasACluster() throws IOException {
        try (Stream<Path> packs = Files.list(Host.checkout().resolve("packs"))) {
            assertThat(packs)
                    .allSatisfy(
                            pack -> assertThat(clusters()).anyMatch(file -> file.startsWith(pack)));
        }
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void anUp(Path cluster) {
        CommandLineEntry entry =
                CommandLineEntry.run(
                        "simulate",
                        cluster.toString(),
                        "--fresh",
                        "--seed",
                        "7",
                        "--crash-after",
                        "each",
                        "--json");
        JsonNode campaign = Sandbox.document(entry.out());
        assertThat(campaign.path("failed").toPrettyString()).isEqualTo("[ ]");
        assertThat(entry.exitCode()).as(entry.err()).isZero();
        assertThat(campaign.path("runs").asInt()).isEqualTo(records(cluster)).isGreaterThan(10);
    }

    /// What a run without a crash leaves behind, but for its first record.
    private static int records(Path cluster) {
        return built(cluster).journal().size() - 1;
    }

    @ParameterizedTest
    @MethodSource("clusters")
    void aDown(Path cluster) {
        Simulation built = built(cluster);
        Graph nothing = Graph.of(Composition.empty(built.graph().composition().name()));
        SimulationOptions options = SimulationOptions.of(7);
        int records = Experiment.records(nothing, built.journal(), options);
        assertThat(records).isGreaterThan(10);
        for (int record = 1; record <= records; record++) {
            Result result = Experiment.run(nothing, built.journal(), options.crashingAfter(record));
            assertThat(result.violations()).as("after record " + record).isEmpty();
            assertThat(result.isDone()).as("after record " + record).isTrue();
            assertThat(result.struck(Fault.CONTROLLER_CRASH)).isOne();
        }
    }

    private static Simulation built(Path cluster) {
        Composition composition = SimulatedRuns.composition(cluster, Host.checkout());
        Simulation simulation = new Simulation(Conditions.wanted(composition, new Past()));
        simulation.fleet().natures().ordinary();
        assertThat(simulation.up(SimulationOptions.of(1)).isDone()).isTrue();
        return simulation;
    }
}
