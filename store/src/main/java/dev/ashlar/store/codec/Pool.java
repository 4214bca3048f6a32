package dev.ashlar.store.codec;

import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.journal.JournalRecord.Resolved;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is the same in many records is there once: who an instance comes after, and what all nodes
/// read. For one reading; confined to one thread.
public final class Pool {
    private final Map<String, InstanceKey> keys = new HashMap<>();
    private final Map<String, Optional<String>> names = new HashMap<>();
    private final Map<Resolved, Resolved> inputs = new HashMap<>();

    /// @throws MalformedException where the text is no identity
    InstanceKey key(String text) {
        return keys.computeIfAbsent(text, this::parse);
    }

    Resolved input(Resolved input) {
        return inputs.computeIfAbsent(input, own -> own);
    }

    private InstanceKey parse(String text) {
        InstanceKey own =
                InstanceKey.parse(text)
                        .orElseThrow(() ->
                                new MalformedException("no identity of an instance: " + text));
        return new InstanceKey(
                name(own.use()).orElseThrow(),
                name(own.step()).orElseThrow(),
                own.key().flatMap(this::name),
                own.node().flatMap(this::name));
    }

    private Optional<String> name(String name) {
        return names.computeIfAbsent(name, Optional::of);
    }
}
