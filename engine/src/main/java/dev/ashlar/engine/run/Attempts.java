package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Past;
import dev.ashlar.engine.removal.Surplus;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Report;
import dev.ashlar.model.work.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Hands out what cells have to do, each under an intent: first the taking back of what a step no
/// longer brings about, where there is such, then its work; and again after failures that may pass.
final class Attempts {
    private static final int MAX_DOUBLINGS = 10;

    private final Settings settings;
    private final Desk desk;
    private final Past past;
    private final Places places;
    private final Timers timers;
    private final Outcomes outcomes;
    private final Tally tally;
    private final Works works;
    private final Map<String, Cell> byIntent = new LinkedHashMap<>();
    private final Map<InstanceKey, Cell> taken = new LinkedHashMap<>();

    Attempts(
            Settings settings,
            Desk desk,
            Past past,
            Places places,
            Timers timers,
            Outcomes outcomes,
            Tally tally,
            List<Cell> cells) {
        this.settings = settings;
        this.desk = desk;
        this.past = past;
        this.places = places;
        this.timers = timers;
        this.outcomes = outcomes;
        this.tally = tally;
        this.works = new Works(settings, past, this::goes);
        cells.stream()
                .filter(cell -> cell.effect() == Effect.UNDO)
                .forEach(cell -> taken.put(cell.key, cell));
    }

    /// True of what is still to be taken back in this run.
    private boolean goes(InstanceKey key) {
        Cell cell = taken.get(key);
        return cell != null && !cell.phase.isEnd();
    }

    /// Whose work goes by that intent, if anybody's.
    @Nullable Cell of(String intent) {
        return byIntent.get(intent);
    }

    /// What comes back under its intent is for that cell.
    void expect(Cell cell) {
        byIntent.put(cell.intent, cell);
    }

    void start(Cell cell) {
        List<String> destroys = works.destroyed(cell);
        Optional<Interrupted> open = goesOnWith(cell, destroys);
        cell.again = open.isPresent();
        cell.intent = open.map(Interrupted::intent).orElseGet(desk::newIntent);
        cell.attempt++;
        if (cell.attempt == 1 && past.interrupted(cell.key).isPresent()) {
            tally.resumed++;
        }
        Optional<String> chosen =
                cell.known.filter(Resolution.Known::chosen).flatMap(Resolution.Known::place);
        desk.append(
                Records.intended(
                        settings.run(), cell, fingerprint(cell), chosen, destroys, desk.nowMs()));
        // Its record tells what it reads now, whatever that has become when it is done.
        cell.known.ifPresent(Resolution.Known::inputs);
        expect(cell);
        places.take(cell);
        desk.enter(cell, Phase.RUNNING, how(cell));
        List<Owned> surplus =
                cell.known
                        .map(known -> Surplus.of(past, cell.key, cell.step(), known))
                        .orElse(List.of());
        cell.dropping =
                past.ownedAlone(
                        cell.key,
                        cell.place(),
                        surplus,
                        (other, one) -> goes(other) && !one.data());
        cell.dropped = surplus.stream().map(Owned::key).toList();
        if (cell.dropping.isEmpty()) {
            desk.add(new Command.Start(works.of(cell), cell.again));
        } else {
            Work.Undo undo = Works.dropping(cell, cell.dropping);
            byIntent.put(undo.intent(), cell);
            desk.add(new Command.Start(undo, cell.again));
        }
    }

    /// What was cut short goes on under its intent where that was for the same. One that was to
    /// keep data is not taken for one that destroys it; what was to destroy it, and is to keep it
    /// now, may have done so: its outcome is asked for first.
    private Optional<Interrupted> goesOnWith(Cell cell, List<String> destroys) {
        return past.interrupted(cell.key)
                .filter(_ -> cell.attempt == 0)
                .filter(open -> open.effect() == cell.effect())
                .filter(open -> open.fingerprint().equals(fingerprint(cell)))
                .filter(open -> open.destroys().containsAll(destroys));
    }

    private static String how(Cell cell) {
        List<String> words = new ArrayList<>();
        cell.place()
                .filter(_ -> cell.key.isMembership())
                .ifPresent(node -> words.add("on " + node));
        if (cell.attempt > 1) {
            words.add("attempt " + cell.attempt);
        }
        return String.join(", ", words);
    }

    /// What the step no longer brings about has been taken back.
    void goOn(Cell cell, Report.Done done) {
        cell.changedBefore = done.changed();
        cell.dropping = List.of();
        places.take(cell);
        desk.add(new Command.Start(works.of(cell), cell.again));
    }

    /// The report of the work, with what was taken back before it: that is a change too.
    static Report.Done inAll(Cell cell, Report.Done done) {
        List<String> changed = new ArrayList<>(cell.changedBefore);
        changed.addAll(done.changed());
        return new Report.Done(changed, done.outputs(), done.owned(), done.log());
    }

    private static String fingerprint(Cell cell) {
        return cell.known.map(Resolution.Known::fingerprint).orElse("");
    }

    /// Every failed attempt is on record, so that nothing it brought about is forgotten.
    void notDone(Cell cell, Report.NotDone notDone, boolean cancelled) {
        Failure failure =
                cell.dropping.isEmpty()
                        ? notDone.failure()
                        : Mishap.notTakenBack(cell.dropping, notDone.failure());
        Optional<StepSpec.Policy> policy = cell.step().map(StepSpec::policy);
        int retries = policy.map(StepSpec.Policy::retries).orElse(0);
        if (failure.lasting() || cell.attempt > retries || cancelled) {
            outcomes.failed(cell, failure, notDone.owned());
            return;
        }
        desk.append(outcomes.failure(cell, failure, notDone.owned()));
        long backoffMs = policy.map(p -> p.backoff().toMillis()).orElse(0L);
        long pauseMs = backoffMs << Math.min(cell.attempt - 1, MAX_DOUBLINGS);
        desk.enter(cell, Phase.PAUSED, "again in " + pauseMs + " ms: " + failure.told());
        desk.add(timers.set(cell, desk.nowMs() + pauseMs));
    }
}
