package dev.ashlar.app.terminal;

import dev.ashlar.engine.run.Command;
import dev.ashlar.model.identity.InstanceKey;
import java.time.Clock;
import java.util.Collection;

/// Shows nothing while it goes.
final class SilentProgress extends Progress {
    SilentProgress(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        super(terminal, clock, instances);
    }

    @Override
    protected void show(Command.Tell tell, long tookMs) {}

    @Override
    protected void show(String line) {}

    @Override
    public void close() {}
}
