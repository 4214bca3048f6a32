package dev.ashlar.engine.shell;

import dev.ashlar.engine.run.Command;

/// Watches a run. Called by the run's own thread, in order; must return quickly.
@FunctionalInterface
public interface Observer {
    void told(Command.Tell tell);

    default void visits(Command.Visit visit) {}

    default void postpones(Command.Postpone postpone) {}

    default void answered(Command.Answered answered) {}

    /// Two who watch.
    static Observer both(Observer one, Observer other) {
        return new Observer() {
            @Override
            public void told(Command.Tell tell) {
                one.told(tell);
                other.told(tell);
            }

            @Override
            public void visits(Command.Visit visit) {
                one.visits(visit);
                other.visits(visit);
            }

            @Override
            public void postpones(Command.Postpone postpone) {
                one.postpones(postpone);
                other.postpones(postpone);
            }

            @Override
            public void answered(Command.Answered answered) {
                one.answered(answered);
                other.answered(answered);
            }
        };
    }
}
