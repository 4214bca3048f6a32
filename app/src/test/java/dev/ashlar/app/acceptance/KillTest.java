package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.HeldApt;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.MachineState;
import dev.ashlar.app.kit.Packages;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.trial.RecordedSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// The controller is killed as the kernel kills, while it builds four nodes; the same command again
/// accepts its journal and ends in the same healthy cluster as one `up` that nobody disturbed, on
/// record and on each machine. The moments are drawn from a seed, which is printed:
/// `-Dashlar.seed=N` repeats them, `-Dashlar.long=true` takes 50.
@Tag("lab")
class KillTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3", "store-4");

    /// A line of progress follows each record of the journal that starts or ends an instance: 25 of
    /// each. The last three are left out: they come at once when the last member is healthy, and
    /// after them there may be nothing to resume.
    private static final int MOMENTS = 47;

    private static final int USUAL = 5;
    private static final int LONG = 50;

    private static final Pattern RECORD =
            Pattern.compile("(?m)^ +[a-z]+\\.[a-z_]+(@\\S+)? (running|done)\\b");

    private static Optional<Built> undisturbed = Optional.empty();

    private final Sandbox sandbox = Sandbox.ofExample();

    /// What an `up` came to.
    private record Built(RecordedSnapshot record, List<MachineState> machines) {
        static Built in(Sandbox sandbox) {
            Map<String, String> addresses = new LinkedHashMap<>();
            NODES.forEach(node -> addresses.put(sandbox.machine(node).address(), node));
            return new Built(
                    RecordedSnapshot.of(sandbox.cluster()),
                    NODES.stream()
                            .map(node -> MachineState.of(sandbox.machine(node), addresses))
                            .toList());
        }

        List<String> differencesFrom(Built before) {
            List<String> found = new ArrayList<>(record.differencesFrom(before.record));
            for (int i = 0; i < machines.size(); i++) {
                found.addAll(machines.get(i).differencesFrom(before.machines.get(i)));
            }
            return found;
        }
    }

    @BeforeAll
    static void oneThatNobodyDisturbs() {
        Sandbox sandbox = Sandbox.ofExample();
        four(sandbox);
        try {
            sandbox.verb("up").expect(0);
            undisturbed = Optional.of(Built.in(sandbox));
        } finally {
            down(sandbox);
        }
    }

    @BeforeEach
    void four() {
        four(sandbox);
    }

    private static void four(Sandbox sandbox) {
        String cluster = sandbox.read("etcd/cluster.yaml");
        sandbox.write("etcd/cluster.yaml", cluster.replace("count: 3", "count: 4"));
    }

    @AfterEach
    void down() {
        down(sandbox);
    }

    private static void down(Sandbox sandbox) {
        try (sandbox) {
            sandbox.verb("down").expect(0);
            sandbox.expectNoTraces();
        }
    }

    static IntStream moments() {
        long seed = Long.getLong("ashlar.seed", System.nanoTime());
        int times = Boolean.getBoolean("ashlar.long") ? LONG : USUAL;
        int[] moments = new Random(seed).ints(times, 1, MOMENTS + 1).toArray();
        System.out.printf(
                "kill -9 after records %s (-Dashlar.seed=%d)%n",
                java.util.Arrays.toString(moments), seed);
        return IntStream.of(moments);
    }

    @ParameterizedTest(name = "after record {0} of a run")
    @MethodSource("moments")
    void endsInTheSameHealthyClusterWhenKilledAtARandomMoment(int moment) {
        Running up = sandbox.startVerb("up");
        up.awaitErr(said -> RECORD.matcher(said).results().count() >= moment, "record", SOON);
        up.kill();
        resumesFrom(up.finish(SOON));
    }

    @Test
    void endsInTheSameHealthyClusterWhenKilledInTheMiddleOfFounding() {
        Running up = sandbox.startVerb("up");
        up.awaitErr("kv\\.run@store-\\d running", SOON);
        up.kill();
        resumesFrom(up.finish(SOON));
    }

    @Test
    void collectsWhatAptDidWhenKilledInItsMiddle() {
        sandbox.run("lab", "up", "etcd").expect(0);
        HeldApt apt = HeldApt.on(sandbox.machine("store-2"));
        Running up = sandbox.startVerb("up");
        up.awaitErr("kv\\.install@store-2 running", SOON);
        apt.awaitReached(SOON);
        up.kill();
        Finished killed = up.finish(SOON);
        apt.release();
        apt.awaitEnded(SOON);
        apt.remove();
        resumesFrom(killed);
        assertThat(sandbox.run("logs", "kv.install@store-2", "etcd").expect(0).out())
                .contains("etcd-server");
    }

    private void resumesFrom(Finished killed) {
        assertThat(killed.exitCode()).as("%s", killed).isEqualTo(137);
        int open = interrupted(sandbox.json("status", "--cached"));

        Finished resumed = sandbox.verb("up").expect(0);

        assertThat(Built.in(sandbox).differencesFrom(undisturbed.orElseThrow())).isEmpty();
        EtcdCluster.printedBy(sandbox, resumed).expectHealthy();
        JsonNode runs = sandbox.json("runs").path("runs");
        assertThat(runs.path(0).path("outcome").asString()).isEqualTo("unfinished");
        assertThat(runs.path(1).path("outcome").asString()).isEqualTo("done");
        assertThat(runs.path(1).path("resumed").asInt()).isEqualTo(open);
        List<String> told = sandbox.verb("runs").expect(0).outLines();
        assertThat(told.get(0)).contains("cut short after");
        if (open > 0) {
            assertThat(told.get(1)).contains(open + " resumed");
        }
        for (String node : NODES) {
            Machine machine = sandbox.machine(node);
            Packages.expectInstalledOnce(machine, "etcd-server", "etcd-client");
            assertThat(machine.run("systemctl is-active etcd-kv")).isEqualTo("active");
        }
        assertThat(interrupted(sandbox.json("status", "--cached"))).isZero();
    }

    private static int interrupted(JsonNode status) {
        int count = 0;
        for (JsonNode one : status.path("instances")) {
            count += one.path("state").asString().equals("interrupted") ? 1 : 0;
        }
        return count;
    }
}
