package dev.ashlar.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.app.kit.EtcdCluster;
import dev.ashlar.app.kit.HeldApt;
import dev.ashlar.app.kit.Machine;
import dev.ashlar.app.kit.Packages;
import dev.ashlar.app.kit.Running;
import dev.ashlar.app.kit.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The line to a node is cut while apt is in its middle there.
@Tag("lab")
class CutLineTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void collectsWhatAptDidBehindACutLine() {
        try (Sandbox sandbox = Sandbox.ofExample()) {
            sandbox.run("lab", "up", "etcd").expect(0);
            Machine cut = sandbox.machine("store-2");
            HeldApt apt = HeldApt.on(cut);
            Running up = sandbox.startVerb("up");
            apt.awaitReached(SOON);
            sandbox.lab("cut", "store-2");
            apt.release();
            await("apt has gone on behind the cut")
                    .atMost(SOON)
                    .untilAsserted(() -> Packages.expectInstalledOnce(cut, "etcd-server"));
            up.awaitErr("kv\\.run@store-1 running", SOON);
            assertThat(up.err()).doesNotContain("kv.install@store-2 done");

            sandbox.lab("mend", "store-2");

            EtcdCluster.printedBy(sandbox, up.finish(Sandbox.BOUND)).expectHealthy();
            Packages.expectInstalledOnce(cut, "etcd-server", "etcd-client");
            assertThat(sandbox.json("runs").path("runs").size()).isEqualTo(1);
            sandbox.verb("down").expect(0);
        }
    }
}
