package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.simulation.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Clusters of the examples, simulated through the command line.
class SimulateTest {
    private static final String SOME =
            "fails=0.05,cut=0.05,slow=0.05,outage=1,node-crash=0.05,controller-crash=2,cancel=1,amend=1,flaps=0.2";

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void copyExamples() throws IOException {
        for (String cluster : List.of("etcd", "web")) {
            Sandbox.copy(
                    Host.checkout().resolve("examples").resolve(cluster), folder.resolve(cluster));
            for (String part : List.of("packs", "sites")) {
                Sandbox.copy(Host.checkout().resolve(part), folder.resolve(cluster).resolve(part));
            }
        }
    }

    private CommandLineEntry simulate(String cluster, String... options) {
        return CommandLineEntry.run("simulate", folder.resolve(cluster).toString(), options);
    }

    private JsonNode document(String cluster, String... options) {
        CommandLineEntry entry =
                simulate(
                        cluster,
                        Stream.concat(Stream.of("--json"), Arrays.stream(options))
                                .toArray(String[]::new));
        assertThat(entry.exitCode()).as(entry.err()).isZero();
        return Sandbox.document(entry.out());
    }

    /// Three machines with five steps each that are part of a first run, a certificate for a
    /// person, and nobody who joins.
    @Test
    void theWholeOfACluster() {
        JsonNode etcd = document("etcd", "--seed", "7");
        assertThat(etcd.path("outcome").asString()).isEqualTo("done");
        assertThat(etcd.path("instances").asInt()).isEqualTo(3 * 6 + 1);
        assertThat(etcd.at("/lives/0/ran").asInt()).isEqualTo(3 * 6 + 1);
        assertThat(etcd.path("lives").size()).isEqualTo(1);
        assertThat(etcd.at("/path/0/step").asString()).isEqualTo("acquire");
        long decided = 0;
        for (JsonNode span : etcd.path("path")) {
            decided += span.path("lasts_ms").asLong();
        }
        assertThat(decided).isEqualTo(etcd.path("virtual_ms").asLong());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "web"})
    void theSameSeedGivesTheSameBytesAndAnotherOneOthers(String cluster) {
        List<String> options = List.of("--faults", SOME, "--seed");
        for (String format : List.of("human", "json")) {
            CommandLineEntry[] runs = new CommandLineEntry[3];
            for (int i = 0; i < runs.length; i++) {
                String seed = i == 2 ? "8" : "7";
                runs[i] =
                        simulate(
                                cluster,
                                Stream.concat(options.stream(), Stream.of(seed, "-o", format))
                                        .toArray(String[]::new));
            }
            assertThat(runs[0].out()).isEqualTo(runs[1].out()).isNotEqualTo(runs[2].out());
        }
    }

    @Test
    void nothingIsLeftInTheFolder() throws IOException {
        simulate("etcd", "--seed", "7");
        try (Stream<Path> left = Files.list(folder.resolve("etcd"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("cluster.yaml", "packs", "sites");
        }
    }

    @Test
    void aControllerThatDiesThreeTimesEndsInTheSameState() {
        JsonNode run =
                document(
                        "etcd",
                        "--set",
                        "groups.store.count=5",
                        "--seed",
                        "7",
                        "--faults",
                        "controller-crash=3");
        assertThat(run.path("lives").valueStream().map(life -> life.path("ending").asString()))
                .containsExactly("died", "died", "died", "done");
        assertThat(run.path("violations").isEmpty()).isTrue();
        assertThat(run.path("again").asString())
                .isEqualTo(
                        "ashlar simulate %s --set groups.store.count=5 --seed 7 --faults controller-crash=3"
                                .formatted(folder.resolve("etcd")));
    }

    /// What is on record says how long a step takes, and that nothing is to be done.
    @Test
    void beginsWithWhatIsOnRecordUnlessAskedOtherwise() {
        new SimulatedRuns(folder).up("etcd");
        JsonNode later = document("etcd", "--seed", "7");
        assertThat(later.path("on_record").asBoolean()).isTrue();
        assertThat(later.path("works").asInt()).isZero();
        JsonNode fresh = document("etcd", "--seed", "7", "--fresh");
        assertThat(fresh.path("on_record").asBoolean()).isFalse();
        assertThat(fresh.at("/lives/0/ran").asInt()).isEqualTo(3 * 6 + 1);
        // all but the one that tells its member's health
        assertThat(fresh.path("steps_with_known_duration").asInt())
                .isEqualTo(fresh.path("steps").asInt() - 1);
    }

    @Test
    void aFaultThatIsNoneOrANumberThatIsNoneIsRefused() {
        CommandLineEntry unknown = simulate("etcd", "--faults", "node-crush=0.1");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err())
                .isEqualTo(
                        """
                        error: --faults: there is no fault "node-crush"
                          help: did you mean "node-crash"?
                          help: there are fails, broken, cut, slow, outage, node-crash, controller-crash, cancel, amend, flaps
                        """);
        for (String wrong :
                List.of(
                        "slow=2",
                        "slow",
                        "slow=-1",
                        "controller-crash=0.5",
                        "slow=0,1",
                        "slow=x")) {
            CommandLineEntry number = simulate("etcd", "--faults", wrong);
            assertThat(number.exitCode()).as(wrong).isEqualTo(3);
            assertThat(number.err()).as(wrong).startsWith("error: --faults: ");
        }
    }

    @Test
    void theControllerDiesAfterTheRecordThatIsNamed() {
        JsonNode run = document("etcd", "--seed", "7", "--crash-after", "12");
        assertThat(run.path("lives").valueStream().map(life -> life.path("ending").asString()))
                .containsExactly("died", "done");
        assertThat(run.path("again").asString()).endsWith("--seed 7 --crash-after 12");
        for (List<String> wrong :
                List.of(
                        List.of("--crash-after", "0"),
                        List.of("--crash-after", "some"),
                        List.of("--crash-after", "1000"),
                        List.of("--crash-after", "each", "--runs", "2"))) {
            CommandLineEntry refused = simulate("etcd", wrong.toArray(String[]::new));
            assertThat(refused.exitCode()).as(wrong.toString()).isEqualTo(3);
            assertThat(refused.err()).as(wrong.toString()).contains("--crash-after");
        }
    }

    @Test
    void aCampaignDoesNotGoPastTheLastSeed() {
        String last = Long.toString(Long.MAX_VALUE - 1);
        CommandLineEntry refused = simulate("etcd", "--seed", last, "--runs", "2");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err())
                .contains("with --runs 2 --seed is at most " + (Long.MAX_VALUE - 2));
    }

    @Test
    void aFaultThatCannotStrikeIsNamedAndEndsACampaign() {
        CommandLineEntry one =
                simulate("etcd", "--seed", "7", "--faults", "slow=0.000000001,cut=1");
        assertThat(one.exitCode()).isZero();
        assertThat(one.out()).endsWith("asked for, never struck: slow\n");

        CommandLineEntry campaign =
                simulate(
                        "etcd",
                        "--seed",
                        "7",
                        "--runs",
                        "2",
                        "--faults",
                        "slow=0.000000001",
                        "--json");
        assertThat(campaign.exitCode()).isEqualTo(1);
        JsonNode document = Sandbox.document(campaign.out());
        assertThat(document.path("passed").asBoolean()).isFalse();
        assertThat(document.at("/never_struck/0").asString()).isEqualTo("slow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "web"})
    void aCampaignInWhichEveryFaultStrikes(String cluster) {
        JsonNode campaign =
                document(cluster, "--seed", "1", "--runs", "24", "--faults", SOME + ",broken=0.02");
        assertThat(campaign.path("passed").asBoolean()).isTrue();
        assertThat(campaign.path("runs").asInt()).isEqualTo(24);
        assertThat(campaign.path("faults").valueStream().map(one -> one.path("fault").asString()))
                .containsExactlyElementsOf(Fault.words());
        assertThat(campaign.path("failed").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"groups.store.kv.client_port=12379", "groups.store.count=4"})
    void aChangeOfWhatStandsUnderFaults(String set) {
        new SimulatedRuns(folder).up("etcd");
        JsonNode campaign =
                document(
                        "etcd",
                        "--set",
                        set,
                        "--seed",
                        "1",
                        "--runs",
                        "10",
                        "--faults",
                        "fails=0.05,cut=0.05,outage=1,node-crash=0.1,controller-crash=2,flaps=0.2,broken=0.05");
        assertThat(campaign.path("failed").toString()).isEqualTo("[]");
    }

    @Test
    void thePageHasEveryFaultAsItIs() throws IOException {
        List<String> rows =
                Files.readString(Host.checkout().resolve("docs/reference/simulation.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `"))
                        .toList();
        assertThat(rows)
                .containsExactlyElementsOf(
                        Arrays.stream(Fault.values())
                                .map(fault ->
                                        "| `%s` | %s | %s |"
                                                .formatted(
                                                        fault.word(),
                                                        fault.measure().words(),
                                                        fault.effect()))
                                .toList());
    }

    @Test
    void theHelpNamesEveryFault() {
        CommandLineEntry help = CommandLineEntry.run(List.of("simulate", "--help"));
        String words = help.out().replaceAll("\\s+", " ");
        assertThat(words).contains("There are " + String.join(", ", Fault.words()) + ".");
    }
}
