package dev.ashlar.engine.removal;

import dev.ashlar.model.identity.InstanceKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What becomes, or became, of data whose owners are taken back; by use, thing and node.
///
/// @param kept what stays where it is
/// @param destroyed what goes, because its loss was named
public record DataFate(List<DataLeft> kept, List<DataLeft> destroyed) {

    public DataFate {
        kept = kept.stream().sorted(DataLeft.ORDER).toList();
        destroyed = destroyed.stream().sorted(DataLeft.ORDER).toList();
    }

    /// The keys of the things that go, by whose they are.
    public Map<InstanceKey, Set<String>> named() {
        Map<InstanceKey, Set<String>> named = new HashMap<>();
        destroyed.forEach(one ->
                named.computeIfAbsent(one.key(), _ -> new HashSet<>()).add(one.thing().key()));
        return named;
    }
}
