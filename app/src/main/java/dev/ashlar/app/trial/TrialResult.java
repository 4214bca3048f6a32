package dev.ashlar.app.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a suite has ended on a test cluster.
///
/// @param at the stage in which it ended
/// @param findings what is not as it should be; empty where it passed
/// @param runs how many runs it took
/// @param kept the folder of its cluster, where that was left with its machines
public record TrialResult(
        String cluster,
        Suite suite,
        Outcome outcome,
        String at,
        List<Finding> findings,
        int runs,
        long tookMs,
        Optional<Path> kept) {

    /// In a word.
    public enum Outcome {
        PASSED,
        FAILED,
        /// A person ended it.
        INTERRUPTED
    }

    public TrialResult {
        findings = List.copyOf(findings);
    }
}
