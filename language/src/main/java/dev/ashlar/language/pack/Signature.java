package dev.ashlar.language.pack;

import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.language.expression.Enumeration;
import dev.ashlar.model.composition.Cases;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The names a component declares, with their types: what its expressions may read.
///
/// @param required interfaces it needs somebody for, by its names for them
/// @param structures the component's own
/// @param shared those of packs, as the component may name them
/// @param steps each step's outputs
/// @param clusterSteps the steps about the cluster as a whole
/// @param conditional the steps that say when they are wanted: what they produce may be absent
/// @param repeated the steps that are repeated: what they produce is a map, by key
/// @param join what joining returns, where members can join
/// @param broken names whose declaration has an error: that they are not found is no news
record Signature(
        TypeReader types,
        SequencedMap<String, Type.Struct> structures,
        SequencedMap<String, Type.Struct> shared,
        SequencedMap<String, InputSpec> inputs,
        SequencedMap<String, Type> outputs,
        SequencedMap<String, Type> clusterOutputs,
        SequencedMap<String, Requirement> required,
        SequencedMap<String, SequencedMap<String, Type>> steps,
        Set<String> clusterSteps,
        Set<String> conditional,
        Set<String> repeated,
        Optional<SequencedMap<String, Type>> join,
        Set<String> broken) {

    /// The inputs that are always one of a few texts, by the path under which they are read.
    Map<String, Enumeration> enumerations() {
        Map<String, Enumeration> found = new LinkedHashMap<>();
        for (InputSpec input : inputs.values()) {
            for (Constraint constraint : input.constraints()) {
                if (input.type() == Type.Scalar.TEXT
                        && constraint instanceof Constraint.OneOf(var allowed)) {
                    List<String> texts =
                            allowed.stream().flatMap(one -> Cases.chosen(one).stream()).toList();
                    found.put("inputs." + input.name(), new Enumeration(texts, input.span()));
                }
            }
        }
        return found;
    }
}
