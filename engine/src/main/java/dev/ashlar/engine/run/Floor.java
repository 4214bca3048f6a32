package dev.ashlar.engine.run;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;

/// Who of a group has a turn. A member that comes or goes has it alone: who counts as a member must
/// not change while another is out, nor for two at once. Who is announced already comes up beside
/// others, and joins another use once it has it alone.
final class Floor {
    private final Set<Seat> turning = new LinkedHashSet<>();
    private final Set<Seat> alone = new LinkedHashSet<>();

    boolean has(Seat seat) {
        return turning.contains(seat);
    }

    int size() {
        return turning.size();
    }

    /// True when nobody's turn keeps it from having one beside.
    boolean isOpenTo(Seat seat) {
        return seat.needsFloorAlone() ? turning.isEmpty() : alone.isEmpty();
    }

    /// True when nobody else gets a turn while it has its own.
    boolean hasAlone(Seat seat) {
        return alone.contains(seat);
    }

    /// True when the turn that its seat has is one for this as well: nobody joins beside others.
    boolean isFor(Seat seat, Cell cell) {
        return has(seat) && (hasAlone(seat) || !seat.isNewJoin(cell));
    }

    /// True when its seat has a turn that is none for this: it comes when nobody else has one.
    boolean holdsBack(Seat seat, Cell cell) {
        boolean isTooSoon = has(seat) && !isFor(seat, cell);
        if (isTooSoon) {
            seat.holdBack(cell);
        }
        return isTooSoon;
    }

    void take(Seat seat) {
        if (turning.add(seat)
                && (seat.needsFloorAlone() || (turning.size() == 1 && seat.isComingOrGoing()))) {
            alone.add(seat);
        }
    }

    /// Who is left as the only one and comes or goes has it alone from now on.
    boolean leave(Seat seat) {
        boolean had = turning.remove(seat);
        alone.remove(seat);
        if (turning.size() == 1) {
            turning.stream().filter(Seat::isComingOrGoing).forEach(alone::add);
        }
        return had;
    }

    Stream<Seat> seats() {
        return turning.stream();
    }
}
