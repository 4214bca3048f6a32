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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The line cut and the controller killed while a real machine works.
@Tag("lab")
@Timeout(180)
class BrokenLineTest {
    /// Seen on the machine from outside, without a line.
    private static final String APT_BEGUN = "dpkg";

    @SuppressWarnings("NullAway.Init") // JUnit sets it up before every test.
    private static LabNode node;

    @BeforeAll
    static void up(@TempDir Path folder) {
        node = new LabNode(folder, settings -> settings);
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

    private static void awaitProcess(NodeExecutor observer, String name) {
        await().pollInterval(Duration.ofMillis(50))
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        observer.execute(
                                        LocalNodes.script(
                                                "pgrep -x " + name + " || pgrep -f '" + name + "'"),
                                        false)
                                instanceof Report.Done);
    }

    private static void awaitRunning(NodeExecutor observer, String file) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(() ->
                        observer.execute(LocalNodes.script("test -e " + file), false)
                                instanceof Report.Done);
    }

    @Test
    void lineCutInTheMiddleOfAptIsMendedAndTheOutcomeCollected() throws Exception {
        Work work = Client.install(LocalNodes.intent(), "etcd-server");
        CompletableFuture<Report> report =
                CompletableFuture.supplyAsync(
                        () -> node.execute(work), r -> Thread.ofVirtual().start(r));
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitProcess(observer, APT_BEGUN);
        }
        assertThat(node.lab.cut(LabNode.NAME)).isEmpty();
        // The install goes on and ends without a line.
        await().atMost(Duration.ofSeconds(60)).until(() -> !LocalNodes.runningBegins("apt-get"));
        assertThat(report).isNotDone();
        assertThat(node.lab.mend(LabNode.NAME)).isEmpty();
        Report.Done done = (Report.Done) report.get(60, TimeUnit.SECONDS);
        assertThat(done.changed()).containsExactly("package etcd-server: not installed");
        assertThat(node.says("dpkg --audit; grep -c ' install etcd-server' /var/log/dpkg.log"))
                .isEqualTo("1");
        node.done(LocalNodes.undo(done));
    }

    @Test
    void killedControllersInstallIsCollectedByTheNext() throws Exception {
        String intent = LocalNodes.intent();
        Process client = Client.start(node.access, "install", intent, "haproxy");
        try (NodeExecutor observer = LabNode.executor(node.access)) {
            awaitProcess(observer, APT_BEGUN);
        } finally {
            client.destroyForcibly().waitFor();
        }
        Report report = node.executor.execute(Client.install(intent, "haproxy"), true);
        assertThat(report).isInstanceOf(Report.Done.class);
        assertThat(((Report.Done) report).changed())
                .containsExactly("package haproxy: not installed");
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
        assertThat(node.lab.mend(LabNode.NAME)).isEmpty();
        assertThat(node.says("echo back")).isEqualTo("back");
    }
}
