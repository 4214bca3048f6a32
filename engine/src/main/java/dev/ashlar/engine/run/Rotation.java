package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The turns of one group. Each change costs the same however many nodes wait.
///
/// A member is *sick* when the record says so, *ill* when it was asked and is not healthy. An ill
/// one is out whatever is done to it, so it needs no room to have its turn; a sick one may still
/// serve. Who is *left* sick is not for this run to mend, and so counts to its end.
///
/// A member may be ill only because others are: where the majority is lost none of them serves. So
/// when the first is well again the ill are asked once more, and until they have answered they are
/// *doubted*: they count as out and get no further. Who was ill and is well has a turn like any
/// other: one that it got without room it keeps only if there is room by now, and as long as
/// something is being done there.
final class Rotation {
    private final String group;
    private final int budget;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Set<Seat> turning = new HashSet<>();
    private final Set<Seat> ill = new LinkedHashSet<>();
    private final Set<Seat> leftSick = new LinkedHashSet<>();
    private final Deque<Seat> illInLine = new ArrayDeque<>();
    private final Deque<Seat> sickInLine = new ArrayDeque<>();
    private final Deque<Seat> wellInLine = new ArrayDeque<>();
    private final List<Cell> free = new ArrayList<>();
    private final Set<InstanceKey> mendedSteps = new HashSet<>();
    private final Set<Seat> sickAndIdle = new HashSet<>();
    private final Set<Seat> illAndIdle = new HashSet<>();
    private Optional<InstanceKey> halted = Optional.empty();
    private Visit visit = Visit.NOT_YET;

    private enum Visit {
        NOT_YET,
        WANTED,
        BEGUN,
        ENDED
    }

    Rotation(String group, int budget) {
        this.group = group;
        this.budget = budget;
    }

    String group() {
        return group;
    }

    /// A node's place in the group.
    final class Seat {
        private final String node;
        private final List<Cell> waiting = new ArrayList<>();
        private final Set<Cell> toAsk = new LinkedHashSet<>();
        private final Set<Cell> sickOnRecord = new LinkedHashSet<>();
        private final Map<Cell, Failure> complaints = new LinkedHashMap<>();
        private Optional<InstanceKey> bad = Optional.empty();
        private int open;
        private final Set<Cell> underWay = new HashSet<>();
        private boolean wasIll;
        private boolean isLastResort;

        Seat(String node) {
            this.node = node;
        }

        /// The cells whose health the next visit asks: of all at first.
        Set<Cell> toAsk() {
            return Collections.unmodifiableSet(toAsk);
        }

        /// How `cell` is as it stands. What has been done again meanwhile stands otherwise.
        void answered(Cell cell, Optional<Failure> complaint) {
            if (toAsk.remove(cell)) {
                complaints.remove(cell);
                complaint.ifPresent(failure -> complaints.put(cell, failure));
            }
        }

        boolean admits(Cell cell) {
            giveUp(this);
            if (turning.contains(this)) {
                return true;
            }
            if (visit == Visit.NOT_YET) {
                // Where all may be out at once there is nobody to be spared.
                visit = seats.size() > budget ? Visit.WANTED : Visit.ENDED;
            }
            if (visit == Visit.ENDED && waiting.isEmpty() && hasRoomFor(this)) {
                begin(this);
                return true;
            }
            if (waiting.isEmpty()) {
                line(this).add(this);
            }
            waiting.add(cell);
            return false;
        }

        Optional<InstanceKey> haltedBy() {
            return turning.contains(this) ? Optional.empty() : halted;
        }

        private boolean isDoubted() {
            return ill.contains(this) && (!toAsk.isEmpty() || complaints.isEmpty());
        }

        private boolean isSick() {
            return !sickOnRecord.isEmpty() || ill.contains(this);
        }

        /// Something is begun there.
        void begun(Cell cell) {
            underWay.add(cell);
        }

        /// Of what was ill only what this run has asked again is well.
        void ended(Cell cell, Phase to) {
            open--;
            underWay.remove(cell);
            if (to == Phase.LEFT_OUT && sickOnRecord.contains(cell)) {
                leftSick.add(this);
            }
            if (to == Phase.FAILED) {
                halt(cell.key);
            }
            if (to == Phase.FAILED || to == Phase.BLOCKED) {
                bad = bad.or(() -> cell.cause);
            }
            if (to == Phase.SUCCEEDED && ill.contains(this)) {
                mended(this, cell);
            }
            if (open == 0) {
                end(this);
            } else {
                giveUp(this);
            }
        }
    }

    /// One more cell of a node.
    Seat seat(String node, Cell cell, boolean sick) {
        Seat seat = seats.computeIfAbsent(node, Seat::new);
        seat.open++;
        if (cell.health().isPresent()) {
            seat.toAsk.add(cell);
        }
        if (sick) {
            seat.sickOnRecord.add(cell);
            file(seat);
        }
        return seat;
    }

    /// What makes it sick is not for this run to do.
    void leaveSick(Seat seat) {
        leftSick.add(seat);
    }

    Collection<Seat> seats() {
        return Collections.unmodifiableCollection(seats.values());
    }

    /// True when somebody wants a turn and the members have not been asked how they are.
    boolean wantsVisit() {
        return visit == Visit.WANTED;
    }

    void visitBegins() {
        visit = Visit.BEGUN;
    }

    /// Every member that could be asked has answered: those with a complaint are out.
    void visitEnds() {
        visit = Visit.ENDED;
        for (Seat seat : seats.values()) {
            seat.toAsk.clear();
            if (seat.complaints.isEmpty()) {
                heal(seat);
            } else if (ill.add(seat)) {
                seat.wasIll = true;
                file(seat);
            }
        }
        for (Deque<Seat> line : List.of(sickInLine, wellInLine)) {
            line.stream().filter(ill::contains).forEach(illInLine::add);
            line.removeIf(ill::contains);
        }
    }

    /// The step, on whatever node.
    private static InstanceKey everywhere(Cell cell) {
        return InstanceKey.ofCluster(cell.key.use(), cell.key.step());
    }

    /// Something of what was ill has been done again and is healthy.
    private void mended(Seat seat, Cell cell) {
        boolean complained = seat.complaints.remove(cell) != null;
        seat.toAsk.remove(cell);
        if (complained && seat.complaints.isEmpty()) {
            heal(seat);
        }
        if (complained && mendedSteps.add(everywhere(cell))) {
            askAgain(everywhere(cell));
        }
    }

    /// What the ill said of `step` before the first of them was mended may no longer be so.
    private void askAgain(InstanceKey step) {
        for (Seat seat : ill) {
            seat.complaints.keySet().stream()
                    .filter(cell -> everywhere(cell).equals(step))
                    .forEach(seat.toAsk::add);
            if (!seat.toAsk.isEmpty()) {
                visit = Visit.WANTED;
                giveUp(seat);
            }
        }
    }

    private void heal(Seat seat) {
        if (ill.remove(seat)) {
            illInLine.remove(seat);
            file(seat);
            if (!seat.waiting.isEmpty()) {
                line(seat).add(seat);
            }
        }
    }

    /// Takes a turn back, between two things that are done there, that was given for an illness
    /// which is in doubt, or over and there is no room. One that it got because nobody else could
    /// go on it keeps: else it would be given and taken for ever.
    private void giveUp(Seat seat) {
        boolean wants = turning.contains(seat) && seat.wasIll && seat.underWay.isEmpty();
        boolean isOver =
                !ill.contains(seat) && !seat.isLastResort && turning.size() + idle(seat) > budget;
        if (wants && (isOver || seat.isDoubted())) {
            turning.remove(seat);
            file(seat);
        }
    }

    /// Keeps the books on one seat: to be called whenever something of it has changed.
    private void file(Seat seat) {
        boolean isIdle = !turning.contains(seat);
        keep(sickAndIdle, seat, isIdle && seat.isSick());
        keep(illAndIdle, seat, isIdle && ill.contains(seat));
    }

    private static void keep(Set<Seat> book, Seat seat, boolean belongs) {
        if (belongs) {
            book.add(seat);
        } else {
            book.remove(seat);
        }
    }

    private Deque<Seat> line(Seat seat) {
        return ill.contains(seat) ? illInLine : seat.isSick() ? sickInLine : wellInLine;
    }

    private Deque<Seat> nextLine() {
        return !illInLine.isEmpty() ? illInLine : !sickInLine.isEmpty() ? sickInLine : wellInLine;
    }

    private boolean hasRoomFor(Seat seat) {
        return ill.contains(seat) || turning.size() + idle(seat) < budget;
    }

    /// How many are out without a turn, as far as that counts for this one.
    private int idle(Seat seat) {
        return (seat.isSick() ? illAndIdle : sickAndIdle).size();
    }

    private void begin(Seat seat) {
        seat.isLastResort = false;
        turning.add(seat);
        file(seat);
    }

    /// What is ill still stays out: nothing this run had to do there made it well, or it was not
    /// let.
    private void end(Seat seat) {
        boolean turned = turning.remove(seat);
        if (seat.bad.isPresent() && (turned || seat.isSick())) {
            halt(seat.bad.get());
        }
        if (!staysOut(seat)) {
            seat.sickOnRecord.clear();
        }
        file(seat);
    }

    private void halt(InstanceKey cause) {
        if (halted.isEmpty()) {
            halted = Optional.of(cause);
        }
    }

    /// Gives turns to those in line as far as there is room; when the group is halted, lets all of
    /// them go, to hear of it.
    void release(List<Cell> into) {
        into.addAll(free);
        free.clear();
        while (true) {
            Deque<Seat> line = nextLine();
            Seat next = line.peek();
            if (next == null || (halted.isEmpty() && !mayGo(next))) {
                return;
            }
            line.remove();
            if (halted.isEmpty() && next.open > 0) {
                begin(next);
            }
            into.addAll(next.waiting);
            next.waiting.clear();
        }
    }

    private boolean mayGo(Seat next) {
        return visit == Visit.ENDED && (next.open == 0 || hasRoomFor(next));
    }

    /// Takes the turns of nodes that cannot use them and gives one to the next in line.
    boolean pass() {
        Seat next = nextLine().peek();
        if (next == null || visit != Visit.ENDED || isSpent(next)) {
            return false;
        }
        nextLine().remove();
        List<Seat> stuck = List.copyOf(turning);
        turning.clear();
        stuck.forEach(this::file);
        begin(next);
        next.isLastResort = true;
        free.addAll(next.waiting);
        next.waiting.clear();
        return true;
    }

    private boolean staysOut(Seat seat) {
        return ill.contains(seat) || leftSick.contains(seat);
    }

    private Set<Seat> out() {
        Set<Seat> out = new LinkedHashSet<>(ill);
        out.addAll(leftSick);
        return out;
    }

    /// True when those who stay out take up the whole budget and the node is not ill itself. To one
    /// that is sick on record, though a part of that be left out, only the ill count: one after
    /// another is how the sick are mended.
    private boolean isSpent(Seat seat) {
        return !ill.contains(seat) && (seat.isSick() ? ill : out()).size() >= budget;
    }

    /// True when some stay out and nothing is left to do for any of them.
    boolean isPastMending() {
        Set<Seat> out = out();
        return !out.isEmpty() && out.stream().allMatch(seat -> seat.open == 0);
    }

    /// The first cell in line that cannot have a turn because of who is ill.
    Optional<Turns.Refusal> refusal() {
        Seat next = nextLine().peek();
        if (next == null || visit != Visit.ENDED || !isSpent(next)) {
            return Optional.empty();
        }
        Seat patient = out().iterator().next();
        return next.waiting.stream()
                .filter(cell -> !cell.phase.isEnd())
                .findFirst()
                .map(cell -> new Turns.Refusal(cell, refusal(patient)));
    }

    private Failure refusal(Seat patient) {
        return patient.complaints.values().stream()
                .findFirst()
                .map(last -> Mishap.sickMember(group, patient.node, budget, last))
                .orElseGet(() -> Mishap.sickAndLeftOut(group, patient.node, budget));
    }
}
