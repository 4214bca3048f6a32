package dev.ashlar.app.terminal;

import dev.ashlar.engine.run.Command;
import dev.ashlar.engine.run.Phase;
import dev.ashlar.model.identity.InstanceKey;
import java.time.Clock;
import java.util.Collection;

/// A line for each start and each end, and a summary every 30 seconds so that a log never goes
/// silent.
final class PlainProgress extends Progress {
    private static final long SUMMARY_EVERY_MS = 30_000;

    private final Thread ticker;

    PlainProgress(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        super(terminal, clock, instances);
        ticker = Thread.ofVirtual().name("progress").start(this::tick);
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(SUMMARY_EVERY_MS);
                synchronized (this) {
                    terminal.say("  … " + summary());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
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
    public void visits(Command.Visit visit) {
        terminal.say("  " + asking(visit));
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
