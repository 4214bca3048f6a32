package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.List;

/// A declared input of a component.
public record InputSpec(
        String name, Type type, String doc, List<Constraint> constraints, Span span) {
    public InputSpec {
        constraints = List.copyOf(constraints);
    }
}
