package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Finished;
import dev.ashlar.app.kit.Host;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import dev.ashlar.app.kit.WitnessClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Members come to a running etcd cluster and go from it, alive and dead; a client writes
/// meanwhile.
@Tag("lab")
class GrowthTest {
    private static final List<String> FOUNDERS = List.of("store-1", "store-2", "store-3");
    private static final List<String> STEPS =
            List.of(
                    "node.acquire",
                    "kv.install",
                    "kv.peer_certificate",
                    "kv.certificate",
                    "kv.configure",
                    "kv.run");

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void membersComeAndGoAndTheOthersServeOn() {
        EtcdCluster three = EtcdCluster.printedBy(sandbox, sandbox.verb("up", "--yes").expect(0));
        Map<String, String> processes = processes();

        assertThat(actions("groups.store.count=5"))
                .isEqualTo(expected("create", "kv.join", "store-4", "store-5"));
        EtcdCluster five =
                witnessed(three, three.endpoints().getFirst(), "--set", "groups.store.count=5");
        assertThat(processes()).isEqualTo(processes);
        assertThat(five.endpoints()).hasSize(5);
        five.expectHealthy();
        expectNothingToDo("--set", "groups.store.count=5");
        sandbox.verb("up", "--verify", "--set", "groups.store.count=5").expect(0);

        assertThat(actions("groups.store.count=4"))
                .isEqualTo(expected("remove", "kv.leave", "store-5"));
        EtcdCluster four =
                witnessed(five, five.endpoints().getLast(), "--set", "groups.store.count=4");
        assertThat(processes()).isEqualTo(processes);
        assertThat(members(four))
                .containsExactlyInAnyOrder("store-1", "store-2", "store-3", "store-4");
        four.expectHealthy();
        expectNothingToDo("--set", "groups.store.count=4");

        // One that is dead goes as well; it has not served before, and is not waited for.
        sandbox.lab("power-off", "store-4");
        assertThat(sandbox.verb("up", "--yes").expect(5).err())
                .contains("groups.store.count is 4 by --set since run", "cluster.yaml:")
                .contains(" says 3");
        EtcdCluster again =
                EtcdCluster.printedBy(sandbox, sandbox.verb("up", "--yes", "--reset").expect(0));
        assertThat(processes()).isEqualTo(processes);
        assertThat(members(again)).containsExactlyInAnyOrderElementsOf(FOUNDERS);
        again.expectHealthy();
        assertThat(sandbox.run("lab", "list", "etcd").expect(0).out())
                .contains(FOUNDERS)
                .doesNotContain("store-4", "store-5");
        expectNothingToDo();
        assertThat(sandbox.json("status").path("instances"))
                .isNotEmpty()
                .allMatch(one -> one.path("state").asString().equals("done"));
        again.witness("etcd").expectAgreement(FOUNDERS);
    }

    /// Of two members the first cannot serve while the second is announced and not up: what was cut
    /// short right there is still brought to its end, by nobody else's help.
    @Test
    void aSecondMemberComesThoughItsJoiningWasCutShort() throws IOException {
        Sandbox.copy(
                Host.checkout().resolve("packs/etcd"), sandbox.cluster().resolve("packs/etcd"));
        String join = sandbox.read("etcd/packs/etcd/join.sh");
        EtcdCluster one =
                EtcdCluster.printedBy(
                        sandbox, sandbox.verb("up", "--set", "groups.store.count=1").expect(0));
        sandbox.write("etcd/packs/etcd/join.sh", join + "sleep 60\n");
        Running up = sandbox.startVerb("up", "--set", "groups.store.count=2");
        up.awaitErr("kv\\.join@store-2 running", Sandbox.BOUND);
        one.handCertificateTo(sandbox.machine("store-1"));
        await().atMost(Sandbox.BOUND)
                .until(() ->
                        one.etcdctl(
                                        sandbox.machine("store-1"),
                                        one.endpoints().getFirst(),
                                        "member list")
                                .out()
                                .contains("unstarted"));
        up.kill();
        up.finish(Sandbox.BOUND);

        sandbox.write("etcd/packs/etcd/join.sh", join);
        Finished again = sandbox.verb("up", "--set", "groups.store.count=2").expect(0);
        EtcdCluster.printedBy(sandbox, again).expectHealthy();
        // Another size and other ports in one edit: who leaves is let out by one as it runs.
        Finished shrunk =
                sandbox.verb(
                                "up",
                                "--set",
                                "groups.store.count=1",
                                "--set",
                                "groups.store.kv.client_port=12379")
                        .expect(0);
        EtcdCluster.printedBy(sandbox, shrunk).expectHealthy();
    }

    /// Brings the cluster to another size while a client writes.
    ///
    /// @param first the member that the client would rather write to
    private EtcdCluster witnessed(EtcdCluster before, String first, String... options) {
        WitnessClient client = WitnessClient.start(before, sandbox.machine("store-1"), first);
        Finished up = sandbox.verb("up", options);
        assertThat(client.stop()).as("writes that failed").isEmpty();
        EtcdCluster after = EtcdCluster.printedBy(sandbox, up.expect(0));
        assertThat(client.acknowledged()).hasSizeGreaterThan(10);
        assertThat(after.endpoints())
                .allSatisfy(endpoint -> assertThat(client.missing(endpoint)).isEmpty());
        return after;
    }

    private Map<String, String> processes() {
        return EtcdCluster.processes(sandbox, FOUNDERS);
    }

    /// As the members themselves list each other.
    private List<String> members(EtcdCluster cluster) {
        return cluster.etcdctl(
                        sandbox.machine("store-1"), cluster.endpoints().getFirst(), "member list")
                .expect(0)
                .out()
                .lines()
                .map(line -> line.split(", ")[2])
                .toList();
    }

    /// What would be done, to every instance to which something would.
    private Map<String, String> actions(String set) {
        return sandbox.json("plan", "--set", set)
                .path("instances")
                .valueStream()
                .filter(one -> !one.path("action").asString().equals("unchanged"))
                .collect(
                        Collectors.toMap(
                                one -> one.path("instance").asString(),
                                one -> one.path("action").asString()));
    }

    private static Map<String, String> expected(String action, String step, String... nodes) {
        return List.of(nodes).stream()
                .flatMap(node ->
                        Stream.concat(STEPS.stream(), Stream.of(step))
                                .map(name -> name + "@" + node))
                .collect(Collectors.toMap(instance -> instance, _ -> action));
    }

    private void expectNothingToDo(String... options) {
        assertThat(sandbox.verb("up", options).expect(0).err()).contains("Nothing to do");
    }
}
