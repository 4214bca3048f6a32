package dev.ashlar.language.pack;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.grammar.StepForms;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.StepSpec.StepInput;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Reads what a step takes beyond the inputs of its component.
final class StepInputReader {
    /// What a shell and the programs it starts take a meaning from.
    private static final Set<String> SHELL_VARIABLES =
            Set.of(
                    "PATH",
                    "HOME",
                    "IFS",
                    "PWD",
                    "OLDPWD",
                    "SHELL",
                    "USER",
                    "LOGNAME",
                    "TERM",
                    "LANG",
                    "LC_ALL",
                    "ENV",
                    "PS1",
                    "PS4",
                    "TMPDIR",
                    "OPTIND",
                    "LD_PRELOAD",
                    "LD_LIBRARY_PATH");

    /// What a secret's name has behind it in the variable that names its file.
    static final String FILE = "_file";

    private final Diagnostics diagnostics;
    private final Signature signature;
    private final ValueReader values;

    StepInputReader(Diagnostics diagnostics, Signature signature, ValueReader values) {
        this.diagnostics = diagnostics;
        this.signature = signature;
        this.values = values;
    }

    /// @param joining what is read for members that may come later, for whom there has to be a
    ///   value too; empty where none do
    SequencedMap<String, StepInput> read(
            Section step, Environment environment, Optional<Environment> joining) {
        SequencedMap<String, StepInput> inputs = new LinkedHashMap<>();
        for (YamlNode.Entry entry : step.names("inputs")) {
            if (signature.inputs().containsKey(entry.name())) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0110,
                                        entry.key().span(),
                                        "the component has an input \"" + entry.name() + "\" too")
                                .withNote(
                                        signature.inputs().get(entry.name()).span(),
                                        "declared here")
                                .withHelp(
                                        "resources and templates read that one as inputs."
                                                + entry.name()
                                                + "; what a script is to see of it needs a name of"
                                                + " its own"));
            }
            input(entry, environment, joining).ifPresent(input -> inputs.put(entry.name(), input));
        }
        refuseTakenFiles(step, inputs);
        return inputs;
    }

    /// A secret comes as a file, whose name stands in a variable of its own.
    private void refuseTakenFiles(Section step, SequencedMap<String, StepInput> inputs) {
        for (YamlNode.Entry entry : step.names("inputs")) {
            StepInput input = inputs.get(entry.name());
            if (input == null || !Type.hasSecret(input.type())) {
                continue;
            }
            if (input instanceof StepInput.Founding) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0208,
                                entry.key().span(),
                                "founding input \""
                                        + entry.name()
                                        + "\" would be kept on record, and is a secret"));
            }
            String file = entry.name() + FILE;
            if (inputs.containsKey(file)) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0110,
                                entry.key().span(),
                                "a script finds the secret \""
                                        + entry.name()
                                        + "\" by $"
                                        + file.toUpperCase(Locale.ROOT)
                                        + ", and \""
                                        + file
                                        + "\" is an input too"));
            }
        }
    }

    /// A script's inputs become environment variables.
    void refuseShellNames(Section step) {
        for (YamlNode.Entry entry : step.names("inputs")) {
            String variable = entry.name().toUpperCase(Locale.ROOT);
            if (SHELL_VARIABLES.contains(variable) || variable.startsWith("ASHLAR_")) {
                diagnostics.add(
                        Diagnostic.of(
                                Code.ASH0110,
                                entry.key().span(),
                                "input \""
                                        + entry.name()
                                        + "\" would replace the shell's $"
                                        + variable));
            }
        }
    }

    private Optional<StepInput> input(
            YamlNode.Entry entry, Environment environment, Optional<Environment> later) {
        if (!(entry.value() instanceof YamlNode.Mapping mapping)
                || ValueReader.isSelection(mapping)) {
            return values.infer(entry.value(), environment).map(StepInput.Bound::new);
        }
        Section section =
                Section.read(StepForms.STEP_INPUT, mapping, entry.key().span(), diagnostics);
        Optional<YamlNode> value = section.value("value");
        Optional<YamlNode> founding = section.value("founding");
        if (value.isPresent() == founding.isPresent()) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0102,
                            entry.key().span(),
                            "step input needs one of \"value\" and \"founding\""));
            return Optional.empty();
        }
        YamlNode written = value.or(() -> founding).orElseThrow();
        var expression =
                section.has("type")
                        ? section.scalar("type")
                                .flatMap(signature.types()::read)
                                .flatMap(type -> values.read(written, environment, type))
                        : values.infer(written, environment);
        Optional<YamlNode> joining = section.value("joining");
        if (value.isPresent() && joining.isPresent()) {
            surplus(section, "\"joining\" means nothing without \"founding\"");
        }
        return expression.map(e ->
                value.isPresent()
                        ? new StepInput.Bound(e)
                        : new StepInput.Founding(e, joining(entry, section, e.type(), later)));
    }

    /// What is founded together needs another value for those that come later, where any can.
    private Optional<Expression> joining(
            YamlNode.Entry entry, Section section, Type type, Optional<Environment> later) {
        Optional<YamlNode> joining = section.value("joining");
        if (joining.isPresent() && later.isEmpty()) {
            surplus(section, "\"joining\" means nothing where no members join");
        }
        if (joining.isEmpty() && later.isPresent()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0102,
                                    entry.key().span(),
                                    "founding input \""
                                            + entry.name()
                                            + "\" has no value for members that join later")
                            .withHelp(
                                    "add joining:, such as ${join.NAME} for what joining returned"));
        }
        return joining.flatMap(value -> later.flatMap(in -> values.read(value, in, type)));
    }

    private void surplus(Section section, String words) {
        diagnostics.add(Diagnostic.of(Code.ASH0101, section.at("joining"), words));
    }
}
