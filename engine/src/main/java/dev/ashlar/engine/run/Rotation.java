package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
    private final Absences absences = new Absences();
    private final Line line = new Line(absences);
    private final List<Cell> free = new ArrayList<>();
    private final Set<InstanceKey> mendedSteps = new HashSet<>();
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
        private boolean endedBadly;
        private final Gaps gaps = new Gaps();

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
                if (visit == Visit.ENDED) {
                    seats.values().forEach(seat -> seat.toAsk.clear());
                }
            }
            if (visit == Visit.ENDED && waiting.isEmpty() && hasRoomFor(this)) {
                begin(this);
                return true;
            }
            if (waiting.isEmpty()) {
                line.add(this);
            }
            waiting.add(cell);
            return false;
        }

        Optional<InstanceKey> haltedBy() {
            return turning.contains(this) ? Optional.empty() : halted;
        }

        /// What was ill and is no longer there does not keep its node out, once what comes in its
        /// place is there.
        private void forgetWhatWent() {
            boolean went = complaints.keySet().removeIf(this::isOver);
            if (went && complaints.isEmpty()) {
                heal(this);
            }
        }

        private boolean isOver(Cell cell) {
            return cell.effect() == Effect.UNDO
                    && cell.phase == Phase.SUCCEEDED
                    && (open == 0 || gaps.isForGood(cell));
        }

        private boolean isDoubted() {
            return absences.isIll(this) && (!toAsk.isEmpty() || complaints.isEmpty());
        }

        boolean isSick() {
            return !sickOnRecord.isEmpty() || endedBadly || absences.isIll(this);
        }

        /// Something is begun there.
        void begun(Cell cell) {
            underWay.add(cell);
            gaps.begun(cell);
        }

        /// Of what was ill only what this run has asked again is well.
        void ended(Cell cell, Phase to) {
            open--;
            underWay.remove(cell);
            gaps.ended(cell);
            if (to == Phase.LEFT_OUT && sickOnRecord.contains(cell)) {
                absences.leaveSick(this);
            }
            if (to == Phase.FAILED) {
                halt(cell.key);
            }
            if (to == Phase.FAILED || to == Phase.BLOCKED) {
                bad = bad.or(() -> cell.cause);
            }
            if (to == Phase.SUCCEEDED && cell.effect() == Effect.DO && absences.isIll(this)) {
                mended(this, cell);
            }
            forgetWhatWent();
            if (open == 0) {
                end(this);
            } else {
                giveUp(this);
            }
        }
    }

    /// One more cell of a node.
    ///
    /// @param asked whether it is asked for its health before the first turn
    /// @param isNew whether it comes in the place of a use that goes
    Seat seat(String node, Cell cell, boolean sick, boolean asked, boolean isNew) {
        Seat seat = seats.computeIfAbsent(node, Seat::new);
        seat.open++;
        seat.gaps.add(cell, isNew);
        if (asked) {
            seat.toAsk.add(cell);
        }
        if (sick) {
            seat.sickOnRecord.add(cell);
            file(seat);
        }
        return seat;
    }

    /// What its member is to be healthy by is not there: the run that took away what it replaces
    /// was cut short.
    void isMissing(Seat seat, Cell cell) {
        seat.complaints.put(cell, Mishap.missing(cell.key));
        seat.wasIll = true;
        absences.fallsIll(seat);
        file(seat);
    }

    /// What makes it sick is not for this run to do.
    void leaveSick(Seat seat) {
        absences.leaveSick(seat);
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
            } else if (absences.fallsIll(seat)) {
                seat.wasIll = true;
                file(seat);
            }
        }
        line.sort();
    }

    /// The step, on whatever node.
    private static InstanceKey everywhere(Cell cell) {
        return InstanceKey.ofCluster(cell.key.use(), cell.key.step());
    }

    /// Something of what was ill has been done again and is healthy.
    private void mended(Seat seat, Cell cell) {
        boolean complained = seat.complaints.keySet().removeIf(c -> c.key.equals(cell.key));
        seat.toAsk.removeIf(c -> c.key.equals(cell.key));
        if (complained && seat.complaints.isEmpty()) {
            heal(seat);
        }
        if (complained && mendedSteps.add(everywhere(cell))) {
            askAgain(everywhere(cell));
        }
    }

    /// What the ill said of `step` before the first of them was mended may no longer be so.
    private void askAgain(InstanceKey step) {
        for (Seat seat : absences.ill()) {
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
        if (absences.heals(seat)) {
            line.healed(seat);
            file(seat);
        }
    }

    /// Takes a turn back, between two things that are done there, that was given for an illness
    /// which is in doubt, or over and there is no room. One that it got because nobody else could
    /// go on it keeps: else it would be given and taken for ever.
    private void giveUp(Seat seat) {
        boolean rests = seat.underWay.isEmpty() && !seat.gaps.isOpen();
        boolean wants = turning.contains(seat) && seat.wasIll && rests;
        boolean isOver =
                !absences.isIll(seat)
                        && !seat.isLastResort
                        && turning.size() + absences.idle(seat) > budget;
        if (wants && (isOver || seat.isDoubted())) {
            turning.remove(seat);
            file(seat);
        }
    }

    private void file(Seat seat) {
        absences.file(seat, !turning.contains(seat));
    }

    private boolean hasRoomFor(Seat seat) {
        return absences.isIll(seat) || turning.size() + absences.idle(seat) < budget;
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
        seat.endedBadly = turned && seat.bad.isPresent();
        if (seat.bad.isPresent() && (turned || seat.isSick())) {
            halt(seat.bad.get());
        }
        if (seat.bad.isEmpty() && !absences.staysOut(seat)) {
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
        Optional<Seat> next = line.first().filter(this::mayGo);
        while (next.isPresent()) {
            line.removeFirst();
            if (halted.isEmpty() && next.get().open > 0) {
                begin(next.get());
            }
            into.addAll(next.get().waiting);
            next.get().waiting.clear();
            next = line.first().filter(this::mayGo);
        }
    }

    private boolean mayGo(Seat next) {
        boolean hasTurn = visit == Visit.ENDED && (next.open == 0 || hasRoomFor(next));
        return halted.isPresent() || hasTurn;
    }

    /// Takes the turns of nodes that cannot use them and gives one to the next in line.
    boolean pass() {
        Optional<Seat> next = line.first().filter(seat -> visit == Visit.ENDED && !isSpent(seat));
        next.ifPresent(this::passTo);
        return next.isPresent();
    }

    private void passTo(Seat next) {
        line.removeFirst();
        List<Seat> stuck = List.copyOf(turning);
        turning.clear();
        stuck.forEach(this::file);
        begin(next);
        next.isLastResort = true;
        free.addAll(next.waiting);
        next.waiting.clear();
    }

    /// True when those who stay out take up the whole budget and the node is not ill itself; who
    /// has lost something in its turn is out as long as that lasts.
    private boolean isSpent(Seat seat) {
        Set<Seat> others = new HashSet<>(absences.outFor(seat));
        turning.stream().filter(s -> s.gaps.isOpen()).forEach(others::add);
        return !absences.isIll(seat) && others.size() >= budget;
    }

    /// True when some stay out and nothing is left to do for any of them.
    boolean isPastMending() {
        Set<Seat> out = absences.out();
        return !out.isEmpty() && out.stream().allMatch(seat -> seat.open == 0);
    }

    /// The first cell in line that cannot have a turn because of who is ill.
    Optional<Turns.Refusal> refusal() {
        return line.first()
                .filter(next -> visit == Visit.ENDED && isSpent(next))
                .flatMap(next -> next.waiting.stream().filter(c -> !c.phase.isEnd()).findFirst())
                .map(cell -> new Turns.Refusal(cell, refusal(patient())));
    }

    private Seat patient() {
        return Stream.concat(absences.out().stream(), turning.stream()).findFirst().orElseThrow();
    }

    private Failure refusal(Seat patient) {
        Optional<Failure> midway =
                Optional.of(patient)
                        .filter(turning::contains)
                        .map(_ -> Mishap.midway(group, patient.node, budget));
        return patient.complaints.values().stream()
                .findFirst()
                .map(last -> Mishap.sickMember(group, patient.node, budget, last))
                .or(() -> midway)
                .orElseGet(() -> Mishap.sickAndLeftOut(group, patient.node, budget));
    }
}
