package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.Sandbox;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The etcd pack as it is, on machines of a Debian release before: with etcd 3.3 and its systemd.
@Tag("lab")
class ReleaseTest {
    private final Sandbox sandbox = Sandbox.ofExample();

    @AfterEach
    void nothingIsLeft() {
        sandbox.close();
    }

    @Test
    void thePackServesAnOlderReleaseAsItIs() {
        sandbox.write(
                "etcd/sites/older.yaml",
                """
                site: older
                approve: auto
                providers:
                  default: { kind: lab, release: bullseye }
                """);
        EtcdCluster three = up();
        assertThat(sandbox.machine("store-1").run("cat /etc/debian_version; etcd --version"))
                .startsWith("11.")
                .contains("etcd Version: 3.3.");
        three.expectHealthy();
        Map<String, String> processes = EtcdCluster.processes(sandbox, three.nodes());

        EtcdCluster four = up("--set", "groups.store.count=4");
        four.expectHealthy();
        EtcdCluster again = up("--reset");
        again.expectHealthy();
        assertThat(EtcdCluster.processes(sandbox, again.nodes())).isEqualTo(processes);
        assertThat(sandbox.verb("up", "--site", "older").expect(0).err()).contains("Nothing to do");
        sandbox.verb("up", "--site", "older", "--verify").expect(0);
        again.witness("etcd", "--site", "older").expectAgreement(again.nodes());
        sandbox.verb("down", "--site", "older").expect(0);
    }

    private EtcdCluster up(String... options) {
        String[] all = new String[options.length + 2];
        all[0] = "--site";
        all[1] = "older";
        System.arraycopy(options, 0, all, 2, options.length);
        return EtcdCluster.printedBy(sandbox, sandbox.verb("up", all));
    }
}
