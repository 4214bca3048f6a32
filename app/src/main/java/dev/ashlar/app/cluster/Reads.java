package dev.ashlar.app.cluster;

import dev.ashlar.language.cluster.Neighbours;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Supply;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await;
import dev.ashlar.model.value.Value;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/// What a cluster that is read from reads itself of others. None of them is looked at as its files
/// are read: in its composition such a value is unknown, until it is filled in. Confined to one
/// thread.
final class Reads implements Neighbours {
    private final Path file;
    private final Map<Await.Elsewhere, Asked> asked = new HashMap<>();

    /// @param file of the one that reads
    Reads(Path file) {
        this.file = file;
    }

    @Override
    public boolean isItself(Path cluster) {
        return Neighbourhood.file(cluster).filter(file::equals).isPresent();
    }

    @Override
    public Neighbour at(Path cluster) {
        Optional<Path> other = Neighbourhood.file(cluster);
        if (other.isEmpty()) {
            return new Neighbour.Nobody();
        }
        return other.get().equals(file)
                ? new Neighbour.Itself()
                : new Neighbour.Unread(
                        (use, of, values, _) -> unknown(other.get(), use, of, values));
    }

    private SequencedMap<String, Value> unknown(
            Path other, String use, String of, SequencedMap<String, Type> values) {
        SequencedMap<String, Value> unknown = new LinkedHashMap<>();
        values.forEach((name, type) -> {
            Await.Elsewhere await =
                    new Await.Elsewhere(
                            other.toString(),
                            String.join(" ", use, of, name, type.toString()),
                            Await.Remedy.UP);
            asked.put(await, new Asked(other, use, of, name, type));
            unknown.put(name, Value.unknown(type, await));
        });
        return unknown;
    }

    /// What was asked for where its composition waits for this.
    Asked asked(Await.Elsewhere await) {
        return Objects.requireNonNull(asked.get(await));
    }

    /// Those of them that are given out, by what waits for them.
    Map<Await.Elsewhere, Value> given(Map<Asked, Value> all) {
        Map<Await.Elsewhere, Value> given = new HashMap<>();
        asked.forEach((await, one) -> {
            Value value = all.get(one);
            if (value != null) {
                given.put(await, value);
            }
        });
        return given;
    }

    /// The composition with these filled in.
    static Composition filled(Composition composition, Map<Await.Elsewhere, Value> given) {
        return composition.withSupplies(supply -> {
            if (!(supply instanceof Supply.OfCluster(String name, var values))) {
                return supply;
            }
            SequencedMap<String, Value> filled = new LinkedHashMap<>(values);
            filled.replaceAll((_, value) ->
                    value.label().awaits().stream()
                            .filter(given::containsKey)
                            .findFirst()
                            .map(given::get)
                            .orElse(value));
            return new Supply.OfCluster(name, filled);
        });
    }
}
