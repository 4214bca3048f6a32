package dev.ashlar.nodes.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.ShellChannel;
import dev.ashlar.nodes.transport.Transport;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A bug while a node is connected to is one failure, and not the end of that node.
@Timeout(60)
class NodeTest {
    private static final Failure OFF =
            Failure.passing("unreachable", Failure.Fault.NODE, "it is off");

    private final Deque<Throwable> bugs =
            new ArrayDeque<>(
                    List.of(new IllegalStateException("odd"), new AssertionError("odder")));

    private Transport.Opening open() {
        return switch (bugs.poll()) {
            case RuntimeException bug -> throw bug;
            case Error bug -> throw bug;
            case null, default -> new Transport.Opening.Refused(OFF);
        };
    }

    @Test
    void whoComesAfterABugConnectsAnew() throws InterruptedException {
        Node node =
                new Node(
                        new NodeAccess(
                                "m-1",
                                "127.0.0.1",
                                22,
                                "root",
                                Path.of("/nowhere"),
                                List.of(),
                                false,
                                Optional.empty()),
                        _ -> open(),
                        Mandate.looking("demo", "lineage"),
                        () -> Redaction.NONE,
                        lost -> {
                            throw new AssertionError("no session is asked for: " + lost);
                        });

        assertThatThrownBy(node::channel).hasRootCauseMessage("odd");
        assertThatThrownBy(node::channel).hasRootCauseMessage("odder");
        assertThat(node.channel()).isEqualTo(new ShellChannel.Opening.Refused(OFF));
    }
}
