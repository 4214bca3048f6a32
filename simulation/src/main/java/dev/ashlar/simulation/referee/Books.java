package dev.ashlar.simulation.referee;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord;
import dev.ashlar.model.journal.JournalRecord.Effect;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What is durable, in the referee's own words: which intents are open, what was said last of each
/// instance, who is founded.
final class Books {
    private final Map<InstanceKey, JournalRecord.Intended> open = new LinkedHashMap<>();
    private final Map<InstanceKey, JournalRecord.Succeeded> standing = new LinkedHashMap<>();
    private final Set<InstanceKey> failed = new LinkedHashSet<>();
    private final Map<String, Set<String>> founded = new LinkedHashMap<>();
    private final Map<InstanceKey, String> chosen = new LinkedHashMap<>();
    private final Map<InstanceKey, String> makers = new LinkedHashMap<>();
    private final Set<InstanceKey> left = new LinkedHashSet<>();
    private final Set<String> reduced = new LinkedHashSet<>();
    private final Map<String, Set<String>> listed = new LinkedHashMap<>();
    private final Map<String, Set<String>> remnants = new LinkedHashMap<>();
    private boolean whole;

    void take(JournalRecord entry) {
        switch (entry) {
            case JournalRecord.Intended intended -> {
                open.put(intended.key(), intended);
                intended.chosen()
                        .filter(_ -> !intended.key().isMembership())
                        .ifPresent(node -> chosen.put(intended.key(), node));
                if (intended.effect() == Effect.DO) {
                    makers.put(intended.key(), intended.maker());
                }
            }
            case JournalRecord.Succeeded done -> succeeded(done);
            case JournalRecord.Failed failure -> {
                JournalRecord.Intended intended = open.get(failure.key());
                if (intended != null && intended.intent().equals(failure.intent())) {
                    open.remove(failure.key());
                    failed.add(failure.key());
                    if (!failure.owned().isEmpty()) {
                        left.add(failure.key());
                    }
                }
            }
            case JournalRecord.Founded group -> {
                founded.computeIfAbsent(group.use(), _ -> new LinkedHashSet<>())
                        .addAll(group.nodes());
                listed.computeIfAbsent(group.use(), _ -> new LinkedHashSet<>())
                        .addAll(group.nodes());
            }
            case JournalRecord.RunStarted started -> whole = started.selection().isEmpty();
            case JournalRecord.RunEnded ended -> {
                if (whole && ended.outcome().equals(JournalRecord.RunEnded.DONE)) {
                    reduced.clear();
                }
            }
            case JournalRecord.Judged _,
                    JournalRecord.VaultChanged _,
                    JournalRecord.AuthorityOrdered _ -> {}
        }
    }

    private void succeeded(JournalRecord.Succeeded done) {
        InstanceKey key = done.key();
        open.remove(key);
        failed.remove(key);
        if (key.isLeave()) {
            left(key.use(), key.node().orElseThrow());
            return;
        }
        if (done.effect() == Effect.DO) {
            if (key.isJoin()) {
                listed.computeIfAbsent(key.use(), _ -> new LinkedHashSet<>())
                        .add(key.node().orElseThrow());
            }
            standing.put(key, done);
            left.remove(key);
            return;
        }
        JournalRecord.Succeeded was = standing.remove(key);
        boolean answered = was != null && was.health().isPresent();
        left.remove(key);
        chosen.remove(key);
        key.node()
                .ifPresent(node -> {
                    boolean isMember = !answered && hasAny(key.use(), node);
                    if (!hasAny(key.use(), node)) {
                        remnants.getOrDefault(key.use(), new LinkedHashSet<>()).remove(node);
                        open.remove(InstanceKey.leave(key.use(), node));
                        failed.remove(InstanceKey.leave(key.use(), node));
                    }
                    if (!isMember
                            && founded.getOrDefault(key.use(), new LinkedHashSet<>())
                                    .remove(node)) {
                        reduced.add(node);
                    }
                    if (key.equals(InstanceKey.acquire(node))) {
                        reduced.remove(node);
                        Predicate<InstanceKey> there =
                                k -> place(k).filter(node::equals).isPresent();
                        standing.keySet().removeIf(there);
                        left.removeIf(there);
                        open.keySet().removeIf(there);
                        failed.removeIf(there);
                        chosen.values().removeIf(node::equals);
                        founded.values().forEach(nodes -> nodes.remove(node));
                        listed.values().forEach(nodes -> nodes.remove(node));
                        remnants.values().forEach(nodes -> nodes.remove(node));
                    }
                });
    }

    private void left(String use, String node) {
        InstanceKey join = InstanceKey.join(use, node);
        standing.remove(join);
        open.remove(join);
        failed.remove(join);
        founded.getOrDefault(use, new LinkedHashSet<>()).remove(node);
        listed.getOrDefault(use, new LinkedHashSet<>()).remove(node);
        if (hasAny(use, node)) {
            remnants.computeIfAbsent(use, _ -> new LinkedHashSet<>()).add(node);
        }
    }

    /// True of what is left of a member that has left.
    boolean isRemnant(InstanceKey key) {
        return key.node()
                .filter(node -> remnants.getOrDefault(key.use(), Set.of()).contains(node))
                .isPresent();
    }

    /// Whom the others of a use count on.
    Set<String> listed(String use) {
        return new LinkedHashSet<>(listed.getOrDefault(use, Set.of()));
    }

    /// True of whom the others count on.
    boolean isListed(String use, String node) {
        return listed.getOrDefault(use, Set.of()).contains(node);
    }

    private boolean hasAny(String use, String node) {
        return everything().stream()
                .filter(key -> place(key).filter(node::equals).isPresent())
                .filter(key -> !key.isLeave())
                .anyMatch(key ->
                        key.use().equals(use) && key.node().filter(node::equals).isPresent());
    }

    /// Where it was done: on the node that was chosen for it, else on its own.
    Optional<String> place(InstanceKey key) {
        return chosen(key).or(key::node);
    }

    /// The node that was chosen for it and holds.
    Optional<String> chosen(InstanceKey key) {
        return Optional.ofNullable(chosen.get(key));
    }

    Optional<JournalRecord.Intended> open(InstanceKey key) {
        return Optional.ofNullable(open.get(key));
    }

    /// Everything that is there, or may be.
    Set<InstanceKey> everything() {
        Set<InstanceKey> all = new LinkedHashSet<>(standing.keySet());
        all.addAll(left);
        all.addAll(open.keySet());
        return all;
    }

    boolean hasSucceeded(InstanceKey key) {
        return standing.containsKey(key);
    }

    /// What it was begun as the last time; empty where it never was.
    String maker(InstanceKey key) {
        return makers.getOrDefault(key, "");
    }

    /// True of a node that has lost something which was founded there, until a run of the whole is
    /// done.
    boolean isReduced(String node) {
        return reduced.contains(node);
    }

    /// True when how it is asked for its health is on record.
    boolean isAsked(InstanceKey key) {
        JournalRecord.Succeeded done = standing.get(key);
        return done != null && done.health().isPresent();
    }

    /// True when the last word on it is a success.
    boolean stands(InstanceKey key) {
        return standing.containsKey(key) && !open.containsKey(key) && !failed.contains(key);
    }

    /// The intent under which what stands of it was done.
    Optional<String> standsBy(InstanceKey key) {
        return Optional.ofNullable(standing.get(key)).map(JournalRecord.Succeeded::intent);
    }

    /// Failed or cut short, and nothing has been heard of it since.
    boolean isSick(InstanceKey key) {
        return open.containsKey(key) || failed.contains(key);
    }

    boolean isFrozen(InstanceKey key, String input) {
        JournalRecord.Succeeded done = standing.get(key);
        return done != null && done.frozen().containsKey(input);
    }

    boolean isFounded(String use, String node) {
        return founded.getOrDefault(use, Set.of()).contains(node);
    }

    boolean isFounded(String use) {
        return !founded.getOrDefault(use, Set.of()).isEmpty();
    }

    /// What stands and came after `key`, or asked for the health of the use that it is part of:
    /// what never succeeded had no part in that. Not what `key` came after as well, by a record
    /// made under other files: one of them has to go first.
    List<InstanceKey> after(InstanceKey key) {
        Set<InstanceKey> before = before(key);
        return standing.values().stream()
                .filter(done ->
                        done.after().contains(key) || (hasSucceeded(key) && isServed(done, key)))
                .map(JournalRecord.Succeeded::key)
                .filter(later -> !before.contains(later))
                .toList();
    }

    private Set<InstanceKey> before(InstanceKey key) {
        Set<InstanceKey> before = new LinkedHashSet<>();
        Deque<InstanceKey> open = new ArrayDeque<>(Set.of(key));
        while (!open.isEmpty()) {
            JournalRecord.Succeeded done = standing.get(open.poll());
            if (done != null) {
                Stream.concat(done.after().stream(), served(done))
                        .filter(before::add)
                        .forEach(open::add);
            }
        }
        return before;
    }

    private Stream<InstanceKey> served(JournalRecord.Succeeded done) {
        return done.served().isEmpty()
                ? Stream.of()
                : standing.keySet().stream().filter(key -> isServed(done, key));
    }

    private static boolean isServed(JournalRecord.Succeeded done, InstanceKey by) {
        boolean isMember = done.key().use().equals(by.use()) && done.key().node().isPresent();
        return by.node().isPresent() && !isMember && done.served().contains(by.use());
    }
}
