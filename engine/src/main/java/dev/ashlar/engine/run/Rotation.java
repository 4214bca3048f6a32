package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The turns of one group. Each change costs the same however many nodes wait. Who is *sick* and
/// who is *ill*: see [Absences]. An ill one is out whatever is done to it, so it needs no room to
/// have its turn; a sick one may still serve.
///
/// A member may be ill only because others are: where the majority is lost none of them serves. So
/// when the first is well again the ill are asked once more, and until they have answered they are
/// *doubted*: they count as out and get no further. Who was ill and is well has a turn like any
/// other: one that it got without room it keeps only if there is room by now, and as long as
/// something is being done there.
final class Rotation {
    private final String group;
    private final Map<String, Seat> seats = new LinkedHashMap<>();
    private final Floor floor = new Floor();
    private final Absences absences = new Absences();
    private final Room room;
    private final Line line = new Line(absences);
    private final List<Cell> free = new ArrayList<>();
    private final List<Seat> toClose = new ArrayList<>();
    private final Set<InstanceKey> mendedSteps = new LinkedHashSet<>();
    private Optional<InstanceKey> halted = Optional.empty();
    private Visit visit = Visit.NOT_YET;

    Rotation(String group, int budget) {
        this.group = group;
        this.room = new Room(budget, floor, absences);
    }

    String group() {
        return group;
    }

    /// True when the cell may start: its seat has its turn, or takes it now. When not, it waits.
    boolean admits(Seat seat, Cell cell) {
        giveUp(seat);
        if (!seat.isHere(cell) || floor.has(seat)) {
            return !floor.holdsBack(seat, cell);
        }
        if (visit == Visit.NOT_YET) {
            // Where all may be out at once there is nobody to be spared, and none to let others in.
            boolean asks =
                    seats.size() > room.budget()
                            || seats.values().stream().anyMatch(Seat::needsSponsor);
            visit = visit.to(asks ? Visit.WANTED : Visit.ENDED);
            if (visit == Visit.ENDED) {
                seats.values().forEach(Seat::askNobody);
            }
        }
        if (visit == Visit.ENDED && seat.waiting.isEmpty() && room.isFor(seat)) {
            begin(seat);
            return true;
        }
        queue(seat, List.of(cell));
        return false;
    }

    private void queue(Seat seat, List<Cell> cells) {
        if (seat.waiting.isEmpty() && !cells.isEmpty()) {
            line.add(seat);
        }
        seat.waiting.addAll(cells);
    }

    Optional<InstanceKey> haltedBy(Seat seat, Cell cell) {
        return floor.isFor(seat, cell) || !seat.isHere(cell) ? Optional.empty() : halted;
    }

    boolean isSick(Seat seat) {
        return seat.isSickOnRecord() || seat.hasFailed || absences.isIll(seat);
    }

    private boolean isDoubted(Seat seat) {
        return absences.isIll(seat) && seat.hasToAnswer();
    }

    /// Of what was ill only what this run has asked again is well.
    void ended(Seat seat, Cell cell, Phase to) {
        if (!seat.isHere(cell)) {
            return;
        }
        boolean admits = seat.isAdmitting(cell.key.use());
        seat.ended(cell, to);
        if (cell.staysAsItWas(to) && seat.isSickOnRecord(cell)) {
            absences.leaveSick(seat);
        }
        if (cell.staysAsItWas(to) && admits) {
            countOut(seat, cell, Mishap.announced(cell.key));
        }
        if (to == Phase.FAILED && !cell.isUnfit) {
            halt(cell.key);
        }
        if (to == Phase.SUCCEEDED && cell.effect() == Effect.DO && absences.isIll(seat)) {
            mended(seat, cell);
        }
        if (to == Phase.SUCCEEDED && cell.key.isLeave()) {
            free.addAll(seat.left(cell.key.use()));
            if (seat.complaints.isEmpty()) {
                heal(seat);
            }
        }
        settle(seat);
    }

    /// Something of it has ended, or is not part of it any more.
    private void settle(Seat seat) {
        if (seat.forgetWhatWent()) {
            heal(seat);
        }
        if (!seat.isDone()) {
            giveUp(seat);
        } else if (seat.owesAnAnswer() && !absences.isLeftSick(seat)) {
            floor.take(seat);
            toClose.add(seat);
        } else {
            end(seat);
        }
    }

    /// Where all is done and health is to be asked, each once; not while a visit asks there too.
    List<Seat> toClose() {
        List<Seat> seats = toClose.stream().filter(seat -> seat.toAsk().isEmpty()).toList();
        toClose.removeAll(seats);
        return seats;
    }

    /// True while `cell` is to be asked although nothing of it is to be done: its node has its
    /// turn, and something else was done there.
    boolean isToAnswer(Seat seat, Cell cell) {
        return floor.has(seat) && seat.unseen.contains(cell) && !isOneOfTheIll(seat);
    }

    boolean isOneOfTheIll(Seat seat) {
        return absences.isOneOfMany(seat);
    }

    /// It was asked in its turn, and is healthy.
    void answeredWell(Seat seat, Cell cell) {
        seat.unseen.seen(cell);
        if (absences.isIll(seat)) {
            mended(seat, cell);
        }
    }

    /// What is tried again is not under way meanwhile: it goes on like the next thing would.
    void paused(Seat seat, Cell cell) {
        seat.paused(cell);
        file(seat);
        giveUp(seat);
    }

    /// One more cell of a node.
    ///
    /// @param asked whether it is asked for its health before the first turn
    /// @param move what it does to who is a member
    Seat seat(String node, Cell cell, boolean sick, boolean asked, Arrival arrival, Move move) {
        Seat seat = seats.computeIfAbsent(node, name -> new Seat(this, name));
        seat.add(cell, sick, asked, arrival, move);
        file(seat);
        return seat;
    }

    /// What its member is to be healthy by has never been so, or is not there any more.
    void countOut(Seat seat, Cell cell, Failure why) {
        seat.complaints.put(cell, why);
        seat.wasIll = true;
        absences.startsUnfinished(seat);
        file(seat);
    }

    /// What makes it sick is not for this run to do.
    void leaveSick(Seat seat) {
        absences.leaveSick(seat);
    }

    Collection<Seat> seats() {
        return Collections.unmodifiableCollection(seats.values());
    }

    /// Somebody must know who of the members is ready.
    void wantVisit() {
        if (visit == Visit.NOT_YET) {
            visit = visit.to(Visit.WANTED);
        }
    }

    /// True when the members have answered, or need not be asked.
    boolean isVisited() {
        return visit == Visit.ENDED;
    }

    /// Whether nothing is known of a member of a use that would keep it from letting others in.
    boolean isReady(String node, String use) {
        Seat seat = seats.get(node);
        return seat == null || seat.isWell(use);
    }

    /// True when somebody wants a turn and the members have not been asked how they are.
    boolean wantsVisit() {
        return visit == Visit.WANTED;
    }

    void visitBegins() {
        visit = visit.to(Visit.BEGUN);
    }

    /// Every member that could be asked has answered: those with a complaint are out.
    void visitEnds() {
        visit = visit.to(Visit.ENDED);
        for (Seat seat : seats.values()) {
            seat.askNobody();
            if (seat.complaints.isEmpty()) {
                heal(seat);
            } else if (absences.fallsIll(seat)) {
                seat.wasIll = true;
                file(seat);
            }
        }
        line.sort();
    }

    /// Something of what was ill has been done again and is healthy.
    private void mended(Seat seat, Cell cell) {
        boolean complained = seat.mended(cell);
        if (complained && seat.complaints.isEmpty()) {
            heal(seat);
        }
        if (complained && mendedSteps.add(Seat.everywhere(cell))) {
            askAgain(Seat.everywhere(cell));
        }
    }

    /// What the ill said of `step` before the first of them was mended may no longer be so.
    private void askAgain(InstanceKey step) {
        List<Seat> asked = absences.ill().stream().filter(seat -> seat.askAgain(step)).toList();
        if (!asked.isEmpty() && visit != Visit.WANTED) {
            visit = visit.to(Visit.WANTED);
        }
        asked.forEach(this::giveUp);
    }

    private void heal(Seat seat) {
        seat.healed();
        if (absences.heals(seat)) {
            line.healed(seat);
            file(seat);
        }
    }

    /// Takes a turn back, between two things that are done there, that was given for an illness
    /// which is in doubt, or over and there is no room. One that it got while it was well, because
    /// nobody else could go on, it keeps: else it would be given and taken for ever. Who is midway
    /// keeps it, too.
    private void giveUp(Seat seat) {
        boolean rests = seat.isIdle() && !seat.isMidway() && !seat.isDone();
        boolean wants = floor.has(seat) && seat.wasIll && rests;
        boolean isOver = !absences.isIll(seat) && !seat.isLastResort && room.isExceededBy(seat);
        if (wants && (isOver || isDoubted(seat))) {
            leaveFloor(seat);
        }
    }

    private void leaveFloor(Seat seat) {
        floor.leave(seat);
        queue(seat, seat.letGoOn());
        file(seat);
    }

    private void file(Seat seat) {
        absences.file(seat, !floor.has(seat));
    }

    private void begin(Seat seat) {
        seat.isLastResort = false;
        floor.take(seat);
        file(seat);
    }

    /// Its turn is over, also one that it gave back meanwhile. What is ill still stays out: nothing
    /// this run had to do there made it well, or it was not let.
    void end(Seat seat) {
        boolean turned = floor.leave(seat) || seat.isTouched();
        Optional<InstanceKey> bad = seat.bad();
        seat.hasFailed = bad.isPresent() && (turned || seat.hasFailed);
        if (bad.isPresent() && (turned || isSick(seat))) {
            halt(bad.get());
        }
        if (bad.isEmpty() && !absences.staysOut(seat)) {
            seat.forgetSickness();
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
        floor.seats()
                .filter(seat -> halted.isPresent() || floor.hasAlone(seat))
                .forEach(seat -> into.addAll(seat.letGoOn()));
        Optional<Seat> next = line.first().filter(this::mayGo);
        while (next.isPresent()) {
            line.removeFirst();
            if (halted.isEmpty() && !next.get().isDone()) {
                begin(next.get());
            }
            into.addAll(next.get().waiting);
            next.get().waiting.clear();
            next = line.first().filter(this::mayGo);
        }
    }

    private boolean mayGo(Seat next) {
        boolean hasTurn = visit == Visit.ENDED && (next.isDone() || room.isFor(next));
        return halted.isPresent() || hasTurn;
    }

    /// Takes the turns of nodes that cannot use them and are not midway, and gives one to the next
    /// in line.
    boolean pass() {
        Optional<Seat> next =
                line.first().filter(seat -> visit == Visit.ENDED && !room.isSpentFor(seat));
        next.ifPresent(this::passTo);
        return next.isPresent();
    }

    private void passTo(Seat next) {
        line.removeFirst();
        floor.seats().filter(seat -> !seat.isMidway()).toList().forEach(this::leaveFloor);
        begin(next);
        next.isLastResort = !absences.isIll(next);
        free.addAll(next.waiting);
        next.waiting.clear();
    }

    /// True when some stay out and nothing is left to do for any of them.
    boolean isPastMending() {
        return room.isPastMending();
    }

    /// The first cell in line that cannot have a turn because of who is ill.
    Optional<Turns.Refusal> refusal() {
        return line.first()
                .filter(next -> visit == Visit.ENDED && room.isSpentFor(next))
                .flatMap(next -> next.waiting.stream().filter(c -> !c.phase.isEnd()).findFirst())
                .map(this::refused);
    }

    private Turns.Refusal refused(Cell cell) {
        Seat patient = room.patient().orElseThrow();
        return new Turns.Refusal(
                cell, Mishap.keptOut(group, patient, floor.has(patient), room.budget()));
    }

    private List<Seat> keptByNewcomers() {
        return room.patients()
                .filter(seat -> !absences.isLeftSick(seat) && seat.isKeptByNewcomers())
                .toList();
    }

    /// Nothing runs anywhere, somebody waits for a turn, and the members that are out would not be
    /// but for what is new there, which in its turn waits for others: that comes after the turn.
    ///
    /// @return what does not wait for, and is not part of, any turn any more
    List<Cell> postpone() {
        if (refusal().isEmpty()) {
            return List.of();
        }
        List<Cell> later = new ArrayList<>();
        for (Seat seat : keptByNewcomers()) {
            later.addAll(seat.letNewcomersGo());
            heal(seat);
            file(seat);
            settle(seat);
        }
        return later;
    }
}
