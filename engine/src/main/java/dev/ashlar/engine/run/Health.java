package dev.ashlar.engine.run;

import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.work.Failure;

/// Asks whether what was brought about is healthy, until it is or its time is up.
final class Health {
    static final String NOT_YET = "not healthy yet";

    private final Desk desk;
    private final Places places;
    private final Timers timers;
    private final Outcomes outcomes;
    private boolean stopped;

    Health(Desk desk, Places places, Timers timers, Outcomes outcomes) {
        this.desk = desk;
        this.places = places;
        this.timers = timers;
        this.outcomes = outcomes;
    }

    /// From now on nothing is asked again.
    void stop() {
        stopped = true;
    }

    void probe(Cell cell) {
        if (cell.phase == Phase.APPLIED) {
            cell.probeUntilMs = desk.nowMs() + cell.health().orElseThrow().within().toMillis();
        }
        cell.probeDue = false;
        places.take(cell);
        desk.enter(cell, Phase.PROBING, "");
        cell.known
                .flatMap(Resolution.Known::probe)
                .ifPresent(probe -> desk.add(new Command.Start(probe.apply(cell.intent), false)));
    }

    void probePassed(Cell cell) {
        cell.passes++;
        StepSpec.Health health = cell.health().orElseThrow();
        if (cell.passes >= health.consecutive()) {
            outcomes.succeeded(cell, cell.applied.orElseThrow());
        } else {
            pauseProbe(cell, health, passed(cell.passes, health));
        }
    }

    static String passed(int passes, StepSpec.Health health) {
        return "healthy " + passes + " of " + health.consecutive();
    }

    void probeFailed(Cell cell, Failure failure) {
        cell.passes = 0;
        StepSpec.Health health = cell.health().orElseThrow();
        if (failure.fault() == Failure.Fault.STATE) {
            // Nothing is said of the member, and nothing will be.
            outcomes.failed(cell, failure, cell.ownedSoFar());
        } else if (desk.nowMs() < cell.probeUntilMs) {
            pauseProbe(cell, health, NOT_YET);
        } else {
            outcomes.failed(cell, Mishap.unhealthy(health, failure), cell.ownedSoFar());
        }
    }

    private void pauseProbe(Cell cell, StepSpec.Health health, String detail) {
        if (stopped) {
            desk.enter(cell, Phase.CANCELLED, "");
            return;
        }
        desk.enter(cell, Phase.PAUSED, detail);
        desk.add(timers.set(cell, desk.nowMs() + health.every().toMillis()));
    }
}
