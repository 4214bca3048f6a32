package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Authorities;
import dev.ashlar.model.journal.Checkpoint;
import dev.ashlar.model.journal.Checkpoint.Chosen;
import dev.ashlar.model.journal.Interrupted;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import dev.ashlar.model.journal.RunSummary;
import dev.ashlar.model.journal.Verdicts;
import dev.ashlar.model.work.Owned;
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
    private final Troubles troubles = new Troubles();
    private final Map<InstanceKey, List<Owned>> leftovers = new LinkedHashMap<>();
    private final Roster roster = new Roster();
    private final Runs runs = new Runs();
    private final Choices choices = new Choices();
    private Verdicts verdicts = Verdicts.NONE;
    private final SecretHistory secrets = new SecretHistory();
    private Authorities authorities = Authorities.NONE;
    private final Map<InstanceKey, String> makers = new LinkedHashMap<>();
    private Optional<Tenants> tenants = Optional.empty();
    private Optional<JournalRecord> last = Optional.empty();
    private long records;

    /// Takes one more record in.
    public void apply(JournalRecord entry) {
        last = Optional.of(entry);
        records++;
        switch (entry) {
            case JournalRecord.RunStarted started -> {
                troubles.runBegins();
                runs.started(started);
            }
            case JournalRecord.RunEnded ended -> {
                Optional<JournalRecord.Purpose> whole = runs.ended(ended);
                roster.runEnded(whole.isPresent());
                authorities = authorities.after(whole);
            }
            case JournalRecord.Intended intended -> intend(intended);
            case JournalRecord.Succeeded succeeded -> succeed(succeeded);
            case JournalRecord.Failed failed -> fail(failed);
            case JournalRecord.Founded group -> roster.founded(group.use(), group.nodes());
            case JournalRecord.Judged judged -> verdicts = verdicts.with(judged);
            case JournalRecord.VaultChanged changed -> secrets.changed(changed);
            case JournalRecord.AuthorityOrdered order -> authorities = authorities.with(order);
        }
    }

    private void intend(JournalRecord.Intended intended) {
        runs.intended(intended.run(), troubles.intended(intended));
        Optional<String> before = place(intended.key());
        intended.chosen().ifPresent(node -> choose(intended.key(), node, intended.run()));
        secrets.intended(intended, intended.chosen().or(() -> intended.key().node()));
        tenants.ifPresent(all -> all.move(intended.key(), before, place(intended.key())));
        if (intended.effect() == Effect.DO && !intended.maker().isEmpty()) {
            makers.put(intended.key(), intended.maker());
        }
    }

    /// What another member does for its subject has no place to be taken back at.
    private void choose(InstanceKey key, String node, long run) {
        if (key.isMembership()) {
            roster.sponsored(key, node);
        } else {
            choices.choose(key, node, run);
        }
    }

    private void succeed(JournalRecord.Succeeded done) {
        Optional<Interrupted> open = troubles.over(done.key());
        if (done.effect() == Effect.UNDO) {
            runs.unverified();
            forget(done.key());
            return;
        }
        Success before = successes.get(done.key());
        boolean fresh =
                before == null
                        || before.tainted()
                        || !done.changed().isEmpty()
                        || open.filter(Interrupted::uncertain).isPresent();
        String changedBy = fresh || before == null ? done.intent() : before.changedBy();
        if (done.key().isJoin()) {
            done.key().node().ifPresent(node -> roster.joined(done.key().use(), node));
        }
        List<Owned> owned = ownedSoFar(done.key(), done.owned(), done.dropped());
        long madeMs = open.map(Interrupted::sinceMs).orElse(done.atMs());
        successes.put(done.key(), Success.of(done, changedBy, owned, before, madeMs));
        leftovers.remove(done.key());
    }

    private void fail(JournalRecord.Failed failed) {
        if (troubles.failed(failed)) {
            successes.computeIfPresent(failed.key(), (_, success) -> success.asTainted());
            if (failed.effect() == Effect.DO) {
                leftovers.put(failed.key(), ownedSoFar(failed.key(), failed.owned(), List.of()));
            }
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
            choices.gone(node.get());
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
                || (interrupted(key).isPresent() && !key.isLeave())
                || !leftovers.getOrDefault(key, List.of()).isEmpty();
    }

    private void drop(InstanceKey key) {
        tenants.ifPresent(all -> all.move(key, place(key), Optional.empty()));
        successes.remove(key);
        leftovers.remove(key);
        troubles.over(key);
        choices.forget(key);
        roster.forget(key);
        makers.remove(key);
        authorities = authorities.takenBack(key);
    }

    /// The same without these, as if each had been taken back.
    public Past without(Collection<InstanceKey> gone) {
        Past rest = of(checkpoint(List.of()));
        rest.successes.putAll(successes);
        rest.runs.unverified();
        gone.forEach(rest::forget);
        return rest;
    }

    /// What a checkpoint was made of: nothing that is applied to it tells it apart from that.
    public static Past of(Checkpoint checkpoint) {
        Past past = new Past();
        checkpoint.standing().forEach(s -> past.successes.put(s.last().key(), Success.of(s)));
        past.troubles.restore(checkpoint);
        past.leftovers.putAll(checkpoint.leftovers());
        past.roster.restore(checkpoint.members());
        past.runs.restore(checkpoint.runs(), checkpoint.verifiedBy());
        past.choices.restore(checkpoint.chosen());
        past.makers.putAll(checkpoint.makers());
        past.verdicts = new Verdicts(checkpoint.judged());
        past.secrets.restore(checkpoint);
        past.authorities = checkpoint.authorities();
        past.last = checkpoint.last();
        past.records = checkpoint.records();
        return past;
    }

    /// What is known now, for who goes on from here.
    public Checkpoint checkpoint() {
        return checkpoint(successes.values().stream().map(Success::noted).toList());
    }

    private Checkpoint checkpoint(List<Checkpoint.Standing> standing) {
        return new Checkpoint(
                records,
                last,
                runs.verifiedBy(),
                runs.all(),
                standing,
                troubles.interrupted(),
                troubles.failures(),
                troubles.refusals(),
                leftovers,
                choices.all(),
                makers,
                roster.noted(),
                verdicts.all(),
                secrets.changes(),
                secrets.receipts(),
                authorities);
    }

    /// Everything that earlier runs have left, or may have, each with what it owns.
    public SequencedMap<InstanceKey, List<Owned>> everything() {
        return Holdings.everything(successes, leftovers, interruptions().keySet());
    }

    /// What an instance owns, whether its last attempt succeeded or not.
    public List<Owned> owned(InstanceKey key) {
        List<Owned> left = leftovers.getOrDefault(key, List.of());
        return left.isEmpty() ? success(key).map(Success::owned).orElse(List.of()) : left;
    }

    /// What of these nobody else there owns too, each with what others own of it that stays.
    ///
    /// @param goes whether a thing of another instance is to be taken away as well
    public List<Owned> ownedAlone(
            InstanceKey key,
            Optional<String> place,
            List<Owned> owned,
            BiPredicate<InstanceKey, Owned> goes) {
        return place.isEmpty() || owned.isEmpty()
                ? owned
                : Holdings.alone(key, tenants().at(place.get()), owned, this::owned, goes);
    }

    private Tenants tenants() {
        if (tenants.isEmpty()) {
            var own = Stream.of(successes.keySet(), leftovers.keySet());
            var all = Stream.concat(own, troubles.keys()).flatMap(Set::stream);
            tenants = Optional.of(Tenants.of(all, this::place));
        }
        return tenants.get();
    }

    /// What it was a step of, or who made the machine; empty where older records do not say.
    public Optional<String> maker(InstanceKey key) {
        return Optional.ofNullable(makers.get(key));
    }

    /// The node that was chosen for an instance, if it chose one and was not undone since.
    public Optional<Chosen> choice(InstanceKey key) {
        return choices.of(key);
    }

    /// The node on which it was done: its own, unless another was chosen; empty for the controller.
    public Optional<String> place(InstanceKey key) {
        return choice(key).map(Chosen::node).or(key::node);
    }

    public Optional<Success> success(InstanceKey key) {
        return Optional.ofNullable(successes.get(key));
    }

    /// An intent that an earlier process did not live to end.
    public Optional<Interrupted> interrupted(InstanceKey key) {
        return troubles.interrupted(key);
    }

    /// The failure that is the last word on an instance.
    public Optional<JournalRecord.Failed> failure(InstanceKey key) {
        return troubles.failure(key);
    }

    /// What was begun last of an instance that is sick.
    public Optional<Interrupted> begun(InstanceKey key) {
        return troubles.begun(key);
    }

    /// True when its last attempt failed or was cut short: what is there is not as it should be.
    public boolean isSick(InstanceKey key) {
        return troubles.isSick(key);
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
        return troubles.interrupted();
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

    /// True when something that was founded there was taken back since a run last did everything.
    public boolean isReduced(String node) {
        return roster.isReduced(node);
    }

    public SecretHistory secrets() {
        return secrets;
    }

    /// What has been ordered of the cluster's authorities.
    public Authorities authorities() {
        return authorities;
    }

    /// What people have made of the machines that stand for nodes.
    public Verdicts verdicts() {
        return verdicts;
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
        return runs.all();
    }

    /// The number the next run gets.
    public long nextRun() {
        return runs.next();
    }

    /// The last run after which all of its goal was known to hold, if nothing was undone since.
    public Optional<RunSummary> lastVerified() {
        return runs.lastVerified();
    }
}
