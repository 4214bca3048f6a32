package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ashlar.app.cluster.AccessCodec;
import dev.ashlar.app.cluster.Cluster;
import dev.ashlar.app.cluster.Recorded;
import dev.ashlar.app.execution.Lookout;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.folder.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a command has begun beside itself has let go of the state when the command ends.
class LookoutTest {
    private static final NodeAccess ACCESS =
            new NodeAccess(
                    "node-1",
                    "127.0.0.1",
                    1,
                    "root",
                    Path.of("/none"),
                    List.of(HostKey.parse(RecordedClusters.HOST_KEY).orElseThrow()),
                    false,
                    Optional.empty());
    private static final Transport.Opening NOBODY =
            new Transport.Opening.Refused(
                    Failure.passing("refused", Failure.Fault.NODE, "nobody listens"));

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void oneMachineIsOnRecord() {
        MachineOnRecord.leave(folder, AccessCodec.encode(ACCESS));
    }

    @RepeatedTest(20)
    void aStateMayBeRemovedAsSoonAsItIsClosed() {
        Lookout begun = Lookout.begin(folder, _ -> NOBODY);
        begun.close();
        StateFolder.find(folder).orElseThrow().delete();
        assertThat(begun.recorded().past().runs()).hasSize(1);
    }

    @Test
    void aNodeThatSaysNothingIsNotWaitedForWhenItIsClosed() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch isOver = new CountDownLatch(1);
        Lookout begun =
                Lookout.begin(
                        folder,
                        _ -> {
                            asked.countDown();
                            try {
                                isOver.await();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            }
                            return NOBODY;
                        });
        assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
        begun.close();
        isOver.countDown();
        assertThat(catchThrowable(() -> begun.found(_ -> {})))
                .hasCauseInstanceOf(InterruptedException.class);
    }

    /// Where it may answer by either key, no one way can be kept.
    @ParameterizedTest
    @CsvSource({"/none, 1", "/other, 0"})
    void theWaysAreKnownWhereTheFilesHaveTheKeyOnRecord(String identity, int known)
            throws IOException {
        Path file = folder.resolve("cluster.yaml");
        Files.writeString(
                file,
                "cluster: small\nsite: here\npacks: []\ngroups:\n  node: { count: 1, uses: {} }\n");
        Files.createDirectories(folder.resolve("sites"));
        Files.writeString(
                folder.resolve("sites/here.yaml"),
                """
                site: here
                approve: auto
                providers:
                  default:
                    kind: inventory
                    machines:
                      node-1: { address: 127.0.0.1, port: 1, identity: %s, host_keys: ["%s"] }
                """
                        .formatted(identity, RecordedClusters.HOST_KEY));
        Cluster cluster =
                Cluster.of(
                        folder,
                        SimulatedRuns.composition(file, folder),
                        List.of(),
                        Recorded.read(folder));
        assertThat(Lookout.ways(cluster).map(List::size).orElse(0)).isEqualTo(known);
    }
}
