package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Sandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two etcd clusters under two names on the same three machines; one goes, the other does not
/// notice.
@Tag("lab")
class TwoStoresTest {
    private static final List<String> NODES = List.of("store-1", "store-2", "store-3");
    private static final String SECOND =
            """
                  second:
                    component: etcd/member
                    with: { client_port: 3379, peer_port: 3380 }
            """;

    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void oneGoesAndTheOtherKeepsItsProcessesItsDataAndItsPackages() {
        String one = sandbox.read("etcd/cluster.yaml");
        sandbox.write("etcd/cluster.yaml", one.stripTrailing() + "\n" + SECOND);
        List<EtcdCluster> stores =
                EtcdCluster.allPrintedBy(sandbox, sandbox.verb("up", "--yes").expect(0));
        assertThat(stores).hasSize(2);
        EtcdCluster first = stores.getFirst();
        assertThat(first.endpoints()).allMatch(endpoint -> endpoint.endsWith(":2379"));
        assertThat(stores.getLast().endpoints()).allMatch(end -> end.endsWith(":3379"));
        stores.forEach(EtcdCluster::expectHealthy);
        String written = written(first);
        Map<String, String> processes = processes();

        sandbox.write("etcd/cluster.yaml", one);
        assertThat(sandbox.verb("plan").expect(0).out())
                .startsWith("Plan: 16 to remove, ")
                .doesNotContain("kv.");
        sandbox.verb("up", "--yes").expect(0);

        assertThat(processes()).isEqualTo(processes);
        assertThat(written(first)).isEqualTo(written);
        first.expectHealthy();
        for (String node : NODES) {
            Machine machine = sandbox.machine(node);
            assertThat(machine.attempt("systemctl is-active etcd-second").exitCode()).isNotZero();
            assertThat(machine.run("ls /etc/ashlar")).contains("etcd-kv").doesNotContain("second");
            machine.run("etcdctl version && test -d /var/lib/etcd-second");
        }
        assertThat(sandbox.verb("up").expect(0).err()).contains("Nothing to do");
        sandbox.verb("up", "--verify").expect(0);
        sandbox.verb("down", "--yes").expect(0);
    }

    /// Those of the first store.
    private Map<String, String> processes() {
        return EtcdCluster.processes(sandbox, NODES);
    }

    /// What a client has written there.
    private String written(EtcdCluster store) {
        return store.etcdctl(
                        sandbox.machine("store-1"),
                        store.endpoints().getLast(),
                        "get --prefix key-")
                .expect(0)
                .out();
    }
}
