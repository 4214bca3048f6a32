package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Graph;
import dev.ashlar.engine.graph.Selection;
import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.past.Success;
import dev.ashlar.engine.resolve.Achieved;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Await.Holds;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How instances end and what that means for those that wait for them.
final class Outcomes {
    private final Desk desk;
    private final Past past;
    private final Probing probing;
    private final Tally tally;
    private final Achieved achieved;
    private final Waits waits;
    private final Founders founders;
    private final Selection selection;
    private final Set<InstanceKey> leftOut = new LinkedHashSet<>();
    private final Set<InstanceKey> unfit = new LinkedHashSet<>();
    private final Deque<Cell> toConsider;

    /// @param toConsider takes the cells that may have become ready
    Outcomes(
            Desk desk,
            Graph graph,
            Past past,
            Achieved achieved,
            Probing probing,
            Tally tally,
            Selection selection,
            Deque<Cell> toConsider) {
        this.desk = desk;
        this.past = past;
        this.probing = probing;
        this.tally = tally;
        this.achieved = achieved;
        this.waits = new Waits(graph, achieved);
        this.selection = selection;
        this.founders = new Founders(graph, past);
        this.toConsider = toConsider;
    }

    /// `cell` goes on once all of these hold.
    void await(Cell cell, Set<Await> awaits) {
        for (Await await : awaits) {
            if (await instanceof Await.Elsewhere(String cluster, String reason, _)) {
                neverKnown(cell, "it reads what " + cluster + " does not have: " + reason);
                return;
            }
        }
        waits.add(cell, awaits).ifPresent(cause -> blocked(cell, cause));
    }

    /// It does not wait any longer for what may not come.
    void goOn(Cell cell) {
        toConsider.add(cell);
    }

    /// It reads what another cluster does not have, and no run of this one changes that. Where it
    /// is not for this run to do, what stands of it stands, as far as anybody knows.
    private void neverKnown(Cell cell, String reason) {
        if (!selection.leavesOut(cell.key, past.place(cell.key))) {
            refused(cell, Failure.lasting("elsewhere", Failure.Fault.SITE, reason));
        } else if (past.success(cell.key).isPresent() && !past.isSick(cell.key)) {
            stands(cell);
        } else {
            leftOut(cell);
        }
    }

    void succeeded(Cell cell, Report.Done done) {
        record(cell, done);
        if (cell.effect() == Effect.UNDO) {
            desk.enter(cell, Phase.SUCCEEDED, String.join(", ", done.changed()));
            cell.dependents.forEach(this::met);
            return;
        }
        past.success(cell.key).ifPresent(success -> achieved(cell, Phase.SUCCEEDED, success));
    }

    private void record(Cell cell, Report.Done done) {
        if (!done.changed().isEmpty()) {
            tally.changed++;
        }
        desk.append(Records.succeeded(desk.run(), cell, cell.effect(), done, desk.nowMs()));
    }

    private void achieved(Cell cell, Phase phase, Success success) {
        List<String> changed = cell.applied.map(Report.Done::changed).orElse(List.of());
        desk.enter(cell, phase, String.join(", ", changed));
        tally.achieved(phase, success);
        holds(cell, achieved.achieve(success));
    }

    /// Nothing of it was to be done, and what else was done at its node leaves it as it was.
    void stands(Cell cell) {
        past.success(cell.key).ifPresent(success -> achieved(cell, Phase.SKIPPED, success));
    }

    /// Nothing of it was to be done, and it is not healthy after what else was done at its node.
    void answeredIll(Cell cell, Failure failure) {
        fellIll(cell, failure);
        lose(cell, cell.key);
    }

    /// It had ended well, and its node is not when all is done there; who waited for it has gone
    /// on. With an intent the failure counts in later runs, too: what is there is not what is meant
    /// to be, and is done again.
    void fellIll(Cell cell, Failure failure) {
        cell.intent = desk.newIntent();
        cell.attempt = 1;
        String fingerprint = past.success(cell.key).map(Success::fingerprint).orElse("");
        desk.append(
                Records.intended(
                        desk.run(), cell, fingerprint, Optional.empty(), List.of(), desk.nowMs()));
        desk.append(failure(cell, failure, List.of()));
        cell.cause = Optional.of(cell.key);
        desk.enter(cell, Phase.FAILED, failure.message(), Optional.of(failure));
    }

    /// What stood has been made anew. It has no more than what it produced to give to others.
    void renewed(Cell cell, Report.Done done) {
        record(cell, done);
        desk.enter(cell, Phase.SUCCEEDED, String.join(", ", done.changed()));
        past.success(cell.key).ifPresent(achieved::renew);
    }

    /// Its condition is false, and nothing of it is there.
    void off(Cell cell) {
        desk.enter(cell, Phase.SKIPPED, "");
        holds(cell, achieved.off(cell.key));
    }

    private void holds(Cell cell, List<Await> awaits) {
        cell.dependents.forEach(this::met);
        for (Await now : awaits) {
            toConsider.addAll(waits.release(now));
            if (now instanceof Await.Gathered(String use, Holds holds) && holds == Holds.ALL) {
                founders.passed(desk.run(), use, desk.nowMs()).ifPresent(desk::append);
                probing.foundedNow(use);
            }
            if (now instanceof Await.Healthy(String use, String node) && probing.isByTurns(use)) {
                founders.joined(desk.run(), use, node, desk.nowMs()).ifPresent(desk::append);
            }
        }
    }

    /// Members have been asked how they are: these are ready to carry out a join or leave step.
    void ready(InstanceKey membership, List<String> nodes) {
        toConsider.addAll(waits.release(achieved.ready(membership, nodes)));
    }

    private void met(Cell dependent) {
        dependent.unmet--;
        if (dependent.unmet > 0) {
            return;
        }
        if (dependent.task instanceof Cell.Task.Gate) {
            dependent.dependents.forEach(this::met);
        } else {
            toConsider.add(dependent);
        }
    }

    JournalRecord failure(Cell cell, Failure failure, List<Owned> owned) {
        return new JournalRecord.Failed(
                desk.run(),
                cell.key,
                cell.intent,
                cell.effect(),
                failure,
                cell.recorded(owned),
                desk.nowMs());
    }

    void failed(Cell cell, Failure failure, List<Owned> owned) {
        desk.append(failure(cell, failure, owned));
        cell.cause = Optional.of(cell.key);
        cell.isUnfit = failure.isUnfit();
        if (cell.isUnfit) {
            unfit.add(cell.key);
        }
        desk.enter(cell, Phase.FAILED, failure.message(), Optional.of(failure));
        lose(cell, cell.key);
    }

    /// It was stopped because a person wanted that. The attempt failed, the instance did not: it
    /// and what waits for it are what the next run goes on with.
    ///
    /// @param owned what it had brought about when it was stopped
    void stopped(Cell cell, List<Owned> owned) {
        Failure stopped = Failure.stop();
        desk.append(failure(cell, stopped, cell.ownedWith(owned)));
        desk.enter(cell, Phase.CANCELLED, stopped.message());
    }

    /// It fails, and nothing is tried for that.
    void refused(Cell cell, Failure failure) {
        cell.intent = desk.newIntent();
        failed(cell, failure, List.of());
    }

    /// True when there is something to refuse.
    boolean refuses(Optional<Turns.Refusal> refusal) {
        refusal.ifPresent(r -> refused(r.cell(), r.failure()));
        return refusal.isPresent();
    }

    void blocked(Cell cell, InstanceKey cause) {
        if (!cell.phase.isEnd()) {
            block(cell, cause);
            lose(cell, cause);
        }
    }

    /// It would run, and is not for this run to do.
    void leftOut(Cell cell) {
        leftOut.add(cell.key);
        desk.enter(cell, Phase.LEFT_OUT, "");
        lose(cell, cell.key);
    }

    /// It would run, and needs what is not for this run to do.
    void leftOut(Cell cell, InstanceKey missing) {
        leftOut.add(missing);
        blocked(cell, missing);
    }

    private void block(Cell cell, InstanceKey cause) {
        cell.cause = Optional.of(cause);
        cell.isUnfit = unfit.contains(cause);
        if (cell.task instanceof Cell.Task.Gate) {
            cell.phase = Phase.BLOCKED;
        } else if (leftOut.contains(cause)) {
            desk.enter(cell, Phase.LEFT_OUT, "waits for " + cause);
        } else if (selection.leavesOut(cell.key, Optional.empty())) {
            desk.enter(cell, Phase.LEFT_OUT, "");
        } else {
            desk.enter(cell, Phase.BLOCKED, "by " + cause);
        }
    }

    /// What has been achieved stays so where it could not be made anew: only who needs that is
    /// blocked by it.
    private boolean isAchieved(Cell cell) {
        return achieved.holds(new Await.Success(cell.key));
    }

    /// Blocks all that depends on what was lost, however long the chain.
    private void lose(Cell first, InstanceKey cause) {
        Deque<Cell> lost = new ArrayDeque<>(List.of(first));
        while (!lost.isEmpty()) {
            Cell cell = lost.poll();
            List<Cell> next = new ArrayList<>(cell.dependents);
            if (cell.task instanceof Cell.Task.Bring && !isAchieved(cell)) {
                next.addAll(waits.lose(cell.key, cause));
            }
            for (Cell dependent : next) {
                if (!dependent.phase.isEnd()) {
                    block(dependent, cause);
                    lost.add(dependent);
                }
            }
        }
    }
}
