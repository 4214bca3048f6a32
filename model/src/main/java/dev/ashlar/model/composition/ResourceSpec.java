package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// A resource as a step declares it, its parameters not yet evaluated. `template` and `source` have
/// become `content`.
///
/// @param when the condition under which it is wanted, a `bool`
/// @param each a list or map for whose elements it is repeated; its other expressions read the
///   element as [Element#NAME]
/// @param restartOn the steps of the same component whose change restarts it (a service) or
///   triggers it (a reboot)
public record ResourceSpec(
        ResourceKind kind,
        SequencedMap<String, Expression> parameters,
        List<String> restartOn,
        Optional<Expression> when,
        Optional<Expression> each,
        Span span) {
    public ResourceSpec {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
        restartOn = List.copyOf(restartOn);
    }

    /// Every expression in it.
    public List<Expression> expressions() {
        return Stream.of(each.stream(), when.stream(), parameters.values().stream())
                .flatMap(all -> all)
                .toList();
    }

    /// True when it may stand for no resource, or for several.
    public boolean varies() {
        return when.isPresent() || each.isPresent();
    }
}
