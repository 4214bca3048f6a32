package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// What is on which node.
final class Tenants {
    private final Map<String, Set<InstanceKey>> byNode = new LinkedHashMap<>();

    /// @param place where each is, if anywhere
    static Tenants of(Stream<InstanceKey> keys, Function<InstanceKey, Optional<String>> place) {
        Tenants all = new Tenants();
        keys.forEach(key -> all.move(key, Optional.empty(), place.apply(key)));
        return all;
    }

    void move(InstanceKey key, Optional<String> from, Optional<String> to) {
        from.map(byNode::get).ifPresent(there -> there.remove(key));
        to.map(node -> byNode.computeIfAbsent(node, _ -> new LinkedHashSet<>()))
                .ifPresent(there -> there.add(key));
    }

    Set<InstanceKey> at(String node) {
        return byNode.getOrDefault(node, Set.of());
    }
}
