package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The line cut and the controller killed while a real machine works.
@Tag("lab")
@Timeout(180)
class BrokenLineTest {
    /// There when everything is fetched and dpkg is about to begin, which then takes long enough to
    /// be seen from outside.
    private static final String APT_BEGUN = "/run/apt-begun";

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @BeforeAll
    static void up(@TempDir Path folder) {
        node = new LabNode(folder, settings -> settings);
        node.says(
                "echo 'DPkg::Pre-Invoke { \"touch %s; sleep 3\"; };' >/etc/apt/apt.conf.d/99slow"
                        .formatted(APT_BEGUN));
    }

    @AfterEach
    void mend() {
        mendAndAwaitBack();
        node.says("rm -f " + APT_BEGUN);
    }

    @AfterAll
    static void down() {
        node.close();
    }

    /// The second executor stands for whoever looks from elsewhere.
    private static String seen(String script) {
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            return observer.execute(LocalNodes.script(script), false).log().strip();
        }
    }

    private static void awaitRunning(NodeExecutor observer, String file) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        observer.execute(LocalNodes.script("test -e " + file), false)
                                instanceof Report.Done);
    }

    /// The host takes a moment to find a machine again that it has just looked for in vain.
    private static void mendAndAwaitBack() {
        assertThat(node.lab.mend(LabNode.NAME)).isEmpty();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> node.execute(LocalNodes.script("true")) instanceof Report.Done);
    }

    @Test
    void lineCutInTheMiddleOfAptIsMendedAndTheOutcomeCollected() throws Exception {
        String intent = LocalNodes.intent();
        Work work = Client.install(intent, "etcd-server");
        CompletableFuture<Report> report =
                CompletableFuture.supplyAsync(
                        () -> node.execute(work), r -> Thread.ofVirtual().start(r));
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitRunning(observer, APT_BEGUN);
        }
        assertThat(node.lab.cut(LabNode.NAME)).isEmpty();
        // The install goes on and ends without a line.
        await().atMost(Duration.ofSeconds(60)).until(() -> !LocalNodes.runningFor(intent));
        assertThat(report).isNotDone();
        assertThat(node.lab.mend(LabNode.NAME)).isEmpty();
        Report.Done done = (Report.Done) report.get(60, TimeUnit.SECONDS);
        assertThat(done.changed()).containsExactly("package etcd-server: installed");
        assertThat(node.says("dpkg --audit; grep -c ' install etcd-server' /var/log/dpkg.log"))
                .isEqualTo("1");
        node.done(LocalNodes.undo(done));
    }

    /// Past the limit it is said that the line did not come back; the outcome waits on the node.
    @Test
    void lineCutForGoodIsToldAndTheOutcomeCollectedLater() throws Exception {
        Work work =
                LocalNodes.finishing(
                        "echo x >>/run/good-begun; while ! test -e /run/good-go; do sleep 0.1; done; echo the end");
        Limits limits =
                new Limits(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1));
        try (NodeExecutor impatient = LabNode.executor(node.access, limits)) {
            CompletableFuture<Report> report =
                    CompletableFuture.supplyAsync(
                            () -> impatient.execute(work, false), r -> Thread.ofVirtual().start(r));
            try (NodeExecutor observer = LabNode.executor(node.access)) {
                awaitRunning(observer, "/run/good-begun");
            }
            assertThat(node.lab.cut(LabNode.NAME)).isEmpty();
            Report.NotDone lost = (Report.NotDone) report.get(90, TimeUnit.SECONDS);
            assertThat(lost.failure().kind()).isEqualTo("line-lost");
            assertThat(lost.failure().message()).contains("did not come back");
            assertThat(lost.failure().hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("collects its outcome"));
        }
        mendAndAwaitBack();
        node.says("touch /run/good-go");
        assertThat(node.executor.execute(work, true).log()).isEqualTo("the end\n");
        assertThat(node.says("cat /run/good-begun")).isEqualTo("x");
    }

    @Test
    void killedControllersInstallIsCollectedByTheNext() throws Exception {
        String intent = LocalNodes.intent();
        Process client = Client.start(node.access, "install", intent, "haproxy");
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitRunning(observer, APT_BEGUN);
        } finally {
            client.destroyForcibly().waitFor();
        }
        Report report = node.executor.execute(Client.install(intent, "haproxy"), true);
        assertThat(report).isInstanceOf(Report.Done.class);
        assertThat(((Report.Done) report).changed()).containsExactly("package haproxy: installed");
        assertThat(node.says("dpkg --audit; grep -c ' install haproxy' /var/log/dpkg.log"))
                .isEqualTo("1");
        assertThat(node.says("systemctl is-active haproxy; true")).isEqualTo("inactive");
        node.done(LocalNodes.undo(report));
    }

    @Test
    void killedControllersScriptEndsOnTheNode() throws Exception {
        Process client = Client.start(node.access, "run", "touch /tmp/begun; sleep 8888; true");
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitRunning(observer, "/tmp/begun");
        } finally {
            client.destroyForcibly().waitFor();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> seen("pgrep -x sleep -a | grep 8888 || echo none").equals("none"));
    }

    @Test
    void scriptEndsWithin25SecondsWhenTheLineIsCut() throws Exception {
        CompletableFuture<Report> report =
                CompletableFuture.supplyAsync(
                        () ->
                                node.execute(
                                        LocalNodes.script(
                                                "touch /run/cut-begun; sleep 9999; true",
                                                Duration.ofMinutes(5))),
                        r -> Thread.ofVirtual().start(r));
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitRunning(observer, "/run/cut-begun");
        }
        assertThat(node.lab.cut(LabNode.NAME)).isEmpty();
        assertThat(report.get(60, TimeUnit.SECONDS)).isInstanceOf(Report.NotDone.class);
        // A machine of the lab shares this host's kernel: its processes are seen from here.
        await().atMost(Duration.ofSeconds(25)).until(() -> !LocalNodes.running("sleep 9999"));
        mendAndAwaitBack();
    }
}
