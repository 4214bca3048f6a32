package dev.ashlar.language.pack;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.Optional;
import java.util.SequencedMap;

/// What a script makes of a secret is one too, unless its step says that it tells nothing of it:
/// nobody can see that but who has written the script.
record ScriptOutputs(Diagnostics diagnostics) {

    /// @param types of the step's outputs
    /// @param outside what the step's inputs read; none that is frozen can be a secret
    void check(
            Section step,
            SequencedMap<String, Type> types,
            SequencedMap<String, StepInput> inputs,
            Environment outside) {
        Optional<Expression> secret =
                inputs.values().stream()
                        .filter(StepInput.Bound.class::isInstance)
                        .map(bound -> ((StepInput.Bound) bound).value())
                        .filter(value -> Type.hasSecret(value.type()))
                        .findFirst();
        if (secret.isEmpty()) {
            return;
        }
        for (YamlNode.Entry output : step.names("outputs")) {
            Optional<Type> open =
                    Optional.ofNullable(types.get(output.name()))
                            .filter(type -> !Type.hasSecret(type));
            if (open.isPresent() && !isPublic(output)) {
                diagnostics.add(
                        Leak.ofScript(secret.get(), outside, output.key().span(), output.name()));
            }
        }
    }

    /// What is wrong with how it is written is told where its validity is read.
    private static boolean isPublic(YamlNode.Entry output) {
        return output.value() instanceof YamlNode.Mapping mapping
                && Section.read(
                                StepForms.STEP_OUTPUT,
                                mapping,
                                output.key().span(),
                                new Diagnostics())
                        .truth(StepForms.PUBLIC);
    }
}
