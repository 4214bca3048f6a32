package dev.ashlar.engine.plan;

import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Which inputs differ, in words.
final class Differences {
    private Differences() {}

    static List<String> between(SequencedMap<String, Resolved> before, Resolution.Known known) {
        SequencedMap<String, Resolved> now = known.inputs();
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<String, Resolved> input : now.entrySet()) {
            Resolved old = before.get(input.getKey());
            if (old == null) {
                reasons.add("input " + input.getKey() + " is new");
            } else if (!old.digest().equals(input.getValue().digest())) {
                reasons.add(
                        "input "
                                + input.getKey()
                                + " changed: "
                                + old.shown()
                                + " -> "
                                + input.getValue().shown());
            }
        }
        // What only the choice of a node read is not read again once that has been made.
        before.keySet().stream()
                .filter(name -> !now.containsKey(name) && !known.chosen())
                .forEach(name -> reasons.add("input " + name + " is no longer read"));
        return reasons.isEmpty() ? List.of("its definition changed") : reasons;
    }
}
