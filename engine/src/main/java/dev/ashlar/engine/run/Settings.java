package dev.ashlar.engine.run;

import dev.ashlar.model.identity.InstanceKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The named limits of a run and what its identities are made of.
///
/// @param run its number
/// @param lineage prefix of intents, unique per state
/// @param parallel how many pieces of work may be carried out at once
/// @param perNode how many of them on one node
/// @param destroys the data that goes with those it belongs to, by whose it is: the keys of the
///   things whose loss was named; all other data stays
public record Settings(
        long run,
        String lineage,
        int parallel,
        int perNode,
        Map<InstanceKey, Set<String>> destroys) {
    public static final int DEFAULT_PARALLEL = 100;

    public Settings {
        Map<InstanceKey, Set<String>> copies = new LinkedHashMap<>();
        destroys.forEach((key, things) ->
                copies.put(key, Collections.unmodifiableSet(new LinkedHashSet<>(things))));
        destroys = Collections.unmodifiableMap(copies);
    }

    public static Settings of(long run, String lineage) {
        return new Settings(run, lineage, DEFAULT_PARALLEL, 1, Map.of());
    }

    public Settings withParallel(int limit) {
        return new Settings(run, lineage, limit, perNode, destroys);
    }

    public Settings destroying(Map<InstanceKey, Set<String>> named) {
        return new Settings(run, lineage, parallel, perNode, named);
    }
}
