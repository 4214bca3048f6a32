package dev.ashlar.language.pack;

import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.type.Type;
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
        Set<String> broken) {}
