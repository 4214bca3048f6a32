package dev.ashlar.language.pack;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Form;
import dev.ashlar.language.grammar.MembershipForms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.ComponentSpec;
import dev.ashlar.model.composition.ComponentSpec.Membership;
import dev.ashlar.model.composition.StepSpec;
import dev.ashlar.model.composition.StepSpec.Subject;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads how a component's members come and go.
final class MembershipReader {
    private final StepReader reader;
    private final Scopes scopes;
    private final Signature signature;
    private final Diagnostics diagnostics;

    MembershipReader(
            StepReader reader, Scopes scopes, Signature signature, Diagnostics diagnostics) {
        this.reader = reader;
        this.scopes = scopes;
        this.signature = signature;
        this.diagnostics = diagnostics;
    }

    /// @param steps the component's, read
    Membership read(Section file, List<StepSpec> steps) {
        if (!(file.value("membership").orElse(null) instanceof YamlNode.Mapping mapping)) {
            return Membership.NONE;
        }
        Section section =
                Section.read(
                        MembershipForms.MEMBERSHIP, mapping, file.at("membership"), diagnostics);
        if (steps.stream().noneMatch(MembershipReader::tellsHealth)) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0102,
                                    file.at("membership"),
                                    "no step about a node has \"health\", so nothing tells which"
                                            + " members are ready")
                            .withHelp("add health: to the step that starts a member"));
        }
        SequencedMap<String, Type> view = signature.join().orElseGet(LinkedHashMap::new);
        return new Membership(
                step(
                        section,
                        MembershipForms.JOIN,
                        scopes.join(),
                        view,
                        ComponentSpec.stepsBeforeJoin(steps)),
                step(
                        section,
                        MembershipForms.LEAVE,
                        scopes.leave(),
                        new LinkedHashMap<>(),
                        List.of()));
    }

    private static boolean tellsHealth(StepSpec step) {
        return step.subject() == Subject.NODE && step.health().isPresent();
    }

    /// @param after what it comes after where it does not say
    private Optional<StepSpec> step(
            Section section,
            Form form,
            Environment environment,
            SequencedMap<String, Type> outputs,
            List<String> after) {
        String name = form.name();
        return section.value(name)
                .filter(YamlNode.Mapping.class::isInstance)
                .map(YamlNode.Mapping.class::cast)
                .map(written -> {
                    Section step = Section.read(form, written, section.at(name), diagnostics);
                    return reader.readMembership(
                            name, step, section.at(name), environment, outputs, after);
                });
    }
}
