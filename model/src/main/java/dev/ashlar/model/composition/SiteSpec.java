package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.node.ProviderConfig;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// A place: its providers by name and whether it asks before it acts.
public record SiteSpec(
        String name, SequencedMap<String, ProviderConfig> providers, Approval approval, Span span) {

    /// When a person is asked before machines are touched.
    public enum Approval {
        /// Never: a lab.
        AUTO,
        /// Before `up` and `down` change anything.
        ASK
    }

    public SiteSpec {
        providers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(providers));
    }
}
