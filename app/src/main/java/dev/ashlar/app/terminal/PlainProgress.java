package dev.ashlar.app.terminal;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.text.Words;
import java.time.Clock;
import java.util.Collection;
import java.util.List;

/// A line for each start and each end, who is waited for while members are asked how they are, and
/// a summary every 30 seconds, so that a log never goes silent.
final class PlainProgress extends Progress {
    private static final long TICK_MS = 1_000;
    private static final int SUMMARY_EVERY = 30;

    private final Reminder reminder = new Reminder();

    private final Thread ticker;

    PlainProgress(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        super(terminal, clock, instances);
        ticker = Thread.ofVirtual().name("progress").start(this::tick);
    }

    private void tick() {
        try {
            for (int ticks = 1; true; ticks++) {
                Thread.sleep(TICK_MS);
                remind();
                if (ticks % SUMMARY_EVERY == 0) {
                    summarize();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says who is waited for, where that is due.
    synchronized void remind() {
        if (asked.isEmpty()) {
            reminder.reset();
            return;
        }
        long waitedMs = clock.millis() - asked.firstEntry().getValue();
        if (reminder.isDue(waitedMs)) {
            List<String> names = asked.keySet().stream().map(InstanceKey::toString).toList();
            terminal.say(
                    "  … no answer yet from %s, %s %s ago"
                            .formatted(
                                    Words.some(names, MAX_NAMED),
                                    names.size() == 1 ? "asked" : "the first asked",
                                    Times.lasting(waitedMs)));
        }
    }

    private synchronized void summarize() {
        terminal.say("  … " + summary());
    }

    @Override
    protected void show(Command.Tell tell, long tookMs) {
        boolean shown =
                switch (tell.phase()) {
                    case RUNNING, SUCCEEDED, FAILED, PAUSED -> true;
                    case PENDING, READY, APPLIED, PROBING, SKIPPED, BLOCKED, LEFT_OUT, CANCELLED ->
                            false;
                };
        if (!shown || (tell.phase() == Phase.PAUSED && tell.detail().startsWith("not healthy"))) {
            return;
        }
        String took = tell.phase().isEnd() ? " in " + Times.lasting(tookMs) : "";
        String detail = tell.detail().isEmpty() ? "" : ": " + tell.detail();
        terminal.say("  " + tell.key() + " " + word(tell) + took + detail);
    }

    @Override
    protected void show(String line) {
        terminal.say(line);
    }

    @Override
    public void postpones(Command.Postpone postpone) {
        terminal.say("  " + later(postpone));
    }

    @Override
    public void close() {
        ticker.interrupt();
    }
}
