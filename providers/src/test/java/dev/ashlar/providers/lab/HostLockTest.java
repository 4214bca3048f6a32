package dev.ashlar.providers.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Needs root: the locks of a host lie where only root writes.
@Tag("lab")
class HostLockTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private final String name = "test-" + UUID.randomUUID();

    @org.junit.jupiter.api.AfterEach
    void delete() throws java.io.IOException {
        java.nio.file.Files.deleteIfExists(HostLock.RUNTIME.resolve(name + ".lock"));
    }

    @Test
    void letsOneThreadInAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    HostLock.holding(
                                            name,
                                            BOUND,
                                            () -> {
                                                most.accumulateAndGet(
                                                        inside.incrementAndGet(), Math::max);
                                                return inside.decrementAndGet();
                                            });
                                } catch (LabFault e) {
                                    most.set(-1);
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(most).hasValue(1);
    }

    @Test
    void givesUpAfterItsBound() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Thread holder =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                HostLock.holding(
                                        name,
                                        BOUND,
                                        () -> {
                                            held.countDown();
                                            awaitQuietly(release);
                                            return true;
                                        });
                            } catch (LabFault e) {
                                held.countDown();
                            }
                        });
        held.await();

        LabFault fault =
                catchThrowableOfType(
                        LabFault.class,
                        () -> HostLock.holding(name, Duration.ofMillis(50), () -> true));
        release.countDown();
        holder.join();

        assertThat(fault.failure().kind()).isEqualTo("lock");
        assertThat(HostLock.holding(name, BOUND, () -> "free again")).isEqualTo("free again");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
