package dev.ashlar.engine.past;

import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.JournalRecord.HealthProbe;
import dev.ashlar.model.journal.JournalRecord.Offer;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.journal.JournalRecord.Succeeded;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Owned;
import dev.ashlar.model.work.Work;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The last success of an instance that was not undone since.
///
/// @param changedBy the intent that last changed something on the node: what triggers restarts
/// @param tainted true when a later attempt failed or was cut short, so that what is there may
///   differ from what is recorded here
/// @param madeMs when it was begun: what it produced is no older
/// @param served the uses whose health its values asked for, now or when they were frozen
/// @param health how what runs is asked for its health, as far as that is on record
/// @param offers what its member is to those that it lets in or out
/// @param owned everything any attempt since the last undo brought about
public record Success(
        InstanceKey key,
        long run,
        String intent,
        String fingerprint,
        String changedBy,
        SequencedMap<String, Value> outputs,
        SequencedMap<String, Resolved> inputs,
        SequencedMap<String, Value> frozen,
        List<Owned> owned,
        List<InstanceKey> after,
        List<String> served,
        Optional<HealthProbe> health,
        SequencedMap<String, Offer> offers,
        boolean tainted,
        long madeMs,
        long atMs) {

    /// What it produced, where that is good for a time only.
    public Origin.Lapsing lapsing(Duration validFor) {
        return new Origin.Lapsing(key, intent, madeMs, validFor);
    }

    /// Makes, for an intent, what asks for its health as that was asked then; empty where it tells
    /// none, or it is not on record how.
    ///
    /// @param longest how long one answer may take
    public Optional<Function<String, Work.Probe>> probe(String node, Duration longest) {
        return health.map(probe ->
                intent ->
                        new Work.Probe(key, intent, node, probe.script(), probe.inputs(), longest));
    }

    Success asTainted() {
        return new Success(
                key,
                run,
                intent,
                fingerprint,
                changedBy,
                outputs,
                inputs,
                frozen,
                owned,
                after,
                served,
                health,
                offers,
                true,
                madeMs,
                atMs);
    }

    /// @param owned everything that it owns now
    /// @param before the success that this one follows
    static Success of(
            Succeeded done,
            String changedBy,
            List<Owned> owned,
            @Nullable Success before,
            long madeMs) {
        return new Success(
                done.key(),
                done.run(),
                done.intent(),
                done.fingerprint(),
                changedBy,
                produced(done),
                done.inputs(),
                frozen(done, before),
                owned,
                done.after(),
                served(done, before),
                done.health(),
                done.offers(),
                false,
                madeMs,
                done.atMs());
    }

    static Success of(Checkpoint.Standing standing) {
        Succeeded last = standing.last();
        SequencedMap<String, Value> frozen = new LinkedHashMap<>();
        last.frozen()
                .forEach((name, value) ->
                        frozen.put(
                                name,
                                value.labelled(
                                        Label.from(
                                                new Origin.Frozen(
                                                        last.key(),
                                                        name,
                                                        standing.frozenIn()
                                                                .getOrDefault(
                                                                        name, last.run()))))));
        return new Success(
                last.key(),
                last.run(),
                last.intent(),
                last.fingerprint(),
                standing.changedBy(),
                produced(last),
                last.inputs(),
                Collections.unmodifiableSequencedMap(frozen),
                last.owned(),
                last.after(),
                last.served(),
                last.health(),
                last.offers(),
                standing.tainted(),
                standing.madeMs(),
                last.atMs());
    }

    Checkpoint.Standing noted() {
        Map<String, Long> frozenIn = new LinkedHashMap<>();
        frozen.forEach((name, value) ->
                value.label().origins().stream()
                        .filter(Origin.Frozen.class::isInstance)
                        .map(Origin.Frozen.class::cast)
                        .forEach(origin -> frozenIn.put(name, origin.run())));
        Succeeded last =
                new Succeeded(
                        run,
                        key,
                        intent,
                        Effect.DO,
                        fingerprint,
                        List.of(),
                        outputs,
                        inputs,
                        frozen,
                        owned,
                        List.of(),
                        after,
                        served,
                        health,
                        offers,
                        atMs);
        return new Checkpoint.Standing(last, changedBy, tainted, madeMs, frozenIn);
    }

    private static SequencedMap<String, Value> produced(Succeeded done) {
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        done.outputs()
                .forEach((name, value) -> outputs.put(name, produced(value, origin(done, name))));
        return Collections.unmodifiableSequencedMap(outputs);
    }

    /// A secret stays one, and is known by the name that it has in the vault.
    private static Value produced(Value value, Origin origin) {
        return value.isSecret()
                ? value.joined(Label.from(origin))
                : value.labelled(Label.from(origin));
    }

    private static Origin origin(Succeeded done, String output) {
        return Fact.of(output)
                .filter(fact ->
                        done.key()
                                .node()
                                .map(fact::gatheredBy)
                                .filter(done.key()::equals)
                                .isPresent())
                .<Origin>map(fact ->
                        new Origin.Gathered(
                                done.key(), output, fact.stability().word(), done.run()))
                .orElseGet(() -> new Origin.Produced(done.key(), output, done.run()));
    }

    /// Frozen values know the run that froze them, however often their step has succeeded since.
    private static SequencedMap<String, Value> frozen(Succeeded done, @Nullable Success before) {
        SequencedMap<String, Value> frozen = new LinkedHashMap<>();
        done.frozen()
                .forEach((name, value) -> {
                    Value earlier = before == null ? null : before.frozen().get(name);
                    Origin.Frozen now = new Origin.Frozen(done.key(), name, done.run());
                    frozen.put(name, earlier == null ? value.labelled(Label.from(now)) : earlier);
                });
        return Collections.unmodifiableSequencedMap(frozen);
    }

    /// What is frozen was made from what served then.
    private static List<String> served(Succeeded done, @Nullable Success before) {
        if (before == null || done.frozen().isEmpty()) {
            return done.served();
        }
        Set<String> all = new LinkedHashSet<>(before.served());
        all.addAll(done.served());
        return List.copyOf(all);
    }
}
