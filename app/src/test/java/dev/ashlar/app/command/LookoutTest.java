package dev.ashlar.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ashlar.app.cluster.AccessCodec;
import dev.ashlar.app.execution.Lookout;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.transport.Transport;
import dev.ashlar.store.folder.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a command has begun beside itself has let go of the state when the command ends.
class LookoutTest {
    private static final Transport.Opening NOBODY =
            new Transport.Opening.Refused(
                    Failure.passing("refused", Failure.Fault.NODE, "nobody listens"));

    @TempDir private Path folder = Path.of("");

    @BeforeEach
    void oneMachineIsOnRecord() {
        MachineOnRecord.leave(
                folder,
                AccessCodec.encode(
                        new NodeAccess(
                                "node-1",
                                "127.0.0.1",
                                1,
                                "root",
                                Path.of("none"),
                                List.of(),
                                false,
                                Optional.empty())));
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
}
