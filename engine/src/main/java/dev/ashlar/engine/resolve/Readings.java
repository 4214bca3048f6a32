package dev.ashlar.engine.resolve;

import dev.ashlar.model.journal.JournalRecord.Resolved;
import dev.ashlar.model.secret.DigestKey;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Values as they are remembered and told. What is gathered from a group is the same object for all
/// its readers, and is digested once.
final class Readings {
    private static final int MAX_TOLD = 20;

    private final Optional<DigestKey> key;

    private final IdentityHashMap<Value, Resolved> shared = new IdentityHashMap<>();
    private final IdentityHashMap<Value, Reading> open = new IdentityHashMap<>();

    /// @param key of the vault, where that is unlocked
    Readings(Optional<DigestKey> key) {
        this.key = key;
    }

    Reading reading(Value value) {
        return value.isKnown()
                ? Reading.of(resolved(value))
                : open.computeIfAbsent(
                        value,
                        _ ->
                                new Reading(
                                        Shown.of(value),
                                        Optional.empty(),
                                        origins(value),
                                        first(value.deepLabel().awaits())));
    }

    Resolved resolved(Value value) {
        boolean isLarge =
                value.data() instanceof Data.Listing || value.data() instanceof Data.Mapping;
        return isLarge ? shared.computeIfAbsent(value, this::digested) : digested(value);
    }

    Resolved digested(Value value) {
        return new Resolved(Digests.of(value, key), Shown.of(value), origins(value));
    }

    private static Set<Await> first(Set<Await> awaits) {
        return awaits.stream().limit(MAX_TOLD).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<String> origins(Value value) {
        return value.deepLabel().origins().stream()
                .filter(origin -> !(origin instanceof Origin.Served))
                .limit(MAX_TOLD)
                .map(Object::toString)
                .toList();
    }
}
