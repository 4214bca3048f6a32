package dev.ashlar.engine.shell;

import dev.ashlar.engine.run.Command;

/// Watches a run. Called by the run's own thread, in order; must return quickly.
@FunctionalInterface
public interface Observer {
    void told(Command.Tell tell);
}
