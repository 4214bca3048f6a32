package dev.ashlar.engine.run;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Asks all members of a founded group for their health before the first of them is touched, and
/// those that were ill with others once more: what died since the last run is on no record.
final class Rounds implements Looks.Asker {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private record Asked(Rotation rotation, Seat seat, Cell of) {}

    private final Desk desk;
    private final Turns turns;
    private final Looks looks;
    private final Timers timers;
    private final Map<Cell, Asked> underWay = new LinkedHashMap<>();
    private final Map<Rotation, Integer> open = new LinkedHashMap<>();
    private boolean cancelled;

    Rounds(Desk desk, Turns turns, Looks looks, Timers timers) {
        this.desk = desk;
        this.turns = turns;
        this.looks = looks;
        this.timers = timers;
    }

    /// Goes to the groups that want it.
    void begin() {
        for (Rotation rotation : turns.toVisit()) {
            looks.renew();
            rotation.visitBegins();
            List<InstanceKey> asked = cancelled ? List.of() : setOut(rotation);
            if (!asked.isEmpty()) {
                desk.add(new Command.Visit(rotation.group(), asked));
            }
            if (open.merge(rotation, asked.size(), Integer::sum) == 0) {
                rotation.visitEnds();
            }
        }
    }

    /// Sets out to ask whoever is to be asked and is not being asked already.
    private List<InstanceKey> setOut(Rotation rotation) {
        List<InstanceKey> asked = new ArrayList<>();
        for (Seat seat : rotation.seats()) {
            for (Cell cell : seat.toAsk()) {
                Optional<Cell> look = looks.at(cell, within(cell), this);
                look.ifPresent(l -> underWay.put(l, new Asked(rotation, seat, cell)));
                look.ifPresent(looks::due);
                look.ifPresent(l -> asked.add(l.key));
            }
        }
        return asked;
    }

    private static Duration within(Cell cell) {
        Duration declared = cell.health().map(StepSpec.Health::within).orElse(LONGEST);
        return declared.compareTo(LONGEST) < 0 ? declared : LONGEST;
    }

    @Override
    public void answered(Cell look, Report report) {
        Asked asked = underWay.get(look);
        if (asked == null) {
            return;
        }
        if (report instanceof Report.NotDone(var failure, _, _)) {
            if (!failure.lasting() && look.attempt < Looks.TRIES) {
                Duration every = asked.of().health().map(StepSpec.Health::every).orElse(PAUSE);
                look.phase = Phase.PAUSED;
                desk.add(timers.set(look, desk.nowMs() + every.toMillis()));
                return;
            }
            asked.seat().answered(asked.of(), Optional.of(failure));
        } else if (report instanceof Report.Done) {
            asked.seat().answered(asked.of(), Optional.empty());
        }
        end(look);
    }

    private void end(Cell look) {
        Asked asked = underWay.remove(look);
        looks.over(look);
        desk.add(new Command.Answered(look.key));
        if (asked != null && open.merge(asked.rotation(), -1, Integer::sum) == 0) {
            asked.rotation().visitEnds();
        }
    }

    /// The run was cancelled: nobody else is asked.
    void cancel() {
        cancelled = true;
        for (Cell look : List.copyOf(underWay.keySet())) {
            if (look.phase == Phase.PROBING) {
                look.attempt = Looks.TRIES;
            } else {
                end(look);
            }
        }
    }
}
