package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.model.node.NodeAccess;
import dev.ashlar.model.secret.Redaction;
import dev.ashlar.model.work.Failure;
import dev.ashlar.nodes.channel.Layout;
import dev.ashlar.nodes.execute.Inspection;
import dev.ashlar.nodes.execute.Limits;
import dev.ashlar.nodes.execute.Mandate;
import dev.ashlar.nodes.execute.NodeExecutor;
import dev.ashlar.nodes.transport.Transport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final int PARALLEL = 3;
    private static final int NODES = 4 * PARALLEL;

    @Test
    void asManyNodesAsAllowedAreLookedAtAtOnceAndNoMore() throws InterruptedException {
        Doors doors = new Doors();
        try (NodeExecutor nodes = nodes(doors)) {
            SequencedMap<String, Inspection> all = new LinkedHashMap<>();
            for (int i = 0; i < NODES; i++) {
                all.put(
                        "n-" + i,
                        new Inspection(List.of(), new LinkedHashMap<>(), List.of(), List.of()));
            }
            Set<String> told = ConcurrentHashMap.newKeySet();
            Map<String, Inspection.Outcome> seen = new Looks(nodes, PARALLEL).at(all, told::add);
            assertThat(told).containsExactlyInAnyOrderElementsOf(all.keySet());
            assertThat(seen).hasSize(NODES);
            assertThat(seen.values())
                    .allSatisfy(outcome ->
                            assertThat(outcome).isInstanceOf(Inspection.Outcome.Unseen.class));
        }
        assertThat(doors.most.get()).isEqualTo(PARALLEL);
        assertThat(doors.waitedInVain.get()).isZero();
    }

    private static NodeExecutor nodes(Transport transport) {
        return new NodeExecutor(
                transport,
                node ->
                        Optional.of(
                                new NodeAccess(
                                        node,
                                        "127.0.0.1",
                                        22,
                                        "root",
                                        Path.of("/nowhere"),
                                        List.of(),
                                        false,
                                        Optional.empty())),
                Limits.STANDARD,
                Layout.STANDARD,
                Mandate.looking("test", "tests"),
                () -> Redaction.NONE);
    }

    /// Lets nobody in, and keeps each until as many have come as may come at once.
    private static final class Doors implements Transport {
        private final CyclicBarrier together = new CyclicBarrier(PARALLEL);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger waitedInVain = new AtomicInteger();

        @Override
        public Opening open(NodeAccess access) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                together.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException | BrokenBarrierException | TimeoutException _) {
                waitedInVain.incrementAndGet();
            }
            now.decrementAndGet();
            return new Opening.Refused(
                    Failure.passing("unreachable", Failure.Fault.NODE, "nobody is let in"));
        }
    }
}
