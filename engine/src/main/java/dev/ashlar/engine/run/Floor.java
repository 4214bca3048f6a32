package dev.ashlar.engine.run;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// Who of a group has a turn. A member that comes or goes has it alone: who counts as a member must
/// not change while another is out, nor for two at once.
final class Floor {
    private final Set<Seat> turning = new LinkedHashSet<>();
    private int alone;

    boolean has(Seat seat) {
        return turning.contains(seat);
    }

    int size() {
        return turning.size();
    }

    /// True when nobody's turn keeps it from having one beside.
    boolean isOpenTo(Seat seat) {
        return seat.isComingOrGoing() ? turning.isEmpty() : alone == 0;
    }

    void take(Seat seat) {
        if (turning.add(seat) && seat.isComingOrGoing()) {
            alone++;
        }
    }

    boolean leave(Seat seat) {
        boolean had = turning.remove(seat);
        if (had && seat.isComingOrGoing()) {
            alone--;
        }
        return had;
    }

    Stream<Seat> seats() {
        return turning.stream();
    }
}
