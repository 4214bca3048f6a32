package dev.ashlar.services.pki;

import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Failure.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// By how much a node's clock is wrong at least, held against that of the controller: the node was
/// asked at some moment between two, so within these nothing is known of it.
///
/// @param behind how far it is behind the first moment; zero where it is not
/// @param ahead how far it is ahead of the second; zero where it is not
record Skew(Duration behind, Duration ahead) {

    /// @param seconds the node's time since 1970 UTC, as it told it
    /// @param before when the question went out
    /// @param after when the answer had come
    static Skew of(String seconds, Instant before, Instant after) {
        if (!seconds.matches("[0-9]{1,12}")) {
            return new Skew(Duration.ZERO, Duration.ZERO);
        }
        Instant told = Instant.ofEpochSecond(Long.parseLong(seconds));
        // The fraction of its second is not told.
        return new Skew(
                beyond(Duration.between(told.plusSeconds(1), before)),
                beyond(Duration.between(after, told)));
    }

    private static Duration beyond(Duration gap) {
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    /// Why nothing is issued for that node; empty where its clock is good enough.
    ///
    /// @param seconds how wrong it may be
    Optional<Failure> objection(String node, int seconds) {
        boolean isBehind = behind.compareTo(ahead) > 0;
        Duration most = isBehind ? behind : ahead;
        return most.toSeconds() <= seconds
                ? Optional.empty()
                : Optional.of(
                        Failure.lasting(
                                        "clock-skew",
                                        Fault.NODE,
                                        "the clock of %s is %d s %s, which is more than the %d s allowed: what is issued would not hold there when it should"
                                                .formatted(
                                                        node,
                                                        most.toSeconds(),
                                                        isBehind ? "behind" : "ahead",
                                                        seconds))
                                .withHint(
                                        "set it with `timedatectl`, and keep it right with chrony or systemd-timesyncd; `max_skew` allows more"));
    }
}
