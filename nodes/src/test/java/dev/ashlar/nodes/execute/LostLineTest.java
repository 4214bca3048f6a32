package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import dev.ashlar.nodes.transport.Connection;
import dev.ashlar.nodes.transport.LocalTransport;
import dev.ashlar.nodes.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;

/// What becomes of steps when the line is lost or the caller stops.
@ParameterizedClass
@FieldSource("dev.ashlar.nodes.execute.LocalNodes#SHELLS")
@Timeout(90)
class LostLineTest {
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final String shell;
    private final Path folder;
    private final LocalNodes nodes;

    LostLineTest(String shell, @TempDir Path folder) {
        this.shell = shell;
        this.folder = folder;
        nodes = new LocalNodes(cuttable(), shell, folder);
    }

    private Transport cuttable() {
        LocalTransport local = new LocalTransport(shell, Map.of());
        return new Transport() {
            @Override
            public Opening open(NodeAccess access) {
                Opening opening = local.open(access);
                if (opening instanceof Opening.Opened(Connection connection)) {
                    connections.add(connection);
                }
                return opening;
            }

            @Override
            public String shell() {
                return shell;
            }
        };
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private void cut() {
        connections.forEach(Connection::close);
    }

    private CompletableFuture<Report> inBackground(Work work) {
        return CompletableFuture.supplyAsync(
                () -> nodes.execute(work), r -> Thread.ofVirtual().start(r));
    }

    private void awaitFile(String name) {
        await().until(() -> Files.exists(folder.resolve(name)));
    }

    @Test
    void scriptThatMustEndEndsAndTheChannelIsRemade() throws Exception {
        CompletableFuture<Report> report =
                inBackground(LocalNodes.script("touch " + folder + "/begun; sleep 971; true"));
        awaitFile("begun");
        cut();
        Report.NotDone failed = (Report.NotDone) report.get(30, TimeUnit.SECONDS);
        assertThat(failed.failure().kind()).isEqualTo("line-lost");
        assertThat(failed.failure().lasting()).isFalse();
        await().until(() -> !LocalNodes.running("sleep 971"));
        assertThat(nodes.execute(LocalNodes.script("true"))).isInstanceOf(Report.Done.class);
    }

    @Test
    void finishingScriptGoesOnAndItsOutcomeIsCollected() throws Exception {
        CompletableFuture<Report> report =
                inBackground(
                        LocalNodes.finishing(
                                "echo x >>" + folder + "/begun; sleep 2; echo the end"));
        awaitFile("begun");
        cut();
        Report.Done done = (Report.Done) report.get(30, TimeUnit.SECONDS);
        assertThat(done.log()).isEqualTo("the end\n");
        assertThat(folder.resolve("begun")).hasContent("x\n");
    }

    @Test
    void nextControllerCollectsInsteadOfRepeating() throws Exception {
        Work work = LocalNodes.finishing("echo x >>" + folder + "/begun; sleep 1; echo the end");
        CompletableFuture<Report> first = inBackground(work);
        awaitFile("begun");
        nodes.executor.close();
        try (LocalNodes next = new LocalNodes(shell, folder)) {
            Report second = next.executor.execute(work, true);
            assertThat(second.log()).isEqualTo("the end\n");
            assertThat(next.executor.execute(work, true).log()).isEqualTo("the end\n");
        }
        assertThat(folder.resolve("begun")).hasContent("x\n");
        Report.NotDone lost = (Report.NotDone) first.get(30, TimeUnit.SECONDS);
        assertThat(lost.failure().kind()).isEqualTo("line-lost");
    }

    /// Between the look at an outcome and its copy the job puts it where it is kept.
    @Test
    void outcomeThatIsPutAwayWhileItIsCollectedIsCollectedAllTheSame() throws Exception {
        Work.Run work = LocalNodes.finishing("echo the end");
        assertThat(nodes.execute(work).log()).isEqualTo("the end\n");
        Path kept = folder.resolve("state/intents").resolve(work.intent());
        Path fresh = folder.resolve("run/finishing").resolve(work.intent());
        await().until(() -> !Files.exists(fresh));
        nodes.executor.close();
        Files.move(kept, fresh);
        Path tools = Files.createDirectory(folder.resolve("tools"));
        Path cp = tools.resolve("cp");
        Files.writeString(
                cp,
                "#!/bin/sh\n[ ! -d %2$s ] || mv %2$s %1$s\nexec /bin/cp \"$@\"\n"
                        .formatted(kept, fresh));
        Files.setPosixFilePermissions(cp, PosixFilePermissions.fromString("rwx------"));

        LocalTransport local = new LocalTransport(shell, Map.of());
        try (LocalNodes next = new LocalNodes(local, folder, tools + ":" + LocalNodes.USUAL)) {
            assertThat(next.executor.execute(work, true).log()).isEqualTo("the end\n");
        }
        assertThat(fresh).doesNotExist();
    }

    @Test
    void againRunsWhatNeverStarted() {
        Report report = nodes.executor.execute(LocalNodes.finishing("echo ran"), true);
        assertThat(report.log()).isEqualTo("ran\n");
    }

    @Test
    void againEndsTheEarlierAttemptFirst() throws Exception {
        Work work = LocalNodes.script("touch " + folder + "/begun; sleep 972; true");
        Thread caller = Thread.ofVirtual().start(() -> nodes.execute(work));
        awaitFile("begun");
        Work.Run run = (Work.Run) work;
        Work quick =
                new Work.Run(
                        run.key(),
                        run.intent(),
                        run.node(),
                        new dev.ashlar.model.composition.StepSpec.Script("x", "echo quick"),
                        run.probe(),
                        run.inputs(),
                        run.outputs(),
                        run.timeout(),
                        run.onDisconnect());
        try (LocalNodes next = new LocalNodes(shell, folder)) {
            assertThat(next.executor.execute(quick, true).log()).isEqualTo("quick\n");
            assertThat(LocalNodes.running("sleep 972")).isFalse();
            caller.join();
            nodes.executor.close();
        }
    }

    @Test
    void interruptEndsWhatRuns() throws Exception {
        CompletableFuture<Report> report = new CompletableFuture<>();
        Work work =
                LocalNodes.script(
                        "echo begun; touch " + folder + "/begun; sleep 973; true",
                        Duration.ofMinutes(5));
        Thread caller = Thread.ofVirtual().start(() -> report.complete(nodes.execute(work)));
        awaitFile("begun");
        caller.interrupt();
        assertThat(report.get(20, TimeUnit.SECONDS)).isEqualTo(new Report.Stopped("begun\n"));
        assertThat(LocalNodes.running("sleep 973")).isFalse();
        assertThat(nodes.execute(LocalNodes.script("true"))).isInstanceOf(Report.Done.class);
    }

    @Test
    void whoAsksToStopOnceMoreLosesNothingOfWhatItSaid() throws Exception {
        CompletableFuture<Report> report = new CompletableFuture<>();
        Work work =
                LocalNodes.script(
                        "trap '' TERM; echo begun; touch "
                                + folder
                                + "/begun; while :; do sleep 974 || true; done",
                        Duration.ofMinutes(5));
        Thread caller = Thread.ofVirtual().start(() -> report.complete(nodes.execute(work)));
        awaitFile("begun");
        await().until(() -> {
            caller.interrupt();
            return report.isDone();
        });
        assertThat(report.get()).isEqualTo(new Report.Stopped("begun\n"));
    }

    @Test
    void probeAnswersWhileALongStepRuns() throws Exception {
        CompletableFuture<Report> slow =
                inBackground(
                        LocalNodes.script(
                                "touch "
                                        + folder
                                        + "/begun; while [ ! -e "
                                        + folder
                                        + "/go ]; do sleep 0.1; done"));
        awaitFile("begun");
        assertThat(nodes.execute(LocalNodes.script("true"))).isInstanceOf(Report.Done.class);
        Files.createFile(folder.resolve("go"));
        assertThat(slow.get(20, TimeUnit.SECONDS)).isInstanceOf(Report.Done.class);
        assertThat(connections).hasSize(1);
    }
}
