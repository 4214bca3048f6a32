package dev.ashlar.engine.run;

import dev.ashlar.engine.graph.Instance;
import dev.ashlar.engine.resolve.Resolution;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.HealthProbe;
import dev.ashlar.model.journal.JournalRecord.Offer;
import dev.ashlar.model.work.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// What attempts and successes leave on record.
final class Records {
    private Records() {}

    static JournalRecord.Intended intended(
            long run,
            Cell cell,
            String fingerprint,
            Optional<String> chosen,
            List<String> destroys,
            long atMs) {
        return new JournalRecord.Intended(
                run,
                cell.key,
                cell.intent,
                cell.effect(),
                cell.attempt,
                fingerprint,
                cell.maker(),
                chosen,
                destroys,
                cell.effect() == Effect.DO
                        ? cell.known.map(Resolution.Known::secrets).orElseGet(TreeMap::new)
                        : new TreeMap<>(),
                atMs);
    }

    static JournalRecord.Succeeded succeeded(
            long run, Cell cell, Effect effect, Report.Done done, long atMs) {
        return new JournalRecord.Succeeded(
                run,
                cell.key,
                cell.intent,
                effect,
                cell.known.map(Resolution.Known::fingerprint).orElse(""),
                done.changed(),
                done.outputs(),
                cell.known.map(Resolution.Known::inputs).orElseGet(LinkedHashMap::new),
                cell.known.map(Resolution.Known::frozen).orElseGet(LinkedHashMap::new),
                cell.recorded(done.owned()),
                cell.dropped,
                after(cell),
                cell.known.map(Resolution.Known::served).map(List::copyOf).orElse(List.of()),
                effect == Effect.DO ? health(cell) : Optional.empty(),
                effect == Effect.DO ? offers(cell) : new LinkedHashMap<>(),
                atMs);
    }

    private static SequencedMap<String, Offer> offers(Cell cell) {
        SequencedMap<String, Offer> offers = new LinkedHashMap<>();
        cell.known
                .map(Resolution.Known::offers)
                .ifPresent(all ->
                        all.forEach((name, offer) -> {
                            if (Brief.isBrief(offer.written(), List.of(offer.value()))) {
                                offers.put(name, offer);
                            }
                        }));
        return offers;
    }

    private static Optional<HealthProbe> health(Cell cell) {
        return cell.known
                .flatMap(Resolution.Known::probe)
                .map(probe -> probe.apply(cell.intent))
                .filter(probe -> Brief.isBrief(probe.script().text(), probe.inputs().values()))
                .map(probe -> new HealthProbe(probe.script(), probe.inputs()));
    }

    private static List<InstanceKey> after(Cell cell) {
        Set<InstanceKey> after = new LinkedHashSet<>();
        if (cell.task instanceof Cell.Task.Bring(Instance instance)) {
            after.addAll(instance.after());
        }
        // Who has been let in does not depend on who let it in.
        cell.known
                .filter(_ -> !cell.key.isMembership())
                .ifPresent(known -> {
                    known.place().map(InstanceKey::acquire).ifPresent(after::add);
                    after.addAll(known.producers());
                });
        after.remove(cell.key);
        return new ArrayList<>(after);
    }
}
