package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/// The fold of a journal: everything the engine knows of earlier runs. Built by [#apply] record by
/// record; the same records give the same past. Confined to one thread.
public final class Past {
    private final SequencedMap<InstanceKey, Success> successes = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Interrupted> interrupted = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Failing> failures = new LinkedHashMap<>();
    private final Map<InstanceKey, JournalRecord.Failed> refusals = new LinkedHashMap<>();
    private final Map<InstanceKey, List<Owned>> leftovers = new LinkedHashMap<>();
    private final Roster roster = new Roster();
    private final SequencedMap<Long, RunSummary> runs = new LinkedHashMap<>();
    private final Map<InstanceKey, Choice> choices = new LinkedHashMap<>();
    private final Map<InstanceKey, String> makers = new LinkedHashMap<>();
    private Optional<Tenants> tenants = Optional.empty();
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
                RunSummary done = runs.computeIfPresent(ended.run(), (_, run) -> run.with(ended));
                if (done != null && done.isWholeAndDone()) {
                    roster.wholeRunDone();
                }
                if (ended.verified()) {
                    verifiedBy = Optional.of(ended.run());
                }
            }
            case JournalRecord.Intended intended -> intend(intended);
            case JournalRecord.Succeeded succeeded -> succeed(succeeded);
            case JournalRecord.Failed failed -> fail(failed);
            case JournalRecord.Founded group -> roster.founded(group.use(), group.nodes());
        }
    }

    private void intend(JournalRecord.Intended intended) {
        Interrupted open = interrupted.get(intended.key());
        boolean resumes = open != null && open.run() != intended.run();
        boolean uncertain = open != null || failures.containsKey(intended.key());
        runs.computeIfPresent(intended.run(), (_, run) -> run.withIntent(resumes));
        Optional<String> before = place(intended.key());
        intended.chosen().ifPresent(node -> choose(intended.key(), node, intended.run()));
        tenants.ifPresent(all -> all.move(intended.key(), before, place(intended.key())));
        if (intended.effect() == Effect.DO && !intended.maker().isEmpty()) {
            makers.put(intended.key(), intended.maker());
        }
        interrupted.put(intended.key(), Interrupted.by(intended, open, uncertain));
    }

    /// What another member does for its subject has no place to be taken back at.
    private void choose(InstanceKey key, String node, long run) {
        if (key.isMembership()) {
            roster.sponsored(key, node);
            return;
        }
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
            forget(done.key());
            return;
        }
        Success before = successes.get(done.key());
        boolean fresh =
                before == null
                        || before.tainted()
                        || !done.changed().isEmpty()
                        || (open != null && open.uncertain());
        String changedBy = fresh || before == null ? done.intent() : before.changedBy();
        if (done.key().isJoin()) {
            done.key().node().ifPresent(node -> roster.joined(done.key().use(), node));
        }
        List<Owned> owned = ownedSoFar(done.key(), done.owned(), done.dropped());
        long madeMs = open == null ? done.atMs() : open.sinceMs();
        successes.put(done.key(), Success.of(done, changedBy, owned, before, madeMs));
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
        failures.put(failed.key(), new Failing(open, failed));
        successes.computeIfPresent(failed.key(), (_, success) -> success.asTainted());
        if (failed.effect() == Effect.DO) {
            leftovers.put(failed.key(), ownedSoFar(failed.key(), failed.owned(), List.of()));
        }
    }

    private List<Owned> ownedSoFar(InstanceKey key, List<Owned> now, List<String> dropped) {
        return Holdings.after(
                success(key).map(Success::owned).orElse(List.of()),
                leftovers.getOrDefault(key, List.of()),
                now,
                dropped);
    }

    /// It is not there any more. A machine that was given back takes with it all that was on it.
    private void forget(InstanceKey undone) {
        Optional<String> node = undone.node();
        if (node.map(InstanceKey::acquire).equals(Optional.of(undone))) {
            List.copyOf(tenants().at(node.get())).forEach(this::drop);
            choices.values().removeIf(choice -> choice.node().equals(node.get()));
            roster.gone(node.get());
            drop(undone);
            return;
        }
        if (undone.isLeave() && success(undone).isEmpty()) {
            left(undone.use(), node.orElseThrow());
            return;
        }
        boolean answered = success(undone).flatMap(Success::health).isPresent();
        drop(undone);
        node.ifPresent(member -> lost(undone.use(), member, answered));
    }

    /// With the last of a member goes a leaving that was cut short: nobody is there to leave.
    private void lost(String use, String node, boolean answered) {
        boolean isEmpty = hasNothing(use, node);
        if (answered || isEmpty) {
            roster.lost(use, node, isEmpty);
        }
        if (isEmpty) {
            drop(InstanceKey.leave(use, node));
        }
    }

    private void left(String use, String node) {
        drop(InstanceKey.leave(use, node));
        drop(InstanceKey.join(use, node));
        roster.left(use, node, !hasNothing(use, node));
    }

    /// True where nothing of a member is there, or may be: a leaving leaves nothing behind.
    boolean hasNothing(String use, String node) {
        return tenants().at(node).stream()
                .filter(key -> key.use().equals(use) && isThere(key))
                .noneMatch(key -> key.node().filter(node::equals).isPresent());
    }

    private boolean isThere(InstanceKey key) {
        return successes.containsKey(key)
                || (interrupted.containsKey(key) && !key.isLeave())
                || !leftovers.getOrDefault(key, List.of()).isEmpty();
    }

    private void drop(InstanceKey key) {
        tenants.ifPresent(all -> all.move(key, place(key), Optional.empty()));
        successes.remove(key);
        leftovers.remove(key);
        failures.remove(key);
        refusals.remove(key);
        interrupted.remove(key);
        choices.remove(key);
        roster.forget(key);
        makers.remove(key);
    }

    /// The same without these, as if each had been taken back.
    public Past without(Collection<InstanceKey> gone) {
        Past rest = new Past();
        rest.successes.putAll(successes);
        rest.interrupted.putAll(interrupted);
        rest.failures.putAll(failures);
        rest.refusals.putAll(refusals);
        rest.leftovers.putAll(leftovers);
        rest.roster.copy(roster);
        rest.runs.putAll(runs);
        rest.choices.putAll(choices);
        rest.makers.putAll(makers);
        rest.last = last;
        rest.records = records;
        gone.forEach(rest::forget);
        return rest;
    }

    /// Everything that exists because of earlier runs, or may: what succeeded, what failed attempts
    /// left, and what was cut short; each with what it owns.
    public SequencedMap<InstanceKey, List<Owned>> everything() {
        SequencedMap<InstanceKey, List<Owned>> all = new LinkedHashMap<>();
        successes.forEach((key, success) -> all.put(key, success.owned()));
        leftovers.forEach((key, owned) -> {
            if (!owned.isEmpty()) {
                all.put(key, owned);
            }
        });
        interrupted.keySet().forEach(key -> all.putIfAbsent(key, List.of()));
        return all;
    }

    /// What an instance owns, whether its last attempt succeeded or not.
    public List<Owned> owned(InstanceKey key) {
        List<Owned> left = leftovers.getOrDefault(key, List.of());
        return left.isEmpty() ? success(key).map(Success::owned).orElse(List.of()) : left;
    }

    /// What of these nobody else at the same place owns too: what is shared stays for the others.
    /// Each says what is not to go with it: what others own that stays.
    ///
    /// @param goes whether a thing of another instance is to be taken away as well
    public List<Owned> ownedAlone(
            InstanceKey key,
            Optional<String> place,
            List<Owned> owned,
            BiPredicate<InstanceKey, Owned> goes) {
        if (place.isEmpty() || owned.isEmpty()) {
            return owned;
        }
        List<Holdings.Neighbour> others =
                tenants().at(place.get()).stream()
                        .filter(other -> !other.equals(key))
                        .map(other ->
                                new Holdings.Neighbour(owned(other), one -> goes.test(other, one)))
                        .toList();
        return Holdings.alone(owned, others);
    }

    private Tenants tenants() {
        if (tenants.isEmpty()) {
            Tenants all = new Tenants();
            Stream.of(successes, leftovers, failures, refusals, interrupted)
                    .flatMap(map -> map.keySet().stream())
                    .forEach(key -> all.move(key, Optional.empty(), place(key)));
            tenants = Optional.of(all);
        }
        return tenants.get();
    }

    /// What it was a step of, or the provider that made the machine; empty where older records do
    /// not say.
    public Optional<String> maker(InstanceKey key) {
        return Optional.ofNullable(makers.get(key));
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
        return Optional.ofNullable(refusals.get(key))
                .or(() -> Optional.ofNullable(failures.get(key)).map(Failing::how));
    }

    /// What was begun last of an instance that is sick.
    public Optional<Interrupted> begun(InstanceKey key) {
        return interrupted(key)
                .or(() -> Optional.ofNullable(failures.get(key)).map(Failing::begun));
    }

    /// True when its last attempt failed or was cut short: what is there is not what is meant to
    /// be.
    public boolean isSick(InstanceKey key) {
        return interrupted.containsKey(key) || failures.containsKey(key);
    }

    /// What has succeeded and was not taken back since.
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
        return roster.of(use).contains(node);
    }

    /// The members of a use that were founded, or have joined since and been healthy.
    public List<String> foundedNodes(String use) {
        return List.copyOf(roster.of(use));
    }

    public boolean isFounded(String use) {
        return !roster.of(use).isEmpty();
    }

    /// The uses that were founded on a node.
    public List<String> foundedAt(String node) {
        return roster.at(node);
    }

    /// The join and leave steps that were begun, whatever became of them.
    Set<InstanceKey> sponsored() {
        return roster.sponsors().keySet();
    }

    /// The member that was last to let another in or out, by its join or leave step.
    public Optional<String> sponsor(InstanceKey key) {
        return Optional.ofNullable(roster.sponsors().get(key));
    }

    /// True when a member has left the others and not all that it had has been taken back.
    public boolean isRemnant(String use, String node) {
        return roster.isRemnant(use, node);
    }

    /// True when a part of what was founded there has been taken back and no run has ended since
    /// that did everything: what was to come in its place may be missing.
    public boolean isReduced(String node) {
        return roster.isReduced(node);
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
