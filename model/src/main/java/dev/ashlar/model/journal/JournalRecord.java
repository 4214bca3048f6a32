package dev.ashlar.model.journal;

import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.node.HostKey;
import dev.ashlar.model.value.Value;
import dev.ashlar.model.work.Failure;
import dev.ashlar.model.work.Owned;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// One entry of the journal: the closed set of facts a run's state is folded from. Times are
/// milliseconds since 1970 UTC, given by the shell, never read by the core.
public sealed interface JournalRecord {

    /// The run that it is of; 0 where it is of none.
    long run();

    /// A run has begun; binds it to a snapshot of the files.
    ///
    /// @param goal digest of the composition
    /// @param selection which part of it the run may touch, as it was typed; empty for the whole
    /// @param overrides of the goal what is set beside the files, by its path; the goal of an `UP`
    ///   has these and no others, what is for something else leaves the goal's as they were
    /// @param wipes names whose data it may destroy, as they were typed
    record RunStarted(
            long run,
            Purpose purpose,
            String cluster,
            String site,
            String goal,
            String who,
            String version,
            String selection,
            SequencedMap<String, String> overrides,
            List<String> wipes,
            long atMs)
            implements JournalRecord {
        public RunStarted {
            overrides = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(overrides));
            wipes = List.copyOf(wipes);
        }
    }

    /// What a run is for.
    enum Purpose {
        UP,
        DOWN,
        VERIFY,
        /// A state that was made of what nodes carry has taken them over.
        ADOPT
    }

    /// Something is about to be done. Durable before the effect.
    ///
    /// @param attempt from 1
    /// @param maker what it is a step of (`etcd/member`), or the provider that makes the machine;
    ///   empty in records of older versions
    /// @param chosen the node that was chosen for it to run on, where it chooses one
    /// @param destroys data whose loss was named to this run, by its title: what this effect may
    ///   destroy of what it takes back, and nothing else
    /// @param secrets what it is given of the vault, each with its version
    record Intended(
            long run,
            InstanceKey key,
            String intent,
            Effect effect,
            int attempt,
            String fingerprint,
            String maker,
            Optional<String> chosen,
            List<String> destroys,
            SortedMap<String, Integer> secrets,
            long atMs)
            implements JournalRecord {
        /// One that is given no secret.
        public Intended(
                long run,
                InstanceKey key,
                String intent,
                Effect effect,
                int attempt,
                String fingerprint,
                String maker,
                Optional<String> chosen,
                List<String> destroys,
                long atMs) {
            this(
                    run,
                    key,
                    intent,
                    effect,
                    attempt,
                    fingerprint,
                    maker,
                    chosen,
                    destroys,
                    new TreeMap<>(),
                    atMs);
        }

        public Intended {
            destroys = List.copyOf(destroys);
            secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        }
    }

    /// What kind of effect an intent announces.
    enum Effect {
        /// Brings the step about.
        DO,
        /// Takes an earlier success back; of a leave step, takes its member out of what the others
        /// count on.
        UNDO
    }

    /// What was intended has succeeded. Keeps what `why`, early cutoff and undo need.
    ///
    /// @param changed what was not so before; empty when nothing had to be done
    /// @param inputs digests of the resolved inputs by name, for "which input changed", and by
    ///   `watches STEP` of what a step that is watched last changed
    /// @param owned what there is of it now; where it was taken back, the data that was left in
    ///   place
    /// @param dropped keys of what it had owned before, is no longer to bring about, and has taken
    ///   back
    /// @param after the instances it came after: undo goes in reverse
    /// @param served the uses whose health, or that of a quorum of them, its values asked for, and
    ///   those it came after as a whole: undo takes it back before them
    /// @param health how its health is asked as it is now, where it declares any and that is short
    ///   and no secret
    /// @param offers outputs of its member by name, where it has health and members come and go
    record Succeeded(
            long run,
            InstanceKey key,
            String intent,
            Effect effect,
            String fingerprint,
            List<String> changed,
            SequencedMap<String, Value> outputs,
            SequencedMap<String, Resolved> inputs,
            SequencedMap<String, Value> frozen,
            List<Owned> owned,
            List<String> dropped,
            List<InstanceKey> after,
            List<String> served,
            Optional<HealthProbe> health,
            SequencedMap<String, Offer> offers,
            long atMs)
            implements JournalRecord {
        public Succeeded {
            changed = List.copyOf(changed);
            outputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(outputs));
            inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
            frozen = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(frozen));
            owned = List.copyOf(owned);
            dropped = List.copyOf(dropped);
            after = List.copyOf(after);
            served = List.copyOf(served);
            offers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(offers));
        }
    }

    /// An output of a member as it is now, for those that it lets in or out: the files may have
    /// changed since, what runs has not.
    ///
    /// @param written the expression that it was made by, with its type
    record Offer(String written, Value value) {}

    /// A health probe with what it was asked with: the files may have changed since, what runs has
    /// not.
    record HealthProbe(StepSpec.Script script, SequencedMap<String, Value> inputs) {
        public HealthProbe {
            inputs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inputs));
        }
    }

    /// A resolved input as remembered: its digest, a short form for people (`(secret)` where it is
    /// one), and where it came from.
    record Resolved(String digest, String shown, List<String> origins) {
        public Resolved {
            origins = List.copyOf(origins);
        }
    }

    /// What was intended has failed or was stopped. `owned` is what exists nevertheless.
    record Failed(
            long run,
            InstanceKey key,
            String intent,
            Effect effect,
            Failure failure,
            List<Owned> owned,
            long atMs)
            implements JournalRecord {
        public Failed {
            owned = List.copyOf(owned);
        }
    }

    /// The members of a use that were founded together have passed their health for the first time.
    /// From here on changes obey the rollout.
    record Founded(long run, String use, List<String> nodes, long atMs) implements JournalRecord {
        public Founded {
            nodes = List.copyOf(nodes);
        }
    }

    /// A run has ended.
    ///
    /// @param outcome a word: `done`, `failed`, `cancelled`, `amended`; only the first means that
    ///   all was done, so a reader that does not know another loses nothing
    /// @param verified true when everything of the goal is now known to hold
    record RunEnded(
            long run,
            String outcome,
            int ran,
            int skipped,
            int failed,
            int blocked,
            boolean verified,
            long atMs)
            implements JournalRecord {
        /// The outcome of a run that did all it was to do.
        public static final String DONE = "done";

        /// The outcome of a run that gave way to another with another goal.
        public static final String AMENDED = "amended";
    }

    /// A person has judged the machine that stands for a node, or given a token out for it. Of no
    /// run; it may stand between the records of one.
    ///
    /// @param keys by which the machine is known: the verdict goes with them, whatever node it
    ///   stands for; of an invitation, the public half of its token
    /// @param reason as it was typed; may be empty
    /// @param untilMs until when an invitation holds; empty of a word on a machine
    /// @param token of an approval: the token by which the machine has proved itself, where it has
    ///   ([Verdicts#admits])
    record Judged(
            String node,
            Verdict verdict,
            List<HostKey> keys,
            String reason,
            String who,
            long atMs,
            Optional<Long> untilMs,
            Optional<HostKey> token)
            implements JournalRecord {
        public Judged {
            keys = List.copyOf(keys);
        }

        /// A word on a machine, which holds until another is said.
        public Judged(
                String node,
                Verdict verdict,
                List<HostKey> keys,
                String reason,
                String who,
                long atMs) {
            this(node, verdict, keys, reason, who, atMs, Optional.empty(), Optional.empty());
        }

        @Override
        public long run() {
            return 0;
        }

        /// What was decided, by whom, and why, in a few words.
        public String title() {
            String by = verdict.name().toLowerCase(Locale.ROOT) + " by " + who;
            return reason.isEmpty() ? by : by + ": " + reason;
        }
    }

    /// What a person makes of a machine.
    enum Verdict {
        /// It is the node: the keys are its own.
        APPROVED,
        /// It is not to be trusted any more.
        REVOKED,
        /// A token was given out for it: the first machine that shows a host key which that has
        /// certified is the node.
        INVITED
    }

    /// The vault was changed, and is on disk as it is now. Of no run; it may stand between the
    /// records of one.
    ///
    /// @param epoch of the vault since then
    /// @param digest SHA-256 (hex) of its file, which is sealed
    /// @param versions what was put in, each with its version; of what was taken out the last one
    /// @param who a user of the operating system
    record VaultChanged(
            long epoch,
            String digest,
            Change change,
            SortedMap<String, Integer> versions,
            String who,
            long atMs)
            implements JournalRecord {
        public VaultChanged {
            versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        }

        @Override
        public long run() {
            return 0;
        }
    }

    /// What became of a vault.
    enum Change {
        /// A person gave secrets.
        SET,
        /// Secrets were made.
        GENERATED,
        DELETED,
        /// It is unlocked by something else.
        LOCKS
    }

    /// What is wanted of an authority from now on: all that later runs need to bring it about. Of
    /// no run; it may stand between the records of one.
    ///
    /// @param certificates whose, by serial (hexadecimal) the instance that it was issued for
    /// @param reason as it was typed; may be empty
    /// @param who a user of the operating system
    record AuthorityOrdered(
            String authority,
            Order order,
            SortedMap<String, String> certificates,
            String reason,
            String who,
            long atMs)
            implements JournalRecord {
        public AuthorityOrdered {
            certificates = Collections.unmodifiableSortedMap(new TreeMap<>(certificates));
        }

        @Override
        public long run() {
            return 0;
        }
    }

    /// What can be wanted of an authority.
    enum Order {
        /// Others in the place of some certificates.
        RENEW,
        /// Some certificates are on the list of what is revoked, for good.
        REVOKE,
        /// That list is made anew, with nothing new on it, as it would end otherwise.
        LIST,
        /// Another certificate of its own, with another key, is believed beside the one there is.
        BESIDE,
        /// That one issues.
        HAND_OVER,
        /// The one before is not believed any more.
        RETIRE
    }

    /// The instance an entry is about, if it is about one.
    default Optional<InstanceKey> instance() {
        return switch (this) {
            case Intended r -> Optional.of(r.key());
            case Succeeded r -> Optional.of(r.key());
            case Failed r -> Optional.of(r.key());
            case RunStarted _,
                    Founded _,
                    RunEnded _,
                    Judged _,
                    VaultChanged _,
                    AuthorityOrdered _ ->
                    Optional.empty();
        };
    }
}
