package dev.ashlar.engine.removal;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What becomes, or became, of data whose owners are taken back; by use, thing and node.
///
/// @param kept what stays where it is
/// @param destroyed what goes, because its loss was named
public record DataFate(List<DataLeft> kept, List<DataLeft> destroyed) {

    private record Place(String node, String path) {
        static Place of(DataLeft one) {
            return new Place(one.node(), one.thing().path());
        }

        /// It, and the folders above it.
        Stream<Place> andAbove() {
            return Stream.iterate(
                            path,
                            at -> !at.isEmpty(),
                            at -> at.substring(0, Math.max(0, at.lastIndexOf('/'))))
                    .map(at -> new Place(node, at));
        }
    }

    public DataFate {
        kept = kept.stream().sorted(DataLeft.ORDER).toList();
        destroyed = destroyed.stream().sorted(DataLeft.ORDER).toList();
    }

    /// What becomes of data that would be left. What several own goes only where it is named of
    /// each of them, and what holds data that stays, stays for it.
    ///
    /// @param isNamed true of what may be destroyed as far as its owner goes
    public static DataFate of(List<DataLeft> left, Predicate<DataLeft> isNamed) {
        Set<Place> stays =
                left.stream()
                        .filter(isNamed.negate())
                        .map(Place::of)
                        .flatMap(Place::andAbove)
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        Map<Boolean, List<DataLeft>> goes =
                left.stream()
                        .collect(Collectors.partitioningBy(one -> !stays.contains(Place.of(one))));
        return new DataFate(
                goes.getOrDefault(false, List.of()), goes.getOrDefault(true, List.of()));
    }

    /// True when nothing goes in `other` that does not go here.
    public boolean covers(DataFate other) {
        Map<InstanceKey, Set<String>> named = named();
        return other.named().entrySet().stream()
                .allMatch(one ->
                        named.getOrDefault(one.getKey(), Set.of()).containsAll(one.getValue()));
    }

    /// The keys of the things that go, by whose they are.
    public Map<InstanceKey, Set<String>> named() {
        Map<InstanceKey, Set<String>> named = new LinkedHashMap<>();
        destroyed.forEach(one ->
                named.computeIfAbsent(one.key(), _ -> new LinkedHashSet<>())
                        .add(one.thing().key()));
        return named;
    }
}
