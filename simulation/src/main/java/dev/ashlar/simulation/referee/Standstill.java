package dev.ashlar.simulation.referee;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// When turns pass on: while all is idle, from those who have one to what is ready. What gets one
/// then may have to wait for a place at the node where it is done, and begins when that is free; it
/// may take over for as long as nothing else of its group has begun or is asked.
final class Standstill {
    private final Map<Rotation.Part, String> ready = new LinkedHashMap<>();
    private final Map<Rotation.Part, String> passed = new LinkedHashMap<>();
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();
    private boolean idle;

    /// The core has answered an event: what is begun from now on is begun at once.
    ///
    /// @param isIdle whether nothing was under way, nor to come, when it did
    /// @param turning who of each group has a turn
    void answers(boolean isIdle, Map<String, Set<String>> turning) {
        if (idle) {
            passed.putAll(ready);
        }
        idle = isIdle;
        waiting.clear();
        turning.forEach((group, nodes) -> waiting.put(group, new LinkedHashSet<>(nodes)));
    }

    void isReady(Rotation.Part part, String group) {
        ready.put(part, group);
    }

    /// @return true when a turn may have passed to it
    boolean begins(Rotation.Part part, String group) {
        boolean passes = idle || passed.containsKey(part);
        ready.remove(part);
        goesOn(group);
        return passes;
    }

    /// Something of a group begins, or is asked.
    void goesOn(String group) {
        passed.values().removeIf(group::equals);
    }

    /// True when nothing runs, and another of its group could begin if it had a turn.
    boolean isInTheWay(Rotation.Seat seat) {
        return idle
                && ready.entrySet().stream()
                        .filter(one -> one.getValue().equals(seat.group()))
                        .anyMatch(
                                one -> !one.getKey().key().node().equals(Optional.of(seat.node())));
    }

    /// True of who had a turn before this answer.
    boolean isWaiting(Rotation.Seat seat) {
        return waiting.getOrDefault(seat.group(), Set.of()).contains(seat.node());
    }
}
