package dev.ashlar.app.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private final AtomicInteger ends = new AtomicInteger();
    private final TimeLimit limit = TimeLimit.start(Duration.ofDays(1), ends::incrementAndGet);

    @Test
    void endsWhatHasNotEndedOnce() {
        limit.isOver();
        limit.isOver();
        assertThat(ends).hasValue(1);
    }

    @Test
    void isByItselfOverInTime() {
        TimeLimit _ = TimeLimit.start(Duration.ofMillis(1), ends::incrementAndGet);
        await("the end").until(() -> ends.get() == 1);
    }

    @Test
    void doesNotCutWhatIsToldOfTheEnd() {
        limit.settle();
        limit.isOver();
        assertThat(ends).hasValue(0);
    }

    @Test
    void waitsForWhatMustNotBeDivided() throws InterruptedException {
        Thread over = new Thread(limit::isOver);
        int during =
                limit.undivided(() -> {
                    over.start();
                    await("the limit waits").until(() -> over.getState() == Thread.State.BLOCKED);
                    return ends.get();
                });
        over.join();
        assertThat(during).isEqualTo(0);
        assertThat(ends).hasValue(1);
    }
}
