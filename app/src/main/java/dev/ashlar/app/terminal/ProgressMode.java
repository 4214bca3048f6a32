package dev.ashlar.app.terminal;

import dev.ashlar.model.identity.InstanceKey;
import java.time.Clock;
import java.util.Collection;

/// How progress is shown.
public enum ProgressMode {
    /// In place on a terminal, plain lines elsewhere.
    AUTO,
    TREE,
    PLAIN,
    NONE;

    public Progress start(Terminal terminal, Clock clock, Collection<InstanceKey> instances) {
        return switch (this) {
            case AUTO -> on(terminal).start(terminal, clock, instances);
            case TREE -> new LiveProgress(terminal, clock, instances);
            case PLAIN -> new PlainProgress(terminal, clock, instances);
            case NONE -> new SilentProgress(terminal, clock, instances);
        };
    }

    /// Shows which nodes something is waited for that is no run.
    ///
    /// @param what is being done there
    public Waiting waiting(Terminal terminal, Clock clock, String what, Collection<String> nodes) {
        return new Waiting(terminal, on(terminal), clock, what, nodes);
    }

    private ProgressMode on(Terminal terminal) {
        return this == AUTO ? (terminal.canMove() ? TREE : PLAIN) : this;
    }
}
