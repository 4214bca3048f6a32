package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is on which node.
final class Tenants {
    private final Map<String, Set<InstanceKey>> byNode = new LinkedHashMap<>();

    void move(InstanceKey key, Optional<String> from, Optional<String> to) {
        from.map(byNode::get).ifPresent(there -> there.remove(key));
        to.map(node -> byNode.computeIfAbsent(node, _ -> new LinkedHashSet<>()))
                .ifPresent(there -> there.add(key));
    }

    Set<InstanceKey> at(String node) {
        return byNode.getOrDefault(node, Set.of());
    }
}
