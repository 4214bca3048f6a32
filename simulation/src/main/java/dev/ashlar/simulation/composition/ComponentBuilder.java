package dev.ashlar.simulation.composition;

import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.ClusterOutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Interfaces;
import dev.ashlar.model.composition.ComponentSpec.Membership;
import dev.ashlar.model.composition.ComponentSpec.OutputSpec;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.ComponentSpec.Rollout;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Await.Holds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// A component, piece by piece.
public final class ComponentBuilder {
    private static final Span HERE = Span.wholeFile("built.yaml");

    private final String name;
    private final SequencedMap<String, InputSpec> inputs = new LinkedHashMap<>();
    private final SequencedMap<String, Binding> bindings = new LinkedHashMap<>();
    private final SequencedMap<String, OutputSpec> outputs = new LinkedHashMap<>();
    private final SequencedMap<String, ClusterOutputSpec> clusterOutputs = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<String, Expression>> implemented =
            new LinkedHashMap<>();
    private final SequencedMap<String, Requirement> required = new LinkedHashMap<>();
    private final List<StepSpec> steps = new ArrayList<>();
    private Membership membership = Membership.NONE;
    private Rollout rollout = Rollout.ONE_AT_A_TIME;

    private ComponentBuilder(String name) {
        this.name = name;
    }

    public static ComponentBuilder component(String name) {
        return new ComponentBuilder(name);
    }

    public ComponentBuilder input(String input, Expression value, Constraint... constraints) {
        InputSpec spec =
                new InputSpec(
                        input, value.type(), "", List.of(constraints), Optional.empty(), HERE);
        return input(spec, Binding.Speaker.GROUP, value);
    }

    /// An input that is a fact of its node.
    public ComponentBuilder fact(String input, Fact fact, Constraint... constraints) {
        InputSpec spec =
                new InputSpec(
                        input, fact.type(), "", List.of(constraints), Optional.of(fact), HERE);
        return input(spec, Binding.Speaker.DEFAULT, Expressions.fact(fact));
    }

    private ComponentBuilder input(InputSpec spec, Binding.Speaker from, Expression value) {
        inputs.put(spec.name(), spec);
        bindings.put(spec.name(), new Binding(spec, List.of(new Binding.Layer(from, value))));
        return this;
    }

    /// An output that holds as soon as it is known.
    public ComponentBuilder early(String output, Expression value) {
        outputs.put(output, new OutputSpec(output, value.type(), true, value, "", HERE));
        return this;
    }

    /// An output that holds once its member is healthy.
    public ComponentBuilder output(String output, Expression value) {
        outputs.put(output, new OutputSpec(output, value.type(), false, value, "", HERE));
        return this;
    }

    public ComponentBuilder clusterOutput(String output, Holds holds, Expression value) {
        clusterOutputs.put(
                output, new ClusterOutputSpec(output, value.type(), holds, value, "", HERE));
        return this;
    }

    /// Stands for an interface of one value.
    public ComponentBuilder stands(String of, String value, Expression expression) {
        SequencedMap<String, Expression> all = new LinkedHashMap<>();
        all.put(value, expression);
        implemented.put(of, all);
        return this;
    }

    /// Needs somebody who stands for an interface of one value.
    public ComponentBuilder requires(String required, String of, String value, Type type) {
        SequencedMap<String, Type> values = new LinkedHashMap<>();
        values.put(value, type);
        this.required.put(required, new Requirement(required, of, values, HERE));
        return this;
    }

    public ComponentBuilder step(StepBuilder step) {
        steps.add(
                step.build(
                        steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast().name())));
        return this;
    }

    /// New members are announced by `join` and taken leave of by `leave`, both on a ready member.
    public ComponentBuilder membership(StepBuilder join, StepBuilder leave) {
        membership =
                new Membership(
                        Optional.of(join.onSponsor().build(Optional.empty())),
                        Optional.of(leave.onSponsor().build(Optional.empty())));
        return this;
    }

    /// True when its first members start together.
    public boolean isFoundedTogether() {
        return build().isFoundedTogether();
    }

    public boolean tellsHealth() {
        return steps.stream().anyMatch(step -> step.health().isPresent());
    }

    public ComponentBuilder maxUnavailable(int members) {
        rollout = new Rollout(members);
        return this;
    }

    ComponentSpec build() {
        return new ComponentSpec(
                "built",
                "1.0.0",
                name,
                "",
                inputs,
                new LinkedHashMap<>(),
                outputs,
                clusterOutputs,
                new Interfaces(implemented, required),
                steps,
                new Membership(
                        membership
                                .join()
                                .map(join -> join.after(ComponentSpec.stepsBeforeJoin(steps))),
                        membership.leave()),
                rollout,
                Optional.empty(),
                HERE);
    }

    SequencedMap<String, Binding> bindings() {
        return bindings;
    }
}
