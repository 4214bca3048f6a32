package dev.ashlar.engine.past;

import dev.ashlar.model.journal.JournalRecord.Purpose;
import dev.ashlar.model.journal.RunSummary;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// An override of the last accepted goal: it holds until an `up` is told otherwise.
///
/// @param path of what it overrides, such as `groups.store.count`
/// @param run the run since which it has had this value
public record InForce(String path, String value, long run) {

    /// Those of the goal on record, by their paths. The last `up` says all of them, whether it came
    /// to its end or not; a `down` that took everything back ends them.
    ///
    /// @param runs oldest first
    public static SequencedMap<String, InForce> of(List<RunSummary> runs) {
        SequencedMap<String, InForce> all = new LinkedHashMap<>();
        for (RunSummary run : runs) {
            Purpose purpose = run.start().purpose();
            if (purpose == Purpose.UP) {
                accept(all, run);
            } else if (purpose == Purpose.DOWN && run.isWholeAndDone()) {
                all.clear();
            }
        }
        return Collections.unmodifiableSequencedMap(all);
    }

    private static void accept(SequencedMap<String, InForce> all, RunSummary run) {
        SequencedMap<String, String> given = run.start().overrides();
        all.keySet().retainAll(given.keySet());
        given.forEach((path, value) -> {
            InForce known = all.get(path);
            if (known == null || !known.value().equals(value)) {
                all.put(path, new InForce(path, value, run.start().run()));
            }
        });
    }
}
