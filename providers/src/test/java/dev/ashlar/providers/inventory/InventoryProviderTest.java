package dev.ashlar.providers.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.node.Provider.Acquired;
import dev.ashlar.model.node.ProviderConfig;
import dev.ashlar.model.work.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InventoryProviderTest {
    private static final Span SPAN = Span.wholeFile("sites/mine.yaml");

    @Test
    void describesAMachineWhosePortAnswers() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NodeAccess access = access("web-1", server.getLocalPort(), Optional.empty());

            assertThat(provider(access).acquire("web-1", _ -> {}))
                    .isEqualTo(new Acquired.Ready(access));
        }
    }

    @Test
    void refusedConnectionIsTheNodesFaultAndMayPass() throws IOException {
        NodeAccess access = access("web-1", closedPort(), Optional.empty());

        Failure failure = failure(provider(access).acquire("web-1", _ -> {}));

        assertThat(failure.kind()).isEqualTo("unreachable");
        assertThat(failure.fault()).isEqualTo(Failure.Fault.NODE);
        assertThat(failure.lasting()).isFalse();
        assertThat(failure.message()).contains("web-1", "127.0.0.1", "" + access.port());
    }

    @Test
    void machineBehindAJumpHostIsNotAsked() throws IOException {
        NodeAccess jump = access("jump", closedPort(), Optional.empty());
        NodeAccess access = access("web-1", closedPort(), Optional.of(jump));

        assertThat(provider(access).acquire("web-1", _ -> {}))
                .isEqualTo(new Acquired.Ready(access));
    }

    @Test
    void unlistedMachineIsNamedWithThoseListed() {
        Failure failure =
                failure(
                        provider(access("b", 1, Optional.empty()), access("a", 1, Optional.empty()))
                                .acquire("c", _ -> {}));

        assertThat(failure.message()).isEqualTo("provider mine lists no machine c; it lists a, b");
        assertThat(failure.lasting()).isTrue();
    }

    @Test
    void givingBackDoesNothing() {
        assertThat(provider().release("whatever", _ -> {})).isEmpty();
    }

    private static Failure failure(Acquired acquired) {
        assertThat(acquired).isInstanceOf(Acquired.NotReady.class);
        return ((Acquired.NotReady) acquired).failure();
    }

    private static InventoryProvider provider(NodeAccess... machines) {
        return new InventoryProvider(
                new ProviderConfig(
                        "mine",
                        "inventory",
                        new LinkedHashMap<>(),
                        Arrays.stream(machines)
                                .map(access ->
                                        new ProviderConfig.Machine(
                                                access.node(), access, new LinkedHashMap<>(), SPAN))
                                .toList(),
                        SPAN),
                Duration.ofSeconds(2));
    }

    private static NodeAccess access(String node, int port, Optional<NodeAccess> jump) {
        return new NodeAccess(
                node,
                "127.0.0.1",
                port,
                "admin",
                Path.of("keys/id_ed25519"),
                List.of(new HostKey("ssh-ed25519", "AAAA")),
                true,
                jump);
    }

    private static int closedPort() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return server.getLocalPort();
        }
    }
}
