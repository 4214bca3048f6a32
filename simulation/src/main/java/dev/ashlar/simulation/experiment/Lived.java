package dev.ashlar.simulation.experiment;

import dev.ashlar.engine.run.Totals;
import dev.ashlar.simulation.Fault;
import dev.ashlar.simulation.Timeline;

/// One life of a controller: a run until it ended or the controller died.
///
/// @param calm nothing went wrong any more: the run that finishes what others left
public record Lived(Ending ending, boolean calm, Timeline timeline) {

    /// How a life came to its end.
    public enum Ending {
        /// Everything was done.
        DONE,
        /// Something failed.
        FAILED,
        /// A person cancelled.
        CANCELLED,
        /// It gave way to another run.
        AMENDED,
        /// The controller died.
        DIED
    }

    static Lived of(Timeline timeline, boolean calm) {
        return new Lived(ending(timeline), calm, timeline);
    }

    private static Ending ending(Timeline timeline) {
        if (timeline.totals().isEmpty()) {
            return Ending.DIED;
        }
        if (timeline.isDone()) {
            return Ending.DONE;
        }
        if (timeline.totals().map(Totals::cancelled).filter(count -> count > 0).isEmpty()) {
            return Ending.FAILED;
        }
        return timeline.struck().containsKey(Fault.AMEND) ? Ending.AMENDED : Ending.CANCELLED;
    }

    /// True of an end that comes from outside: the same command goes on.
    boolean isInterrupted() {
        return switch (ending) {
            case DIED, CANCELLED, AMENDED -> true;
            case DONE, FAILED -> false;
        };
    }
}
