package dev.ashlar.engine.past;

import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.JournalRecord.RunEnded;
import dev.ashlar.model.journal.JournalRecord.RunStarted;
import dev.ashlar.model.journal.RunSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The runs there have been, and the last one after which everything was known to hold.
final class Runs {
    private final SequencedMap<Long, RunSummary> all = new LinkedHashMap<>();
    private Optional<Long> verifiedBy = Optional.empty();

    void started(RunStarted started) {
        all.put(started.run(), new RunSummary(started, Optional.empty(), 0, 0));
    }

    /// @return what a run was for that did everything there was to do
    Optional<Purpose> ended(RunEnded ended) {
        RunSummary done = all.computeIfPresent(ended.run(), (_, run) -> run.with(ended));
        if (ended.verified()) {
            verifiedBy = Optional.of(ended.run());
        }
        return Optional.ofNullable(done)
                .filter(RunSummary::isWholeAndDone)
                .map(run -> run.start().purpose());
    }

    /// @param resumes whether an earlier run had begun it
    void intended(long number, boolean resumes) {
        all.computeIfPresent(number, (_, run) -> run.withIntent(resumes));
    }

    /// Not everything is known to hold any more.
    void unverified() {
        verifiedBy = Optional.empty();
    }

    Optional<Long> verifiedBy() {
        return verifiedBy;
    }

    Optional<RunSummary> lastVerified() {
        return verifiedBy.map(all::get);
    }

    /// Oldest first.
    List<RunSummary> all() {
        return new ArrayList<>(all.values());
    }

    long next() {
        return all.isEmpty() ? 1 : all.lastEntry().getKey() + 1;
    }

    void restore(List<RunSummary> runs, Optional<Long> verified) {
        runs.forEach(run -> all.put(run.start().run(), run));
        verifiedBy = verified;
    }
}
