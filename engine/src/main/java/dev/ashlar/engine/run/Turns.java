package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// How changes pass over a founded group: a node at a time (or as many as the budget allows), the
/// next only once every instance of the one before has ended well. Members that an earlier run left
/// failed or cut short, or that are found not to be healthy before the first turn, count as out
/// already and come first. A turn that ends badly halts the group.
final class Turns {
    private final Map<String, Rotation> groups;
    private final Map<Cell, Seat> seats;
    private final Seating seating;
    private final Map<InstanceKey, Rotation> asking = new LinkedHashMap<>();

    /// What may not be done, and why.
    record Refusal(Cell cell, Failure failure) {}

    Turns(Seating seating) {
        this.groups = seating.groups;
        this.seats = seating.seats;
        this.seating = seating;
    }

    /// True when it has to wait for its node's turn.
    boolean isSeated(Cell cell) {
        return seats.containsKey(cell);
    }

    /// The instance that halted the cell's group, if it was halted and the cell's node is not in a
    /// turn.
    Optional<InstanceKey> haltedBy(Cell cell) {
        Seat seat = seats.get(cell);
        return seat == null ? Optional.empty() : seat.rotation.haltedBy(seat, cell);
    }

    /// True when the cell may start: it needs no turn, or its node has one or takes one now. When
    /// not, the cell is kept here until [#released].
    boolean admits(Cell cell) {
        Seat seat = seats.get(cell);
        return seat == null || seat.rotation.admits(seat, cell);
    }

    void changed(Cell cell, Phase from, Phase to) {
        Seat seat = seats.get(cell);
        if (seat != null && to == Phase.RUNNING) {
            seat.begun(cell);
        }
        if (seat != null && (to == Phase.APPLIED || to == Phase.PROBING)) {
            seat.asked(cell, to);
        }
        if (seat != null && from == Phase.RUNNING && to == Phase.PAUSED) {
            seat.rotation.paused(seat, cell);
        }
        if (seat != null && to.isEnd()) {
            seat.rotation.ended(seat, cell, to);
        }
    }

    /// A join or leave step waits for a ready member.
    void ask(Cell cell) {
        Seat seat = seats.get(cell);
        if (seat != null && !asking.containsKey(cell.key)) {
            seat.rotation.wantVisit();
            asking.put(cell.key, seat.rotation);
        }
    }

    /// Who is ready, by the join or leave steps that wait for it. Where nobody is, who is mended
    /// first may be; what may have been done already does not wait for that.
    Map<InstanceKey, List<String>> answers() {
        Map<InstanceKey, List<String>> answers = new LinkedHashMap<>();
        asking.forEach((key, rotation) -> {
            List<String> ready = rotation.isVisited() ? seating.ready(key, rotation) : List.of();
            if (!ready.isEmpty() || (rotation.isVisited() && seating.isResumed(key))) {
                answers.put(key, ready);
            }
        });
        asking.keySet().removeAll(answers.keySet());
        return answers;
    }

    /// Nothing runs anywhere: nobody is going to be ready.
    ///
    /// @return the join and leave steps that waited for it
    Set<InstanceKey> unanswered() {
        Set<InstanceKey> steps = new LinkedHashSet<>(asking.keySet());
        asking.clear();
        return steps;
    }

    /// The groups whose members must be asked for their health before anybody gets a turn: all once
    /// in a run, and the ill again when the first of them is well.
    List<Rotation> toVisit() {
        return groups.values().stream().filter(Rotation::wantsVisit).toList();
    }

    /// The nodes where all is done, and whose turn is over once their members are healthy.
    List<Seat> toClose() {
        return groups.values().stream().flatMap(rotation -> rotation.toClose().stream()).toList();
    }

    /// True when its health is to be asked although nothing of it is to be done, for something else
    /// was done at its node in this turn.
    boolean isToAnswer(Cell cell) {
        Seat seat = seats.get(cell);
        return seat != null && seat.rotation.isToAnswer(seat, cell);
    }

    Seat seat(Cell cell) {
        return Objects.requireNonNull(seats.get(cell));
    }

    /// Cells that were kept and may be looked at again.
    List<Cell> released() {
        List<Cell> cells = new ArrayList<>();
        groups.values().forEach(rotation -> rotation.release(cells));
        return cells;
    }

    /// Nothing runs anywhere: nodes in a turn wait for something that only another node's turn can
    /// bring about. Lets others have theirs, but none of a group that would lose more than its
    /// budget.
    ///
    /// @return true when that makes a difference
    boolean pass() {
        boolean any = false;
        for (Rotation rotation : groups.values()) {
            any |= rotation.pass();
        }
        return any;
    }

    /// Nothing runs anywhere: the first that waits for a turn which sick members keep it from, none
    /// of whom this run has anything left to do for. It is refused before turns pass on, so that no
    /// other group is walked through for the sake of what cannot come.
    Optional<Refusal> hopeless() {
        return groups.values().stream()
                .filter(Rotation::isPastMending)
                .flatMap(r -> r.refusal().stream())
                .findFirst();
    }

    /// Nothing runs anywhere and no turn can pass on: what is new at the members that are out, and
    /// keeps them so, and waits for others that wait for a turn, comes after the turns.
    ///
    /// @return what that is, by its group
    Map<Cell, String> postponed() {
        Map<Cell, String> later = new LinkedHashMap<>();
        for (Rotation rotation : groups.values()) {
            rotation.postpone().forEach(cell -> later.put(cell, rotation.group()));
        }
        return later;
    }

    /// Nothing runs anywhere and nothing helps: the first that waits for a turn which sick members
    /// keep it from.
    Optional<Refusal> refusal() {
        return groups.values().stream().flatMap(r -> r.refusal().stream()).findFirst();
    }
}
