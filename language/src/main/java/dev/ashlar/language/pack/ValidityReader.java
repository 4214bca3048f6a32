package dev.ashlar.language.pack;

import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.type.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads how long what a step produces is good for.
final class ValidityReader {
    private final Diagnostics diagnostics;

    ValidityReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// @param types of the step's outputs
    SequencedMap<String, Duration> read(Section step, SequencedMap<String, Type> types) {
        SequencedMap<String, Duration> all = new LinkedHashMap<>();
        for (YamlNode.Entry output : step.names("outputs")) {
            if (output.value() instanceof YamlNode.Mapping mapping) {
                Section section =
                        Section.read(
                                StepForms.STEP_OUTPUT, mapping, output.key().span(), diagnostics);
                validity(section, output.name(), Optional.ofNullable(types.get(output.name())))
                        .ifPresent(validFor -> all.put(output.name(), validFor));
            }
        }
        if (!all.isEmpty()) {
            refuseContradictions(step, all);
        }
        return all;
    }

    private Optional<Duration> validity(Section output, String name, Optional<Type> type) {
        Optional<Duration> validFor = output.duration(StepForms.VALID_FOR);
        if (validFor.filter(Duration::isZero).isPresent()) {
            add(
                    Code.ASH0205,
                    output.value(StepForms.VALID_FOR).orElseThrow(),
                    "what is valid for no time is of no use",
                    "say how long it can be used from when its making began, such as 30m");
        }
        if (validFor.isPresent()
                && type.filter(t -> t != Type.Scalar.TEXT && !t.equals(Recipe.TEXT)).isPresent()) {
            add(
                    Code.ASH0201,
                    output.value("type").orElseThrow(),
                    "\"" + name + "\" lapses, and what lapses is a string",
                    "make it a string, or leave out valid_for");
        }
        return validFor;
    }

    /// The step runs again for what has lapsed, and for nothing else.
    private void refuseContradictions(Section step, SequencedMap<String, Duration> lapsing) {
        for (YamlNode.Entry output : step.names("outputs")) {
            if (!lapsing.containsKey(output.name())) {
                add(
                        Code.ASH0210,
                        output.key(),
                        "\"" + output.name() + "\" would be made again with what lapses",
                        "give it valid_for as well, or produce it in a step of its own");
            }
        }
        String first = lapsing.firstEntry().getKey();
        step.entry("probe")
                .ifPresent(probe ->
                        add(
                                Code.ASH0210,
                                probe.key(),
                                "\"" + first + "\" lapses, and its step must not run twice",
                                "leave out probe or valid_for"));
        step.entry(StepForms.SWITCH)
                .ifPresent(cases ->
                        add(
                                Code.ASH0112,
                                cases.key(),
                                "a step that has cases cannot make what lapses yet",
                                "make \"" + first + "\" in a step of its own"));
        step.entry("health")
                .ifPresent(health ->
                        add(
                                Code.ASH0210,
                                health.key(),
                                "a step that makes what lapses cannot tell health",
                                "put the health into a step that comes after it"));
    }

    private void add(Code code, YamlNode at, String message, String help) {
        diagnostics.add(Diagnostic.of(code, at.span(), message).withHelp(help));
    }
}
