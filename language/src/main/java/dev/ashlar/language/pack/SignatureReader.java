package dev.ashlar.language.pack;

import dev.ashlar.language.binding.RecipeReader;
import dev.ashlar.language.binding.TypeReader;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.SecretForms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec.Requirement;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.InputSpec;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.identity.InstanceKey;
import dev.ashlar.model.resource.ServiceFunction;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.SecretSpec;
import dev.ashlar.model.type.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;

/// Reads what a component declares, before any of its expressions.
final class SignatureReader {
    private static final Set<String> ROOTS =
            Set.of(
                    "inputs",
                    "node",
                    "members",
                    "cluster",
                    "use",
                    "cluster_outputs",
                    Requirement.VARIABLE,
                    Element.NAME,
                    SecretSpec.VARIABLE);

    private static final Set<String> MEMBERSHIP =
            Set.of(InstanceKey.JOIN, InstanceKey.LEAVE, Scopes.SPONSOR);

    private final Diagnostics diagnostics;
    private final ValueReader values;
    private final InterfaceCheck interfaces;
    private final Set<String> broken = new HashSet<>();

    SignatureReader(Diagnostics diagnostics, ValueReader values, InterfaceCheck interfaces) {
        this.diagnostics = diagnostics;
        this.values = values;
        this.interfaces = interfaces;
    }

    /// @param shared the types of packs, as the component may name them
    Signature read(Section component, SequencedMap<String, Type.Struct> shared) {
        Structures structures =
                Structures.ofComponent(component.names("types"), shared, diagnostics);
        TypeReader types = structures.reader();
        SequencedMap<String, InputSpec> inputs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : component.names("inputs")) {
            Optional<InputSpec> input = input(entry, types);
            input.ifPresent(i -> inputs.put(i.name(), i));
            note(entry, input.isPresent());
        }
        SequencedMap<String, Type> outputs = declared(component.names("outputs"), types);
        SequencedMap<String, Type> together = declared(component.names("cluster_outputs"), types);
        SequencedMap<String, SequencedMap<String, Type>> steps = new LinkedHashMap<>();
        Set<String> clusterSteps = new HashSet<>();
        Set<String> conditional = new HashSet<>();
        Set<String> repeated = new HashSet<>();
        for (YamlNode.Entry entry : component.names("steps")) {
            steps.put(entry.name(), step(entry, types));
            if (word(entry, "for").filter("cluster"::equals).isPresent()) {
                clusterSteps.add(entry.name());
            }
            if (says(entry, StepForms.WHEN)) {
                conditional.add(entry.name());
            }
            if (says(entry, StepForms.EACH)) {
                repeated.add(entry.name());
            }
        }
        SequencedMap<String, Requirement> required = required(component);
        refuseTaken(component, required);
        return new Signature(
                types,
                structures.types(),
                shared,
                inputs,
                outputs,
                together,
                required,
                steps,
                clusterSteps,
                conditional,
                repeated,
                join(component, types),
                broken);
    }

    private SequencedMap<String, Requirement> required(Section component) {
        SequencedMap<String, Requirement> required = new LinkedHashMap<>();
        for (YamlNode.Entry entry : component.names("requires")) {
            Optional<Interface> declared =
                    entry.value() instanceof YamlNode.Scalar of
                            ? interfaces.declared(of, diagnostics)
                            : Optional.empty();
            declared.ifPresent(of ->
                    required.put(
                            entry.name(),
                            new Requirement(
                                    entry.name(), of.name(), of.values(), entry.key().span())));
            note(entry, declared.isPresent());
        }
        if (required.isEmpty() && !component.names("requires").isEmpty()) {
            broken.add(Requirement.VARIABLE);
        }
        return required;
    }

    private Optional<InputSpec> input(YamlNode.Entry entry, TypeReader types) {
        Span span = entry.key().span();
        return switch (entry.value()) {
            case YamlNode.Scalar brief ->
                    types.read(brief)
                            .map(type ->
                                    new InputSpec(
                                            entry.name(),
                                            type,
                                            "",
                                            List.of(),
                                            Optional.empty(),
                                            span));
            case YamlNode.Mapping mapping -> {
                Section section = Section.read(Forms.INPUT, mapping, span, diagnostics);
                Optional<Fact> fact =
                        section.scalar("fact")
                                .flatMap(f -> new FactReader(diagnostics).read(section, f));
                Optional<Recipe> recipe = new RecipeReader(diagnostics).read(section);
                Optional<Type> type =
                        fact.map(Fact::type).or(() -> declared(section, types, recipe, span));
                type.ifPresent(t -> checkRecipe(section, t, recipe));
                List<Constraint> constraints =
                        type.map(t -> new ConstraintReader(diagnostics, values).read(section, t))
                                .orElse(List.of());
                yield type.map(t ->
                        new InputSpec(
                                entry.name(),
                                t,
                                section.text("doc", ""),
                                constraints,
                                fact,
                                recipe.filter(made -> made.type().equals(t)),
                                span));
            }
            case YamlNode.Sequence _ -> Optional.empty();
        };
    }

    /// An input that is no fact says its type, or how it is made.
    private Optional<Type> declared(
            Section input, TypeReader types, Optional<Recipe> recipe, Span span) {
        if (!input.has("type") && recipe.isPresent()) {
            return recipe.map(Recipe::type);
        }
        boolean isSaid = input.value("fact").isPresent() || input.has(SecretForms.GENERATE);
        if (!input.has("type") && !isSaid) {
            diagnostics.add(Diagnostic.of(Code.ASH0102, span, "input has no \"type\" or \"fact\""));
        }
        return input.value("fact").isPresent()
                ? Optional.empty()
                : input.scalar("type").flatMap(types::read);
    }

    /// What is made fits what the input is, and is not made where there is another value.
    private void checkRecipe(Section input, Type type, Optional<Recipe> recipe) {
        recipe.map(Recipe::type)
                .filter(made -> !made.equals(type))
                .ifPresent(made ->
                        diagnostics.add(
                                Diagnostic.of(
                                                Code.ASH0201,
                                                input.at(SecretForms.GENERATE),
                                                "what is made here is a %s, but the input is a %s"
                                                        .formatted(made, type))
                                        .withHelp("type: " + made)));
        if (input.has(SecretForms.GENERATE) && input.has("default")) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0103,
                            input.at("default"),
                            "\"default\" and \"generate\" exclude each other"));
        }
    }

    private SequencedMap<String, Type> declared(List<YamlNode.Entry> entries, TypeReader types) {
        SequencedMap<String, Type> found = new LinkedHashMap<>();
        for (YamlNode.Entry entry : entries) {
            Optional<Type> type =
                    entry.value() instanceof YamlNode.Mapping mapping
                                    && mapping.get("type").orElse(entry.key())
                                            instanceof YamlNode.Scalar scalar
                                    && mapping.get("type").isPresent()
                            ? types.read(scalar)
                            : Optional.empty();
            type.ifPresent(t -> found.put(entry.name(), t));
            note(entry, type.isPresent());
        }
        return found;
    }

    private SequencedMap<String, Type> step(YamlNode.Entry entry, TypeReader types) {
        SequencedMap<String, Type> outputs = new LinkedHashMap<>();
        Optional<ServiceFunction> function = word(entry, "uses").flatMap(ServiceFunction::of);
        if (function.isPresent()) {
            outputs.putAll(function.get().outputs());
        } else if (entry.value() instanceof YamlNode.Mapping step
                && step.get("outputs").orElse(entry.key())
                        instanceof YamlNode.Mapping(List<YamlNode.Entry> declared, _)) {
            for (YamlNode.Entry output : declared) {
                Optional<Type> type = type(output.value()).flatMap(types::read);
                type.filter(t -> Type.hasSecret(t) && !isSecretText(t))
                        .ifPresent(_ -> diagnostics.add(secretOutput(output)));
                type.ifPresent(t -> outputs.put(output.name(), t));
                note(output, type.isPresent());
            }
        }
        if (word(entry, "uses").isPresent() && function.isEmpty()) {
            broken.add(entry.name());
        }
        return outputs;
    }

    /// The type's name in a short or long form.
    private static Optional<YamlNode.Scalar> type(YamlNode output) {
        YamlNode type =
                output instanceof YamlNode.Mapping full ? full.get("type").orElse(full) : output;
        return type instanceof YamlNode.Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    private static boolean says(YamlNode.Entry entry, String key) {
        return entry.value() instanceof YamlNode.Mapping step && step.get(key).isPresent();
    }

    private Optional<SequencedMap<String, Type>> join(Section component, TypeReader types) {
        return component.value("membership").stream()
                .flatMap(value ->
                        value instanceof YamlNode.Mapping(List<YamlNode.Entry> entries, _)
                                ? entries.stream()
                                : Stream.empty())
                .filter(entry -> entry.name().equals(InstanceKey.JOIN))
                .map(entry -> step(entry, types))
                .findFirst();
    }

    private static boolean isSecretText(Type type) {
        return switch (type) {
            case Type.OptionalOf(Type inner) -> isSecretText(inner);
            case Type.Secret(Type inner) -> inner == Type.Scalar.TEXT;
            default -> false;
        };
    }

    private static Diagnostic secretOutput(YamlNode.Entry output) {
        return Diagnostic.of(
                        Code.ASH0112,
                        output.value().span(),
                        "what a script makes and is secret is a secret(string)")
                .withHelp("put what belongs together into one text, such as JSON");
    }

    private static Optional<String> word(YamlNode.Entry entry, String key) {
        return entry.value() instanceof YamlNode.Mapping step
                        && step.get(key).orElse(step) instanceof YamlNode.Scalar scalar
                ? Optional.of(scalar.text())
                : Optional.empty();
    }

    private void note(YamlNode.Entry entry, boolean sound) {
        if (!sound) {
            broken.add(entry.name());
        }
    }

    /// A step may not hide what expressions read by the same name, nor what `after` may name.
    private void refuseTaken(Section component, SequencedMap<String, Requirement> required) {
        Map<String, String> taken = new HashMap<>();
        required.keySet().forEach(name -> taken.put(name, "what the component requires"));
        ROOTS.forEach(root -> taken.put(root, "a variable of every expression"));
        MEMBERSHIP.forEach(word -> taken.put(word, "what is said of membership"));
        for (YamlNode.Entry entry : component.names("steps")) {
            if (taken.containsKey(entry.name())) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0110,
                                entry.key().span(),
                                "step name \""
                                        + entry.name()
                                        + "\" is taken by "
                                        + taken.get(entry.name())));
            }
        }
    }
}
