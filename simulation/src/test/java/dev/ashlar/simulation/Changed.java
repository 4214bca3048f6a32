package dev.ashlar.simulation;

import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.Interfaces;
import dev.ashlar.model.composition.ComponentSpec.Membership;
import dev.ashlar.model.composition.Composition;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.GroupSpec;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.ResourceSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Action;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.resource.ResourceKind;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Parts of a composition that are as they were but for what days change about them.
final class Changed {
    private Changed() {}

    static Composition composition(Composition of, SequencedMap<String, UseSpec> uses) {
        return composition(of, of.groups(), uses);
    }

    static Composition composition(
            Composition of,
            SequencedMap<String, GroupSpec> groups,
            SequencedMap<String, UseSpec> uses) {
        return new Composition(
                of.name(),
                groups,
                uses,
                of.parameters(),
                of.secrets(),
                of.vault(),
                of.site(),
                of.beside(),
                of.digest(),
                of.span());
    }

    /// A file that is always wanted and that nothing watches.
    static ResourceSpec file(SequencedMap<String, Expression> parameters) {
        return new ResourceSpec(
                ResourceKind.FILE,
                parameters,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Span.wholeFile("built.yaml"));
    }

    static StepSpec step(StepSpec of, Action action) {
        return step(of, of.each(), of.when(), action);
    }

    static StepSpec step(
            StepSpec of, Optional<Expression> each, Optional<Expression> when, Action action) {
        return new StepSpec(
                of.name(),
                of.doc(),
                each,
                when,
                of.subject(),
                of.place(),
                of.inputs(),
                action,
                of.outputs(),
                of.validFor(),
                of.health(),
                of.after(),
                of.policy(),
                of.span());
    }

    static ComponentSpec component(
            ComponentSpec of,
            String name,
            SequencedMap<String, InputSpec> inputs,
            Interfaces interfaces,
            List<StepSpec> steps,
            Membership membership) {
        return new ComponentSpec(
                of.pack(),
                of.version(),
                name,
                of.doc(),
                inputs,
                of.types(),
                of.outputs(),
                of.clusterOutputs(),
                interfaces,
                steps,
                membership,
                of.rollout(),
                of.notes(),
                of.span());
    }
}
