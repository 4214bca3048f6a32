package dev.ashlar.engine.past;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.Checkpoint.Chosen;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The nodes that were chosen for instances which choose where they run, and the runs that chose
/// them.
final class Choices {
    private final Map<InstanceKey, Chosen> all = new LinkedHashMap<>();

    /// Who is chosen once more has been chosen before.
    void choose(InstanceKey key, String node, long run) {
        all.merge(
                key,
                new Chosen(node, run),
                (known, now) -> known.node().equals(now.node()) ? known : now);
    }

    Optional<Chosen> of(InstanceKey key) {
        return Optional.ofNullable(all.get(key));
    }

    void forget(InstanceKey key) {
        all.remove(key);
    }

    /// A machine has been given back.
    void gone(String node) {
        all.values().removeIf(choice -> choice.node().equals(node));
    }

    Map<InstanceKey, Chosen> all() {
        return Collections.unmodifiableMap(all);
    }

    void restore(Map<InstanceKey, Chosen> chosen) {
        all.putAll(chosen);
    }
}
