package dev.ashlar.app.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.engine.run.Command;
import dev.ashlar.model.identity.InstanceKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who is waited for is said where nothing can be written over, and not too often.
class WaitedForTest {
    private static final InstanceKey FIRST = InstanceKey.onNode("kv", "run", "store-1");
    private static final InstanceKey DEAD = InstanceKey.onNode("kv", "run", "store-3");

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = terminal(false, ProgressMode.AUTO);
    private final Watch watch = new Watch();

    /// Shows what it is set to.
    private static final class Watch extends Clock {
        private volatile long nowMs;

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(nowMs);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Terminal terminal(boolean quiet, ProgressMode mode) {
        return Terminal.coloured(
                new PrintStream(new ByteArrayOutputStream()), new PrintStream(err), quiet, mode);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aMemberThatDoesNotAnswerBeforeATurnIsNamedWithSinceWhen() {
        try (PlainProgress progress = new PlainProgress(terminal, watch, List.of(FIRST, DEAD))) {
            progress.visits(new Command.Visit("store", List.of(FIRST, DEAD)));
            progress.answered(new Command.Answered(FIRST));
            watch.nowMs = 4_000;
            progress.remind();
            assertThat(said())
                    .isEqualTo("  store: asking 2 members for their health before a turn\n");
            watch.nowMs = 6_000;
            progress.remind();
            progress.remind();
            assertThat(said())
                    .endsWith("turn\n  … no answer yet from kv.run@store-3, asked 6.0 s ago\n");
            progress.answered(new Command.Answered(DEAD));
            watch.nowMs = 60_000;
            progress.remind();
            assertThat(said()).endsWith("asked 6.0 s ago\n");
        }
    }

    @Test
    void ofSeveralItIsSaidWhenTheFirstWasAsked() {
        try (PlainProgress progress = new PlainProgress(terminal, watch, List.of(FIRST, DEAD))) {
            progress.visits(new Command.Visit("store", List.of(DEAD)));
            watch.nowMs = 4_000;
            progress.visits(new Command.Visit("store", List.of(FIRST)));
            watch.nowMs = 6_000;
            progress.remind();
            assertThat(said())
                    .endsWith(
                            "yet from kv.run@store-3, kv.run@store-1, the first asked 6.0 s ago\n");
        }
    }

    @Test
    void whoeverWantsNoProgressOrQuietIsShownNobodyWhoIsWaitedFor() {
        for (Terminal deaf :
                List.of(terminal(false, ProgressMode.NONE), terminal(true, ProgressMode.TREE))) {
            watch.nowMs = 0;
            try (Waiting waiting =
                    new Waiting(deaf, watch, "asking for health", List.of("store-1"))) {
                watch.nowMs = 10_000;
                waiting.remind();
                deaf.sayProgress("  … no answer yet");
            }
        }
        assertThat(said()).isEmpty();
        try (Waiting drawn =
                new Waiting(
                        terminal(false, ProgressMode.TREE), watch, "asking", List.of("store-1"))) {
            drawn.remind();
            assertThat(said()).contains("waiting for store-1");
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedWithWhatItIsAskedFor() {
        try (Waiting waiting =
                new Waiting(terminal, watch, "asking for health", List.of("store-1", "store-3"))) {
            waiting.isDone("store-1");
            waiting.remind();
            assertThat(said()).isEmpty();
            watch.nowMs = 5_000;
            waiting.remind();
            assertThat(said())
                    .isEqualTo("  … asking for health: 1 of 2 done, waiting for store-3, 5.0 s\n");
        }
    }

    @Test
    void itIsSaidAgainWhenItHasTakenTwiceAsLong() {
        Reminder reminder = new Reminder();
        assertThat(reminder.isDue(4_999)).isFalse();
        assertThat(reminder.isDue(5_000)).isTrue();
        assertThat(reminder.isDue(9_999)).isFalse();
        assertThat(reminder.isDue(11_000)).isTrue();
        assertThat(reminder.isDue(21_999)).isFalse();
        reminder.reset();
        assertThat(reminder.isDue(5_000)).isTrue();
    }
}
