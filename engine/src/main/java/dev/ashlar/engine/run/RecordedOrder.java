package dev.ashlar.engine.run;

import dev.ashlar.engine.past.Success;
import dev.ashlar.model.identity.InstanceKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// The order in which what goes was brought about, as far as it counts for taking it back.
///
/// All are put in one row: each behind what it came after on record, otherwise by when it was first
/// brought about. Nothing is taken to have come after what is behind it in the row. So it never
/// leads back to where it came from, though the record may, for what is on it was written under
/// files that said one order and files that said another; and what is guessed where the record is
/// lost contradicts neither the record nor another guess.
final class RecordedOrder {
    private record Member(String use, Optional<String> node) {
        private static Member of(InstanceKey key) {
            return new Member(key.use(), key.node());
        }
    }

    private final Withdrawn all;
    private final Map<String, Boolean> withFellows = new LinkedHashMap<>();
    private final SequencedMap<InstanceKey, Set<InstanceKey>> recorded = new LinkedHashMap<>();

    RecordedOrder(Withdrawn all) {
        this.all = all;
        all.taken.keySet().forEach(key -> recorded.put(key, recorded(key)));
    }

    /// What each came after, of what goes as well.
    Map<InstanceKey, Set<InstanceKey>> earlier() {
        Map<InstanceKey, Set<InstanceKey>> earlier = new LinkedHashMap<>();
        Set<InstanceKey> passed = new LinkedHashSet<>();
        Map<Member, List<InstanceKey>> byMember = new LinkedHashMap<>();
        for (InstanceKey key : row()) {
            Set<InstanceKey> before = new LinkedHashSet<>(recorded.getOrDefault(key, Set.of()));
            before.retainAll(passed);
            List<InstanceKey> ofMember = Withdrawn.listed(byMember, Member.of(key));
            if (isLost(key)) {
                before.addAll(ofMember);
            }
            if (all.past.success(key).isPresent()) {
                ofMember.add(key);
            }
            passed.add(key);
            earlier.put(key, before);
        }
        return earlier;
    }

    private SequencedSet<InstanceKey> row() {
        SequencedSet<InstanceKey> row = new LinkedHashSet<>();
        Set<InstanceKey> entered = new LinkedHashSet<>();
        recorded.keySet().forEach(key -> line(key, entered, row));
        return row;
    }

    /// What has been entered and is not in the row yet leads back to where it came from. Walks with
    /// a stack of its own: chains may be longer than a thread's.
    private void line(InstanceKey wanted, Set<InstanceKey> entered, Set<InstanceKey> row) {
        Deque<InstanceKey> open = new ArrayDeque<>(List.of(wanted));
        while (!open.isEmpty()) {
            InstanceKey key = open.peek();
            List<InstanceKey> first =
                    entered.add(key)
                            ? recorded.getOrDefault(key, Set.of()).stream()
                                    .filter(before -> !entered.contains(before))
                                    .toList()
                            : List.of();
            if (first.isEmpty()) {
                row.add(open.pop());
            }
            first.reversed().forEach(open::push);
        }
    }

    // ---- the record

    private Set<InstanceKey> recorded(InstanceKey key) {
        Set<InstanceKey> earlier = new LinkedHashSet<>();
        for (InstanceKey before : goneBefore(key)) {
            for (InstanceKey each : all.expanded(before)) {
                InstanceKey other = all.standIn(each);
                if (all.taken.containsKey(other) && counts(key, other)) {
                    earlier.add(other);
                }
            }
        }
        return earlier;
    }

    /// What came before a step on record: where that is of the same member and stays, what came
    /// before that.
    private Set<InstanceKey> goneBefore(InstanceKey key) {
        Set<InstanceKey> gone = new LinkedHashSet<>();
        Set<InstanceKey> passed = new LinkedHashSet<>();
        Deque<InstanceKey> open = new ArrayDeque<>(all.after(key));
        while (!open.isEmpty()) {
            InstanceKey before = open.poll();
            boolean stays = !all.taken.containsKey(before) && isOfOneMember(before, key);
            if (!stays) {
                gone.add(before);
            } else if (passed.add(before)) {
                open.addAll(all.past.success(before).map(Success::after).orElse(List.of()));
            }
        }
        return gone;
    }

    private static boolean isOfOneMember(InstanceKey one, InstanceKey other) {
        return Member.of(one).equals(Member.of(other));
    }

    /// Whether one that came later is to be taken back before the one it came after.
    private boolean counts(InstanceKey later, InstanceKey earlier) {
        boolean isMachine = earlier.isMachine();
        boolean isOfOneUse = later.use().equals(earlier.use());
        boolean haveNoTurn = later.node().isEmpty() && earlier.node().isEmpty();
        if (isMachine || haveNoTurn || (isOfOneUse && hasOneTurn(later, earlier))) {
            return true;
        }
        return !all.stays(later)
                && !changesUnderFellows(later, earlier)
                && !(isOfOneUse && all.isTurned(earlier));
    }

    /// What is replaced changes under those of a use that stay, so it need not wait for one that
    /// leaves them. What is done for the cluster as a whole is replaced where it is wanted still.
    private boolean changesUnderFellows(InstanceKey later, InstanceKey earlier) {
        boolean isReplaced =
                all.stays(earlier)
                        && (earlier.node().isPresent() || all.brought.containsKey(earlier));
        boolean isWithinUse = later.use().equals(earlier.use());
        return all.isUse(later.use()) && isReplaced && (!isWithinUse || hasFellows(later.use()));
    }

    /// True of a use of which members stay, be it half changed by an earlier run.
    private boolean hasFellows(String use) {
        return withFellows.computeIfAbsent(
                use,
                _ ->
                        all.graph.members(use).stream()
                                .anyMatch(node ->
                                        all.past.isFounded(use, node) || all.past.isReduced(node)));
    }

    /// What is about the cluster as a whole has no turn to wait for.
    private static boolean hasOneTurn(InstanceKey later, InstanceKey earlier) {
        return later.node().isEmpty() || later.node().equals(earlier.node());
    }

    /// True where the record does not say all that a step of a member came after: it never
    /// succeeded, or what it came after is gone.
    private boolean isLost(InstanceKey key) {
        return key.node().isPresent()
                && (all.past.success(key).isEmpty()
                        || all.after(key).stream()
                                .filter(before -> isOfOneMember(before, key))
                                .anyMatch(before -> all.past.success(before).isEmpty()));
    }
}
