package dev.ashlar.engine.plan;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.work.Failure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// What a run would do, in an order in which it could.
public record Plan(List<Entry> entries) {

    public Plan {
        entries = List.copyOf(entries);
    }

    /// One instance's lot.
    ///
    /// @param reasons why, one short sentence each
    /// @param awaits what it waits for; for an action that is not certain, what would decide it
    /// @param disruptive true when it may restart or reboot something that runs
    /// @param takesBack what it made before and will not make any more, by title, where it runs
    ///   again; told among the reasons too
    public record Entry(
            InstanceKey key,
            Action action,
            List<String> reasons,
            Set<Await> awaits,
            boolean disruptive,
            Optional<Failure> problem,
            Set<String> takesBack) {
        public Entry {
            reasons = List.copyOf(reasons);
            takesBack = Collections.unmodifiableSet(new LinkedHashSet<>(takesBack));
        }

        /// One that takes nothing back beside itself.
        public Entry(
                InstanceKey key,
                Action action,
                List<String> reasons,
                Set<Await> awaits,
                boolean disruptive,
                Optional<Failure> problem) {
            this(key, action, reasons, awaits, disruptive, problem, Set.of());
        }

        /// The same for these reasons.
        public Entry because(List<String> other) {
            return new Entry(key, action, other, awaits, disruptive, problem, takesBack);
        }

        Entry awaiting(Set<Await> others) {
            return new Entry(key, action, reasons, others, disruptive, problem, takesBack);
        }

        Entry takingBack(Set<String> titles) {
            return new Entry(key, action, reasons, awaits, disruptive, problem, titles);
        }
    }

    /// What happens to an instance.
    public enum Action {
        /// Never done so far.
        CREATE("+"),
        /// Done before; what it depends on has changed.
        CHANGE("~"),
        /// Done before; whether it runs again shows when what it waits for is known.
        MAYBE("?"),
        /// Cut short or failed last time; the first reason says which.
        REPAIR("~"),
        /// What is there under that name is taken back, and another comes in its place.
        REPLACE("-/+"),
        /// Taken back.
        REMOVE("-"),
        /// Stands as it is.
        UNCHANGED(" "),
        /// Would run or might, but is not selected, or comes after or needs what is not.
        LEFT_OUT("."),
        /// Cannot be done: it has no value.
        IMPOSSIBLE("x");

        private final String sign;

        Action(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    /// True when nothing would run.
    public boolean isEmpty() {
        return entries.stream().noneMatch(Plan::isChange);
    }

    public List<Entry> changes() {
        return entries.stream().filter(Plan::isChange).toList();
    }

    /// What is taken back, be it for good or for what comes in its place; in the plan's order.
    public SequencedSet<InstanceKey> takenBack() {
        SequencedSet<InstanceKey> keys = new LinkedHashSet<>();
        entries.stream().filter(Plan::goes).forEach(e -> keys.add(e.key()));
        return keys;
    }

    private static boolean isChange(Entry entry) {
        return entry.action() != Action.UNCHANGED && entry.action() != Action.LEFT_OUT;
    }

    /// How many are left out.
    public int leftOut() {
        return (int) entries.stream().filter(e -> e.action() == Action.LEFT_OUT).count();
    }

    /// True when who agreed to this one has agreed to all of `other`: each change there is one here
    /// too, and nothing more goes, be it an instance or what one takes back as it runs again. How a
    /// thing that runs again is called does not matter: what it waits for may have become known
    /// meanwhile.
    public boolean covers(Plan other) {
        Map<InstanceKey, Entry> agreed = new LinkedHashMap<>();
        changes().forEach(entry -> agreed.put(entry.key(), entry));
        return other.changes().stream()
                .allMatch(entry -> {
                    Entry known = agreed.get(entry.key());
                    return known != null && (goes(known) || isNoLoss(known, entry));
                });
    }

    private static boolean isNoLoss(Entry agreed, Entry now) {
        return !goes(now) && agreed.takesBack().containsAll(now.takesBack());
    }

    private static boolean goes(Entry entry) {
        return entry.action() == Action.REMOVE || entry.action() == Action.REPLACE;
    }

    /// True when something cannot be done as the files say it. What a node does not fit for fails
    /// there, and holds up nothing else.
    public boolean isImpossible() {
        return entries.stream()
                .filter(entry -> entry.action() == Action.IMPOSSIBLE)
                .anyMatch(entry -> entry.problem().filter(Failure::isUnfit).isEmpty());
    }
}
