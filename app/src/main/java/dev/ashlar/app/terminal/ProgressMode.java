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
            case AUTO -> terminal.mode().start(terminal, clock, instances);
            case TREE -> new LiveProgress(terminal, clock, instances);
            case PLAIN -> new PlainProgress(terminal, clock, instances);
            case NONE -> new SilentProgress(terminal, clock, instances);
        };
    }

    /// What it comes to.
    ///
    /// @param moves whether what was written can be written over
    ProgressMode where(boolean moves) {
        return this == AUTO ? (moves ? TREE : PLAIN) : this;
    }
}
