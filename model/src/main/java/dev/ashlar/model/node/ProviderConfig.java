package dev.ashlar.model.node;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A provider as a site declares it.
///
/// @param kind `inventory`, `lab` …
/// @param settings by name, literal
/// @param machines the machines it lists itself, where it does (an inventory)
public record ProviderConfig(
        String name,
        String kind,
        SequencedMap<String, Value> settings,
        List<Machine> machines,
        Span span) {

    /// A machine that exists.
    public record Machine(
            String name, NodeAccess access, SequencedMap<String, String> labels, Span span) {}

    /// The same under another name.
    public ProviderConfig called(String other) {
        return new ProviderConfig(other, kind, settings, machines, span);
    }

    public ProviderConfig {
        settings = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        machines = List.copyOf(machines);
    }
}
