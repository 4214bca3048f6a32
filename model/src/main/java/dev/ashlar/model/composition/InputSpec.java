package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;

/// A declared input of a component.
///
/// @param fact of its node that it is; nobody gives it another value
public record InputSpec(
        String name,
        Type type,
        String doc,
        List<Constraint> constraints,
        Optional<Fact> fact,
        Span span) {
    public InputSpec {
        constraints = List.copyOf(constraints);
    }

    /// True of a fact of which something is demanded: the component can be on no other node,
    /// whatever it reads.
    public boolean isDemandOnNode() {
        return fact.isPresent() && !constraints.isEmpty();
    }

    /// True of a fact that changes at any time: its values are good for a moment only.
    public boolean isVolatile() {
        return fact.filter(Fact::isVolatile).isPresent();
    }
}
