package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Ends turns with health. When all is done at a node, every step that tells how a member is there
/// and has not been asked since is asked, until it has been healthy as often as it is to be or its
/// time is up; only then is the turn over. A step that has nothing to do is asked as soon as its
/// time comes, so that who waits for it waits for the answer, and has failed when it is not
/// healthy. When one is not healthy at the end, what was done last has.
///
/// Where others are ill as well, a member may not be able to be healthy yet. Then it is only looked
/// at, and stays ill.
final class Closing implements Looks.Asker {
    /// @param was how the step ended in this run; pending where it has not
    private record Asked(Seat seat, Cell about, Phase was, StepSpec.Health health) {
        /// False of who may not be able to be healthy before others are.
        boolean isJudged() {
            return !seat.rotation.isOneOfTheIll(seat);
        }

        boolean isOpen() {
            return was == Phase.PENDING;
        }
    }

    private final Desk desk;
    private final Turns turns;
    private final Looks looks;
    private final Timers timers;
    private final Outcomes outcomes;
    private final Map<Cell, Asked> underWay = new LinkedHashMap<>();
    private final Map<Seat, Integer> open = new LinkedHashMap<>();
    private boolean cancelled;

    Closing(Desk desk, Turns turns, Looks looks, Timers timers, Outcomes outcomes) {
        this.desk = desk;
        this.turns = turns;
        this.looks = looks;
        this.timers = timers;
        this.outcomes = outcomes;
    }

    /// Goes to the nodes where all is done.
    void begin() {
        for (Seat seat : turns.toClose()) {
            looks.renew();
            int count = 0;
            for (Cell about : cancelled ? List.<Cell>of() : seat.unseen.cells()) {
                count += setOut(seat, about) ? 1 : 0;
            }
            if (count == 0) {
                seat.rotation.end(seat);
            } else {
                open.put(seat, count);
            }
        }
    }

    /// Asks a step that has nothing to do.
    ///
    /// @return false when it cannot be asked
    boolean asks(Cell standing) {
        boolean asks = setOut(turns.seat(standing), standing);
        if (asks) {
            desk.enter(standing, Phase.PROBING, "");
        }
        return asks;
    }

    private boolean setOut(Seat seat, Cell about) {
        StepSpec.Health health = about.step().flatMap(StepSpec::health).orElseThrow();
        Optional<Cell> look = looks.at(about, health.within(), this);
        look.ifPresent(l -> {
            l.probeUntilMs = desk.nowMs() + health.within().toMillis();
            underWay.put(l, new Asked(seat, about, about.phase, health));
            looks.due(l);
        });
        return look.isPresent();
    }

    @Override
    public void asked(Cell look) {
        Asked asked = underWay.get(look);
        if (asked != null && asked.about().phase == Phase.PAUSED && asked.isOpen()) {
            desk.enter(asked.about(), Phase.PROBING, "");
        }
    }

    @Override
    public void answered(Cell look, Report report) {
        Asked asked = underWay.get(look);
        if (asked == null) {
            return;
        }
        switch (report) {
            case Report.Done _ -> well(look, asked);
            case Report.NotDone(var failure, _, _) -> notWell(look, asked, failure);
            case Report.Stopped _ -> end(look, asked);
        }
    }

    private void well(Cell look, Asked asked) {
        look.passes++;
        if (look.passes < asked.health().consecutive() && !cancelled) {
            again(look, asked, Health.passed(look.passes, asked.health()));
            return;
        }
        asked.seat().rotation.answeredWell(asked.seat(), asked.about());
        end(look, asked);
    }

    private void notWell(Cell look, Asked asked, Failure failure) {
        look.passes = 0;
        if (cancelled) {
            end(look, asked);
        } else if (isToBeAskedAgain(look, asked, failure)) {
            again(look, asked, Health.NOT_YET);
        } else if (!asked.isJudged()) {
            end(look, asked);
        } else if (asked.isOpen()) {
            forget(look);
            outcomes.answeredIll(asked.about(), Mishap.unhealthy(asked.health(), failure));
        } else {
            blame(asked, failure);
            over(look, asked);
        }
    }

    /// What was done last has failed: it is what the next run does again, or otherwise, before it
    /// asks.
    private void blame(Asked asked, Failure failure) {
        Cell blamed = asked.seat().lastDone().orElse(asked.about());
        if (blamed != asked.about()) {
            restore(asked);
        }
        if (blamed.phase != Phase.FAILED) {
            Failure why =
                    blamed == asked.about()
                            ? Mishap.unhealthy(asked.health(), failure)
                            : Mishap.unhealthyAfter(asked.about().key, asked.health(), failure);
            outcomes.fellIll(blamed, why);
        }
        asked.seat().fail(blamed.key);
    }

    private boolean isToBeAskedAgain(Cell look, Asked asked, Failure failure) {
        return asked.isJudged()
                ? failure.fault() != Failure.Fault.STATE && desk.nowMs() < look.probeUntilMs
                : look.attempt < Looks.TRIES;
    }

    private void again(Cell look, Asked asked, String detail) {
        look.phase = Phase.PAUSED;
        desk.enter(asked.about(), Phase.PAUSED, detail);
        desk.add(timers.set(look, desk.nowMs() + asked.health().every().toMillis()));
    }

    private void end(Cell look, Asked asked) {
        if (asked.isOpen() && !cancelled) {
            forget(look);
            outcomes.stands(asked.about());
        } else {
            restore(asked);
            over(look, asked);
        }
    }

    /// The step is again what it came to in this run.
    private void restore(Asked asked) {
        if (!asked.about().phase.isEnd() && asked.about().phase != asked.was()) {
            desk.enter(asked.about(), asked.was(), "");
        }
    }

    private void over(Cell look, Asked asked) {
        forget(look);
        if (!asked.isOpen() && open.merge(asked.seat(), -1, Integer::sum) == 0) {
            asked.seat().rotation.end(asked.seat());
        }
    }

    private void forget(Cell look) {
        underWay.remove(look);
        looks.over(look);
    }

    /// The run was cancelled: nobody else is asked, and nothing is held against who is not healthy
    /// yet.
    void cancel() {
        cancelled = true;
        for (Map.Entry<Cell, Asked> look : List.copyOf(underWay.entrySet())) {
            restore(look.getValue());
            if (look.getKey().phase != Phase.PROBING) {
                over(look.getKey(), look.getValue());
            }
        }
    }
}
