package dev.ashlar.model.composition;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;

/// A declared input of a component.
///
/// @param fact of its node that it is; nobody gives it another value
/// @param recipe of the secret that it is where nobody gives it one
public record InputSpec(
        String name,
        Type type,
        String doc,
        List<Constraint> constraints,
        Optional<Fact> fact,
        Optional<Recipe> recipe,
        Span span) {
    /// One that is no secret of the cluster's own.
    public InputSpec(
            String name,
            Type type,
            String doc,
            List<Constraint> constraints,
            Optional<Fact> fact,
            Span span) {
        this(name, type, doc, constraints, fact, Optional.empty(), span);
    }

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
