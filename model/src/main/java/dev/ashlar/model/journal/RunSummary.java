package dev.ashlar.model.journal;

import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import java.util.Optional;

/// A run as the journal tells it.
///
/// @param end absent while it runs, and for ever when its process died
/// @param resumed how many instances were found cut short by an earlier death and taken up again in
///   this run
public record RunSummary(RunStarted start, Optional<RunEnded> end, int intents, int resumed) {

    /// True when it did everything there was to do.
    public boolean isWholeAndDone() {
        return start.selection().isEmpty()
                && end.filter(ended -> ended.outcome().equals(RunEnded.DONE)).isPresent();
    }

    /// The same, ended.
    public RunSummary with(RunEnded ended) {
        return new RunSummary(start, Optional.of(ended), intents, resumed);
    }

    /// The same with one intent more.
    ///
    /// @param resumes whether an earlier run had begun what is intended
    public RunSummary withIntent(boolean resumes) {
        return new RunSummary(start, end, intents + 1, resumed + (resumes ? 1 : 0));
    }
}
