package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A resource as a step declares it, its parameters not yet evaluated. `template` and `source` have
/// become `content`.
///
/// @param restartOn the steps of the same component whose change restarts it (a service) or
///   triggers it (a reboot)
public record ResourceSpec(
        ResourceKind kind,
        SequencedMap<String, Expression> parameters,
        List<String> restartOn,
        Span span) {
    public ResourceSpec {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        restartOn = List.copyOf(restartOn);
    }
}
