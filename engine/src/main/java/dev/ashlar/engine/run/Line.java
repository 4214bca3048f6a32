package dev.ashlar.engine.run;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/// Who waits for a turn: first the ill, then the sick, then the well, each in the order in which
/// they came. Of the well those go first where a run that was not done has done something, the last
/// foremost: it is there that a turn may have been left in its middle.
final class Line {
    private final Absences absences;
    private final Deque<Seat> ill = new ArrayDeque<>();
    private final Deque<Seat> sick = new ArrayDeque<>();
    private final Queue<Seat> well =
            new PriorityQueue<>(
                    Comparator.comparingLong((Seat seat) -> -seat.leftOffMs)
                            .thenComparingLong(seat -> seat.arrival));
    private long arrivals;

    Line(Absences absences) {
        this.absences = absences;
    }

    void add(Seat seat) {
        seat.arrival = arrivals++;
        (absences.isIll(seat) ? ill : seat.rotation.isSick(seat) ? sick : well).add(seat);
    }

    Optional<Seat> first() {
        return Optional.ofNullable(next().peek());
    }

    void removeFirst() {
        next().remove();
    }

    /// Some have been found ill.
    void sort() {
        for (Queue<Seat> line : List.of(sick, well)) {
            line.stream().filter(absences::isIll).forEach(ill::add);
            line.removeIf(absences::isIll);
        }
    }

    /// Who is ill no longer takes its place among the others.
    void healed(Seat seat) {
        if (ill.remove(seat)) {
            add(seat);
        }
    }

    private Queue<Seat> next() {
        return !ill.isEmpty() ? ill : !sick.isEmpty() ? sick : well;
    }
}
