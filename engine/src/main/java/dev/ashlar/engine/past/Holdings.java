package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.work.Owned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/// What instances own, as one success follows another and as they stand beside each other.
final class Holdings {
    private Holdings() {}

    /// What another instance at the same place owns.
    ///
    /// @param goes true of what is to be taken away as well
    record Neighbour(List<Owned> owned, Predicate<Owned> goes) {}

    /// What was owned before stays owned, unless it was taken back: the first record of a thing
    /// knows what it replaced, the last one how it is now.
    static List<Owned> after(
            List<Owned> before, List<Owned> leftovers, List<Owned> now, List<String> dropped) {
        Map<String, Owned> all = new LinkedHashMap<>();
        before.forEach(o -> all.put(o.key(), o));
        leftovers.forEach(o -> all.putIfAbsent(o.key(), o));
        dropped.forEach(all::remove);
        now.forEach(o -> all.merge(o.key(), o, Holdings::later));
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

    /// What of these nobody else at its place owns too.
    ///
    /// @param there all who are
    /// @param goes whether a thing of another is to be taken away as well
    static List<Owned> alone(
            InstanceKey key,
            Set<InstanceKey> there,
            List<Owned> owned,
            Function<InstanceKey, List<Owned>> ownedBy,
            BiPredicate<InstanceKey, Owned> goes) {
        return alone(
                owned,
                there.stream()
                        .filter(other -> !other.equals(key))
                        .map(other ->
                                new Neighbour(ownedBy.apply(other), one -> goes.test(other, one)))
                        .toList());
    }

    /// What of these no neighbour owns too. Each says what is not to go with it: what others own
    /// that stays.
    static List<Owned> alone(List<Owned> owned, List<Neighbour> neighbours) {
        Set<String> shared = new LinkedHashSet<>();
        List<Owned> spared = new ArrayList<>();
        for (Neighbour neighbour : neighbours) {
            for (Owned one : neighbour.owned()) {
                if (!one.isByScript()) {
                    shared.add(one.key());
                    if (!neighbour.goes().test(one)) {
                        spared.add(one);
                    }
                }
            }
        }
        return owned.stream()
                .filter(one -> !shared.contains(one.key()))
                .map(one -> one.sparing(spared))
                .toList();
    }

    /// Everything that exists because of earlier runs, or may, each with what it owns.
    ///
    /// @param cut intents without an end
    static SequencedMap<InstanceKey, List<Owned>> everything(
            SequencedMap<InstanceKey, Success> successes,
            Map<InstanceKey, List<Owned>> leftovers,
            Set<InstanceKey> cut) {
        SequencedMap<InstanceKey, List<Owned>> all = new LinkedHashMap<>();
        successes.forEach((key, success) -> all.put(key, success.owned()));
        leftovers.forEach((key, owned) -> {
            if (!owned.isEmpty()) {
                all.put(key, owned);
            }
        });
        cut.forEach(key -> all.putIfAbsent(key, List.of()));
        return all;
    }
}
