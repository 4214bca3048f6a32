package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.RecipeReader;
import dev.ashlar.language.grammar.SecretForms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.GeneratedSecret;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Binding;
import dev.ashlar.model.composition.UseSpec;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The secrets that a cluster's file declares, by name.
record DeclaredSecrets(SequencedMap<String, SecretSpec> specs) {
    DeclaredSecrets {
        specs = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(specs));
    }

    static DeclaredSecrets read(List<YamlNode.Entry> entries, Diagnostics diagnostics) {
        SequencedMap<String, SecretSpec> specs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            if (entry.value() instanceof YamlNode.Mapping mapping) {
                Section section =
                        Section.read(SecretForms.SECRET, mapping, entry.key().span(), diagnostics);
                specs.put(
                        entry.name(),
                        new SecretSpec(
                                entry.name(),
                                new RecipeReader(diagnostics).read(section),
                                section.text("doc", ""),
                                entry.key().span()));
            }
        }
        return new DeclaredSecrets(specs);
    }

    /// What expressions see of them.
    Type.Struct type() {
        SequencedMap<String, Type> types = new LinkedHashMap<>();
        specs.forEach((name, spec) -> types.put(name, spec.type()));
        return Type.Struct.of("Secrets", types);
    }

    /// With those that inputs of the uses ask for, where nobody gives these another value.
    SequencedMap<String, SecretSpec> with(Iterable<UseSpec> uses) {
        SequencedMap<String, SecretSpec> all = new LinkedHashMap<>(specs);
        for (UseSpec use : uses) {
            use.inputs().values().stream()
                    .flatMap(binding -> asked(use, binding).stream())
                    .forEach(spec -> all.put(spec.name(), spec));
        }
        return all;
    }

    private static Optional<SecretSpec> asked(UseSpec use, Binding binding) {
        return binding.input()
                .recipe()
                .filter(_ -> binding.held().stream().anyMatch(GeneratedSecret.class::isInstance))
                .map(recipe ->
                        new SecretSpec(
                                SecretSpec.ofInput(use.name(), binding.input().name()),
                                Optional.of(recipe),
                                binding.input().doc(),
                                binding.input().span()));
    }
}
