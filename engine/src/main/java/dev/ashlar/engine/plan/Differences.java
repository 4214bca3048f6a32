package dev.ashlar.engine.plan;

import dev.ashlar.engine.resolve.Orders;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.engine.resolve.Resolver;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/// Which inputs differ, and which of the steps that are watched have changed something since, in
/// words. That another step is watched than before is its definition's.
final class Differences {
    private Differences() {}

    static List<String> between(SequencedMap<String, Resolved> before, Resolution.Known known) {
        return between(before, known.inputs(), known.chosen(), Resolved::shown);
    }

    /// The same of two times that it was done, with where the new one came from.
    static List<String> between(
            SequencedMap<String, Resolved> before, SequencedMap<String, Resolved> after) {
        return between(before, after, before.containsKey(Resolver.CHOICE), Differences::sourced);
    }

    private static String sourced(Resolved input) {
        return input.origins().isEmpty()
                ? input.shown()
                : input.shown() + " (" + String.join(", ", input.origins()) + ")";
    }

    /// @param chosen what only the choice of a node read is not read again once that has been made
    private static List<String> between(
            SequencedMap<String, Resolved> before,
            SequencedMap<String, Resolved> now,
            boolean chosen,
            Function<Resolved, String> told) {
        List<String> reasons = new ArrayList<>();
        now.forEach((name, input) -> {
            Resolved old = before.get(name);
            if (Orders.isOne(name)) {
                if (old == null || !old.digest().equals(input.digest())) {
                    reasons.add(name + ": " + input.shown());
                }
            } else if (old == null && !Resolver.isWatched(name)) {
                reasons.add("input " + name + " is new");
            } else if (old != null && !old.digest().equals(input.digest())) {
                reasons.add(changed(name, old, told.apply(input)));
            }
        });
        before.keySet().stream()
                .filter(name -> !now.containsKey(name) && !chosen)
                .filter(name -> !Resolver.isWatched(name) && !Orders.isOne(name))
                .forEach(name -> reasons.add("input " + name + " is no longer read"));
        return reasons.isEmpty() ? List.of("its definition changed") : reasons;
    }

    private static String changed(String name, Resolved old, String now) {
        return Resolver.isWatched(name)
                ? name + ", which has changed something since"
                : "input " + name + " changed: " + old.shown() + " -> " + now;
    }
}
