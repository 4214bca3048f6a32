package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A node's place in its group: what is to be done there in its turn, and what is known of its
/// health. Its [Rotation] says when it has that turn.
final class Seat {
    final Rotation rotation;
    final String node;
    final List<Cell> waiting = new ArrayList<>();
    final Map<Cell, Failure> complaints = new LinkedHashMap<>();
    final Gaps gaps = new Gaps();
    final Unseen unseen = new Unseen();
    boolean wasIll;
    boolean isLastResort;
    boolean hasFailed;
    long leftOffMs;
    long arrival;
    private final Set<Cell> open = new LinkedHashSet<>();
    private final Set<Cell> underWay = new LinkedHashSet<>();
    private final Set<Cell> toAsk = new LinkedHashSet<>();
    private final Set<Cell> sickOnRecord = new LinkedHashSet<>();
    private final Set<String> admitting = new LinkedHashSet<>();
    private Optional<InstanceKey> bad = Optional.empty();
    private Optional<Cell> lastDone = Optional.empty();
    private final List<Cell> heldBack = new ArrayList<>();
    private final Set<Cell> newJoins = new LinkedHashSet<>();
    private boolean isAnnounced;
    private boolean goes;
    private boolean needsSponsor;
    private boolean isTouched;

    Seat(Rotation rotation, String node) {
        this.rotation = rotation;
        this.node = node;
    }

    /// @param asked whether it is asked for its health before the first turn
    /// @param move what it does to who is a member
    void add(Cell cell, boolean sick, boolean asked, Arrival arrival, Move move) {
        open.add(cell);
        gaps.add(cell, arrival);
        unseen.add(cell);
        goes |= move == Move.NEW && !cell.key.isJoin();
        if (move == Move.NEW && cell.key.isJoin()) {
            newJoins.add(cell);
        }
        needsSponsor |= move != Move.NONE;
        if (asked) {
            toAsk.add(cell);
        }
        if (sick) {
            sickOnRecord.add(cell);
        }
    }

    /// True of a node where a use gains or loses a member: nobody else has a turn meanwhile.
    boolean isComingOrGoing() {
        return goes || !newJoins.isEmpty();
    }

    /// True where nothing can be done before it has the floor alone. Whoever is announced in one
    /// use comes up beside the ill, who may be so until it is there, and joins others after that.
    boolean needsFloorAlone() {
        return isComingOrGoing() && (goes || !isAnnounced);
    }

    boolean isNewJoin(Cell cell) {
        return newJoins.contains(cell) && isHere(cell);
    }

    /// It is not done beside others' turns.
    void holdBack(Cell cell) {
        heldBack.add(cell);
    }

    /// What was held back is not any more.
    List<Cell> letGoOn() {
        List<Cell> all = List.copyOf(heldBack);
        heldBack.clear();
        return all;
    }

    /// It has joined a use, or may have, and was never healthy there.
    void announced() {
        isAnnounced = true;
    }

    /// Whatever made it ill is over.
    void healed() {
        isAnnounced = false;
    }

    boolean needsSponsor() {
        return needsSponsor;
    }

    /// True from the moment its member of a use is announced to the others until all of it is done.
    boolean isAdmitting() {
        return !admitting.isEmpty();
    }

    boolean isAdmitting(String use) {
        return admitting.contains(use);
    }

    /// True while it has lost something that is not made up for yet, or is on its way in: it is
    /// out, and nothing but its own turn ends that, or that what is new there is postponed.
    boolean isMidway() {
        return gaps.isOpen() || isAdmitting();
    }

    /// False of what has ended, and of what needs no turn any more.
    boolean isHere(Cell cell) {
        return open.contains(cell);
    }

    boolean isDone() {
        return open.isEmpty();
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    /// True when something was begun there in this run.
    boolean isTouched() {
        return isTouched;
    }

    /// All that was done there ended well, and something has not answered since.
    boolean owesAnAnswer() {
        return bad.isEmpty() && !unseen.isEmpty();
    }

    Optional<InstanceKey> bad() {
        return bad;
    }

    // ---- health

    /// The cells whose health the next visit asks: of all at first.
    Set<Cell> toAsk() {
        return Collections.unmodifiableSet(toAsk);
    }

    void askNobody() {
        toAsk.clear();
    }

    /// How `cell` is as it stands. What has been done again meanwhile stands otherwise.
    void answered(Cell cell, Optional<Failure> complaint) {
        if (toAsk.remove(cell)) {
            complaints.remove(cell);
            complaint.ifPresent(failure -> complaints.put(cell, failure));
        }
    }

    /// What was said of `step` is to be asked once more.
    ///
    /// @return true when something is
    boolean askAgain(InstanceKey step) {
        complaints.keySet().stream()
                .filter(cell -> everywhere(cell).equals(step))
                .forEach(toAsk::add);
        return !toAsk.isEmpty();
    }

    /// The step, on whatever node.
    static InstanceKey everywhere(Cell cell) {
        return InstanceKey.ofCluster(cell.key.use(), cell.answering().step());
    }

    /// `cell` has been done again and is healthy.
    ///
    /// @return true when it was not
    boolean mended(Cell cell) {
        toAsk.removeIf(c -> c.key.equals(cell.key));
        return complaints.keySet().removeIf(c -> c.key.equals(cell.key));
    }

    /// True when what it said last may no longer be so.
    boolean hasToAnswer() {
        return !toAsk.isEmpty() || complaints.isEmpty();
    }

    /// True when nothing is known of a use there that would keep it from being asked a favour. What
    /// was sick before the run is no more once all of that use has been seen to there, whatever
    /// others at its node still wait for.
    boolean isWell(String use) {
        Stream<Cell> sick = sickOnRecord.stream().filter(_ -> !isMended(use));
        return Stream.concat(complaints.keySet().stream(), sick)
                .noneMatch(cell -> cell.key.use().equals(use));
    }

    private boolean isMended(String use) {
        return bad.isEmpty()
                && open.stream().noneMatch(cell -> cell.key.use().equals(use))
                && sickOnRecord.stream()
                        .filter(cell -> cell.key.use().equals(use))
                        .allMatch(cell -> cell.phase == Phase.SUCCEEDED);
    }

    boolean isSickOnRecord() {
        return !sickOnRecord.isEmpty();
    }

    boolean isSickOnRecord(Cell cell) {
        return sickOnRecord.contains(cell);
    }

    void forgetSickness() {
        sickOnRecord.clear();
    }

    // ---- what is done there

    /// Something is begun there.
    void begun(Cell cell) {
        if (!isHere(cell)) {
            return;
        }
        underWay.add(cell);
        isTouched = true;
        unseen.touched();
        if (cell.key.isJoin()) {
            admitting.add(cell.key.use());
        }
        gaps.begun(cell);
    }

    /// Its work is done, or needs none, and it is asked how it is.
    void asked(Cell cell, Phase to) {
        if (isHere(cell)) {
            underWay.add(cell);
        }
        if (isHere(cell) && to == Phase.APPLIED) {
            unseen.touched();
        }
    }

    /// An attempt has failed; nothing of it is under way until the next.
    void paused(Cell cell) {
        underWay.remove(cell);
        hasFailed |= isHere(cell);
    }

    void ended(Cell cell, Phase to) {
        open.remove(cell);
        if (underWay.remove(cell) && cell.health().isEmpty()) {
            unseen.touched();
        }
        gaps.ended(cell);
        if (isAdmitting(cell.key.use())
                && open.stream().noneMatch(other -> other.key.use().equals(cell.key.use()))) {
            admitting.remove(cell.key.use());
        }
        if (to == Phase.SUCCEEDED) {
            unseen.seen(cell);
            lastDone = Optional.of(cell).filter(Seat::canBeDoneAgain).or(() -> lastDone);
        }
        if ((to == Phase.FAILED || to == Phase.BLOCKED) && !cell.isUnfit) {
            bad = bad.or(() -> cell.cause);
        }
    }

    private static boolean canBeDoneAgain(Cell cell) {
        return cell.effect() == Effect.DO && !cell.key.isMembership();
    }

    /// What was brought about last there.
    Optional<Cell> lastDone() {
        return lastDone;
    }

    /// It was not healthy when all was done there.
    void fail(InstanceKey unhealthy) {
        bad = bad.or(() -> Optional.of(unhealthy));
    }

    /// What was ill and is no longer there does not keep its node out, once what comes in its place
    /// is there.
    ///
    /// @return true when nothing else keeps it out
    boolean forgetWhatWent() {
        return complaints.keySet().removeIf(this::isOver) && complaints.isEmpty();
    }

    private boolean isOver(Cell cell) {
        return cell.effect() == Effect.UNDO
                && cell.phase == Phase.SUCCEEDED
                && ((isDone() && bad.isEmpty()) || gaps.isForGood(cell));
    }

    /// True when it would be there but for what is new there, none of which can begin. Who has to
    /// be let in needs its turn for that.
    boolean isKeptByNewcomers() {
        Set<Cell> newcomers = gaps.newcomers();
        return waiting.isEmpty()
                && isIdle()
                && !isAdmitting()
                && !newcomers.isEmpty()
                && newcomers.stream().allMatch(Seat::canComeLater)
                && newcomers.containsAll(complaints.keySet())
                && !gaps.isOpenBut(newcomers);
    }

    private static boolean canComeLater(Cell cell) {
        return cell.phase == Phase.PENDING && !cell.key.isJoin();
    }

    /// What is new there is not part of its turn any more.
    ///
    /// @return all of it
    Set<Cell> letNewcomersGo() {
        Set<Cell> newcomers = gaps.newcomers();
        newcomers.forEach(gaps::ended);
        open.removeAll(newcomers);
        forget(newcomers::contains);
        return newcomers;
    }

    private void forget(Predicate<Cell> gone) {
        complaints.keySet().removeIf(gone);
        toAsk.removeIf(gone);
        sickOnRecord.removeIf(gone);
        unseen.forget(gone);
    }

    /// The others do not count on its member of `use` any more: what goes of that needs no turn. It
    /// is the last that any turn is needed for where nothing else of the group is there.
    ///
    /// @return what waited for a turn and needs none
    List<Cell> left(String use) {
        boolean isLast =
                open.stream()
                        .map(cell -> cell.key.use())
                        .allMatch(of -> of.equals(use) || of.equals(InstanceKey.NODE_USE));
        List<Cell> gone =
                open.stream().filter(cell -> isLast || cell.key.use().equals(use)).toList();
        List<Cell> free = waiting.stream().filter(gone::contains).toList();
        gone.forEach(gaps::ended);
        gone.forEach(open::remove);
        waiting.removeAll(free);
        forget(cell -> cell.key.use().equals(use));
        return free;
    }
}
