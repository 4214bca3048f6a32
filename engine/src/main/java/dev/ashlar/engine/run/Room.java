package dev.ashlar.engine.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether one more of a group may be out: who has a turn and who is out without one, against what
/// its budget allows. Asks the books that its [Rotation] keeps, and changes nothing.
final class Room {
    private final int budget;
    private final Floor floor;
    private final Absences absences;

    /// @param budget how many members may be out at once
    Room(int budget, Floor floor, Absences absences) {
        this.budget = budget;
        this.floor = floor;
        this.absences = absences;
    }

    int budget() {
        return budget;
    }

    boolean isFor(Seat seat) {
        return floor.isOpenTo(seat)
                && !isTooSoon(seat)
                && (absences.isIll(seat) || floor.size() + absences.idle(seat) < budget);
    }

    /// True when a turn that it has is one too many.
    boolean isExceededBy(Seat seat) {
        return floor.size() + absences.idle(seat) > budget;
    }

    /// Nobody comes or goes while another is not finished, but who is announced itself.
    private boolean isTooSoon(Seat seat) {
        return seat.needsFloorAlone() && absences.isAnyUnfinishedBut(seat);
    }

    /// True when those who stay out take up the whole budget and the node is not ill itself; who is
    /// midway is out as long as that lasts, and who comes or goes is not disturbed.
    boolean isSpentFor(Seat seat) {
        Set<Seat> others = new LinkedHashSet<>(absences.outFor(seat));
        floor.seats().filter(Seat::isMidway).forEach(others::add);
        return !absences.isIll(seat)
                && (others.size() >= budget || isAdmitting() || isTooSoon(seat));
    }

    /// True while a member is on its way in.
    private boolean isAdmitting() {
        return floor.seats().anyMatch(Seat::isAdmitting);
    }

    /// True when some stay out and nothing is left to do for any of them.
    boolean isPastMending() {
        Set<Seat> out = absences.out();
        return !out.isEmpty() && out.stream().allMatch(Seat::isDone);
    }

    /// Who stays out, or is midway, first.
    Optional<Seat> patient() {
        return patients().findFirst();
    }

    /// Those who stay out or are midway, each once.
    Stream<Seat> patients() {
        return Stream.concat(absences.out().stream(), floor.seats().filter(Seat::isMidway))
                .distinct();
    }
}
