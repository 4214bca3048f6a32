package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The fold of a journal: everything the engine knows of earlier runs. Built by [#apply] record by
/// record; the same records give the same past. Confined to one thread.
public final class Past {
    private final SequencedMap<InstanceKey, Success> successes = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Interrupted> interrupted = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, JournalRecord.Failed> failures = new LinkedHashMap<>();
    private final Map<InstanceKey, JournalRecord.Failed> refusals = new LinkedHashMap<>();
    private final Map<InstanceKey, List<Owned>> leftovers = new LinkedHashMap<>();
    private final Map<String, Set<String>> founded = new LinkedHashMap<>();
    private final SequencedMap<Long, RunSummary> runs = new LinkedHashMap<>();
    private final Map<InstanceKey, Choice> choices = new LinkedHashMap<>();
    private Optional<Long> verifiedBy = Optional.empty();
    private Optional<JournalRecord> last = Optional.empty();
    private long records;

    /// The node that was chosen for an instance to run on, and the run that chose it.
    public record Choice(String node, long run) {}

    /// Takes one more record in.
    public void apply(JournalRecord entry) {
        last = Optional.of(entry);
        records++;
        switch (entry) {
            case JournalRecord.RunStarted started -> {
                refusals.clear();
                runs.put(started.run(), new RunSummary(started, Optional.empty(), 0, 0));
            }
            case JournalRecord.RunEnded ended -> {
                runs.computeIfPresent(ended.run(), (_, run) -> run.with(ended));
                if (ended.verified()) {
                    verifiedBy = Optional.of(ended.run());
                }
            }
            case JournalRecord.Intended intended -> intend(intended);
            case JournalRecord.Succeeded succeeded -> succeed(succeeded);
            case JournalRecord.Failed failed -> fail(failed);
            case JournalRecord.Founded group ->
                    founded.computeIfAbsent(group.use(), _ -> new LinkedHashSet<>())
                            .addAll(group.nodes());
        }
    }

    private void intend(JournalRecord.Intended intended) {
        Interrupted open = interrupted.get(intended.key());
        boolean resumes = open != null && open.run() != intended.run();
        boolean uncertain = open != null || failures.containsKey(intended.key());
        runs.computeIfPresent(intended.run(), (_, run) -> run.withIntent(resumes));
        intended.chosen().ifPresent(node -> choose(intended.key(), node, intended.run()));
        interrupted.put(
                intended.key(),
                new Interrupted(
                        intended.run(),
                        intended.intent(),
                        intended.effect(),
                        intended.fingerprint(),
                        intended.attempt(),
                        uncertain));
    }

    private void choose(InstanceKey key, String node, long run) {
        choices.merge(
                key,
                new Choice(node, run),
                (known, now) -> known.node().equals(now.node()) ? known : now);
    }

    private void succeed(JournalRecord.Succeeded done) {
        Interrupted open = interrupted.remove(done.key());
        failures.remove(done.key());
        refusals.remove(done.key());
        if (done.effect() == Effect.UNDO) {
            verifiedBy = Optional.empty();
            successes.remove(done.key());
            leftovers.remove(done.key());
            done.key().node().ifPresent(node -> forget(done.key(), node));
            choices.remove(done.key());
            return;
        }
        Success before = successes.get(done.key());
        boolean fresh =
                before == null
                        || before.tainted()
                        || !done.changed().isEmpty()
                        || (open != null && open.uncertain());
        String changedBy = fresh || before == null ? done.intent() : before.changedBy();
        successes.put(
                done.key(),
                new Success(
                        done.key(),
                        done.run(),
                        done.intent(),
                        done.fingerprint(),
                        changedBy,
                        produced(done),
                        done.inputs(),
                        frozen(done, before),
                        ownedSoFar(done.key(), done.owned()),
                        done.after(),
                        served(done, before),
                        done.health(),
                        false,
                        done.atMs()));
        leftovers.remove(done.key());
    }

    /// A failure without an intent is one before anything was tried: it says nothing about what is
    /// there, and nothing any more once a new run has begun.
    private void fail(JournalRecord.Failed failed) {
        Interrupted open = interrupted.get(failed.key());
        if (open == null || !open.intent().equals(failed.intent())) {
            refusals.put(failed.key(), failed);
            return;
        }
        interrupted.remove(failed.key());
        failures.put(failed.key(), failed);
        successes.computeIfPresent(failed.key(), (_, success) -> success.asTainted());
        if (failed.effect() == Effect.DO) {
            leftovers.put(failed.key(), ownedSoFar(failed.key(), failed.owned()));
        }
    }

    /// What was owned before stays owned: the first record of a thing knows what it replaced, the
    /// last one how it is now.
    private List<Owned> ownedSoFar(InstanceKey key, List<Owned> now) {
        Map<String, Owned> all = new LinkedHashMap<>();
        Success before = successes.get(key);
        if (before != null) {
            before.owned().forEach(o -> all.put(o.key(), o));
        }
        leftovers.getOrDefault(key, List.of()).forEach(o -> all.putIfAbsent(o.key(), o));
        now.forEach(o -> all.merge(o.key(), o, Past::later));
        return List.copyOf(all.values());
    }

    private static Owned later(Owned first, Owned now) {
        Map<String, String> details = new LinkedHashMap<>(now.details());
        for (String origin : List.of("made", "kept")) {
            details.remove(origin);
            if (first.details().containsKey(origin)) {
                details.put(origin, first.details().getOrDefault(origin, ""));
            }
        }
        return Owned.of(now.kind(), now.identity(), now.data(), details);
    }

    private static SequencedMap<String, Value> produced(JournalRecord.Succeeded done) {
        SequencedMap<String, Value> outputs = new LinkedHashMap<>();
        done.outputs()
                .forEach((name, value) ->
                        outputs.put(
                                name,
                                value.labelled(
                                        Label.from(
                                                new Origin.Produced(
                                                        done.key(), name, done.run())))));
        return Collections.unmodifiableSequencedMap(outputs);
    }

    /// Frozen values know the run that froze them, however often their step has succeeded since.
    private static SequencedMap<String, Value> frozen(
            JournalRecord.Succeeded done, @Nullable Success before) {
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
    private static List<String> served(JournalRecord.Succeeded done, @Nullable Success before) {
        if (before == null || done.frozen().isEmpty()) {
            return done.served();
        }
        Set<String> all = new LinkedHashSet<>(before.served());
        all.addAll(done.served());
        return List.copyOf(all);
    }

    /// A machine that was given back takes with it all that was on it.
    private void forget(InstanceKey undone, String node) {
        unfound(undone.use(), node);
        if (undone.equals(InstanceKey.acquire(node))) {
            Predicate<InstanceKey> wasThere = key -> place(key).equals(Optional.of(node));
            successes.keySet().removeIf(wasThere);
            leftovers.keySet().removeIf(wasThere);
            failures.keySet().removeIf(wasThere);
            refusals.keySet().removeIf(wasThere);
            interrupted.keySet().removeIf(wasThere);
            choices.values().removeIf(choice -> choice.node().equals(node));
            founded.values().forEach(nodes -> nodes.remove(node));
        }
    }

    private void unfound(String use, String node) {
        Set<String> nodes = founded.get(use);
        if (nodes != null) {
            nodes.remove(node);
        }
    }

    /// The node that was chosen for an instance, if it chose one and was not undone since.
    public Optional<Choice> choice(InstanceKey key) {
        return Optional.ofNullable(choices.get(key));
    }

    /// The node on which an instance's work was done: its own, unless another was chosen; empty for
    /// the controller.
    public Optional<String> place(InstanceKey key) {
        return choice(key).map(Choice::node).or(key::node);
    }

    public Optional<Success> success(InstanceKey key) {
        return Optional.ofNullable(successes.get(key));
    }

    /// An intent that an earlier process did not live to end.
    public Optional<Interrupted> interrupted(InstanceKey key) {
        return Optional.ofNullable(interrupted.get(key));
    }

    /// The failure that is the last word on an instance.
    public Optional<JournalRecord.Failed> failure(InstanceKey key) {
        JournalRecord.Failed refused = refusals.get(key);
        return Optional.ofNullable(refused == null ? failures.get(key) : refused);
    }

    /// True when its last attempt failed or was cut short: what is there is not what is meant to
    /// be.
    public boolean isSick(InstanceKey key) {
        return interrupted.containsKey(key) || failures.containsKey(key);
    }

    /// Everything that exists because of earlier runs: successes, and what failed attempts left.
    public SequencedMap<InstanceKey, Success> standing() {
        return Collections.unmodifiableSequencedMap(successes);
    }

    /// What failed or interrupted attempts of instances that never succeeded left behind.
    public Map<InstanceKey, List<Owned>> leftovers() {
        return Collections.unmodifiableMap(leftovers);
    }

    public SequencedMap<InstanceKey, Interrupted> interruptions() {
        return Collections.unmodifiableSequencedMap(interrupted);
    }

    /// True when the member was among those founded, so that changes to it obey the rollout.
    public boolean isFounded(String use, String node) {
        return founded.getOrDefault(use, Set.of()).contains(node);
    }

    public boolean isFounded(String use) {
        return !founded.getOrDefault(use, Set.of()).isEmpty();
    }

    /// How many records this is the fold of.
    public long records() {
        return records;
    }

    /// The last of them.
    public Optional<JournalRecord> last() {
        return last;
    }

    /// Runs, oldest first.
    public List<RunSummary> runs() {
        return new ArrayList<>(runs.values());
    }

    /// The number the next run gets.
    public long nextRun() {
        return runs.isEmpty() ? 1 : runs.lastEntry().getKey() + 1;
    }

    /// The last run after which everything of its goal was known to hold, unless something was
    /// undone since.
    public Optional<RunSummary> lastVerified() {
        return verifiedBy.map(runs::get);
    }

    /// A failure's words, for status.
    public Optional<Failure> lastFailure(InstanceKey key) {
        return failure(key).map(JournalRecord.Failed::failure);
    }
}
