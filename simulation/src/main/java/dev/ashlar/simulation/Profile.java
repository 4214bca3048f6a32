package dev.ashlar.simulation;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where the time of a run went. Times are of the simulation.
///
/// @param path what decided the end: each began when the one before it had ended
/// @param works how many pieces of work were begun, questions for health among them
/// @param retries how often a step was tried once more after a failure
/// @param mostAtOnce how many pieces of work were carried out at once, at the most
/// @param busyMs the time of all work: two at once count twice
/// @param waits the longest waits, the longest first
/// @param held how long instances waited in all, by what for
public record Profile(
        List<Span> path,
        int works,
        int retries,
        int mostAtOnce,
        long busyMs,
        List<Wait> waits,
        Map<Hold, Held> held) {
    private static final int MOST_WAITS = 10;

    public static final Profile NOTHING = new Profile(List.of(), 0, 0, 0, 0, List.of(), Map.of());

    /// What keeps an instance that could run, or has done its work, from going on.
    public enum Hold {
        /// The turn of its node has not come.
        TURN,
        /// As much goes on in the whole as may.
        LIMIT,
        /// As much goes on at its node as may.
        NODE,
        /// What it has started is not healthy yet, or has not been asked.
        HEALTH
    }

    /// @param effect whether it was brought about or taken back
    /// @param fromMs when it was begun
    /// @param untilMs when it had ended, as far as it decided what came next
    public record Span(InstanceKey key, Effect effect, long fromMs, long untilMs) {
        public long lastsMs() {
            return untilMs - fromMs;
        }
    }

    public record Wait(InstanceKey key, Effect effect, Hold hold, long ms) {}

    /// @param times how many instances were held up
    /// @param ms for how long in all
    public record Held(int times, long ms) {
        Held and(Held other) {
            return new Held(times + other.times, ms + other.ms);
        }
    }

    public Profile {
        path = List.copyOf(path);
        waits = List.copyOf(waits);
        Map<Hold, Held> ordered = new EnumMap<>(Hold.class);
        ordered.putAll(held);
        held = Collections.unmodifiableMap(ordered);
    }

    /// Of several waits those that are told of.
    static List<Wait> longest(Stream<Wait> waits) {
        return waits.sorted(
                        Comparator.comparingLong(Wait::ms)
                                .reversed()
                                .thenComparing(wait -> wait.key().toString()))
                .limit(MOST_WAITS)
                .toList();
    }

    /// This and what came after it.
    public Profile then(Profile next) {
        List<Span> all = new ArrayList<>(path);
        all.addAll(next.path);
        Map<Hold, Held> both = new EnumMap<>(Hold.class);
        both.putAll(held);
        next.held.forEach((hold, one) -> both.merge(hold, one, Held::and));
        return new Profile(
                all,
                works + next.works,
                retries + next.retries,
                Math.max(mostAtOnce, next.mostAtOnce),
                busyMs + next.busyMs,
                longest(Stream.concat(waits.stream(), next.waits.stream())),
                both);
    }
}
