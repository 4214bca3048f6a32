package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Report;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Closes turns: when all is done at a node, every step that tells how a member is there and has
/// not been asked since is asked, until it has been healthy as often as it is to be or its time is
/// up. Only then is the turn over. What is not healthy is on record as failed, so that the next run
/// does it again.
///
/// Where others are ill as well, a member may not be able to be healthy yet. Then it is only looked
/// at, and stays ill.
final class Closing implements Looks.Asker {
    /// @param was how the step ended in this run
    private record Asked(Seat seat, Cell about, Phase was, StepSpec.Health health) {
        /// False of who may not be able to be healthy before others are.
        boolean isJudged() {
            return !seat.rotation.isOneOfTheIll(seat);
        }
    }

    private final Desk desk;
    private final Turns turns;
    private final Looks looks;
    private final Timers timers;
    private final Outcomes outcomes;
    private final Map<Cell, Asked> underWay = new LinkedHashMap<>();
    private final Map<Seat, Integer> open = new HashMap<>();
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
        } else if (asked.isJudged()) {
            outcomes.fellIll(asked.about(), Mishap.unhealthy(asked.health(), failure));
            asked.seat().fail(asked.about().key);
            over(look, asked);
        } else {
            end(look, asked);
        }
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
        restore(asked);
        over(look, asked);
    }

    /// The step is again what it came to in this run.
    private void restore(Asked asked) {
        if (asked.about().phase != asked.was()) {
            desk.enter(asked.about(), asked.was(), "");
        }
    }

    private void over(Cell look, Asked asked) {
        underWay.remove(look);
        looks.over(look);
        if (open.merge(asked.seat(), -1, Integer::sum) == 0) {
            asked.seat().rotation.end(asked.seat());
        }
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
