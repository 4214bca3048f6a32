package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.pack.Pack.Component;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads what one layer says of a component's inputs.
final class InputValues {
    private final Environment environment;
    private final Diagnostics diagnostics;
    private final ValueReader values;

    /// @param environment what the values may read
    InputValues(Environment environment, Diagnostics diagnostics) {
        this.environment = environment;
        this.diagnostics = diagnostics;
        this.values = new ValueReader(diagnostics);
    }

    /// The same with another place for what is wrong.
    InputValues reportingTo(Diagnostics other) {
        return new InputValues(environment, other);
    }

    void report(Diagnostic problem) {
        diagnostics.add(problem);
    }

    /// What a layer says.
    ///
    /// @param values by input; of what is wrong there is none
    /// @param spoken the inputs it speaks of, be it wrongly
    record Given(SequencedMap<String, Expression> values, Set<String> spoken) {}

    /// For all members of a use.
    Given read(List<YamlNode.Entry> entries, Component component) {
        Given given = typed(entries, component);
        Set<String> shared = SharedInputs.of(component);
        given.values()
                .forEach((name, value) -> {
                    if (shared.contains(name) && SharedInputs.isPerNode(value)) {
                        diagnostics.add(shared(name, value));
                    }
                });
        return given;
    }

    /// For one member alone.
    Given readAlone(List<YamlNode.Entry> entries, Component component) {
        Given given = typed(entries, component);
        Set<String> shared = SharedInputs.of(component);
        Set<String> leaving = SharedInputs.ofLeaving(component);
        given.values()
                .forEach((name, value) -> {
                    if (shared.contains(name)) {
                        diagnostics.add(shared(name, value));
                    } else if (leaving.contains(name)) {
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0206,
                                                value.span(),
                                                "\""
                                                        + name
                                                        + "\" is read when a member leaves: what is"
                                                        + " said of its node is gone by then")
                                        .withHelp("say it for all members"));
                    }
                });
        return given;
    }

    private static Diagnostic shared(String name, Expression value) {
        return Diagnostic.of(
                Code.ASH0206,
                value.span(),
                "\""
                        + name
                        + "\" is read for the cluster as a whole and cannot differ from node to"
                        + " node");
    }

    private Given typed(List<YamlNode.Entry> entries, Component component) {
        SequencedMap<String, Expression> given = new LinkedHashMap<>();
        Set<String> spoken = new HashSet<>();
        for (YamlNode.Entry entry : entries) {
            InputSpec input = component.spec().inputs().get(entry.name());
            spoken.add(entry.name());
            if (input != null && input.fact().isPresent()) {
                diagnostics.add(given(entry.key().span(), input, input.fact().get()));
            } else if (input != null) {
                values.read(entry.value(), environment, input.type())
                        .ifPresent(value -> {
                            checkConstraints(input, value);
                            given.put(entry.name(), value);
                        });
            } else if (component.sound()) {
                diagnostics.add(unknown(entry, component));
            }
        }
        return new Given(given, spoken);
    }

    /// That somebody gives what is a fact.
    static Diagnostic given(Span at, InputSpec input, Fact fact) {
        return Diagnostic.of(
                        Code.ASH0211,
                        at,
                        "input \""
                                + input.name()
                                + "\" is the fact "
                                + fact.word()
                                + ", which nobody can give")
                .withNote(input.span(), "declared here");
    }

    /// Reports a constant that is outside of what its input takes.
    void checkConstraints(InputSpec input, Expression value) {
        for (Constraint constraint : input.constraints()) {
            Constants.value(value)
                    .flatMap(constraint::violation)
                    .ifPresent(words ->
                            diagnostics.add(
                                    Diagnostic.of(Code.ASH0205, value.span(), words)
                                            .withNote(
                                                    input.span(),
                                                    "the constraint is declared here")));
        }
    }

    private static Diagnostic unknown(YamlNode.Entry entry, Component component) {
        var known = component.spec().inputs();
        Diagnostic found =
                Hints.spelled(
                        Diagnostic.of(
                                Code.ASH0111,
                                entry.key().span(),
                                "unknown input \"" + entry.name() + "\""),
                        entry.name(),
                        known.keySet());
        Optional<InputSpec> near = Spelling.nearest(entry.name(), known.keySet()).map(known::get);
        return near.map(input ->
                        found.withHelp(
                                "did you mean \""
                                        + input.name()
                                        + "\"? (declared at "
                                        + input.span().location()
                                        + ")"))
                .orElse(found);
    }
}
