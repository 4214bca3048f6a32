package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.Map;

/// Holds a component's `implements` against the interfaces that packs declare.
final class InterfaceCheck {
    private final Map<String, Interface> known;

    InterfaceCheck(Map<String, Interface> known) {
        this.known = known;
    }

    void check(
            Section component,
            ValueReader values,
            Environment environment,
            Diagnostics diagnostics) {
        for (YamlNode.Entry entry : component.names("implements")) {
            Interface declared = known.get(entry.name());
            if (declared == null) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0113,
                                        entry.key().span(),
                                        "unknown interface \"" + entry.name() + "\""),
                                entry.name(),
                                known.keySet()));
            } else if (entry.value() instanceof YamlNode.Mapping given) {
                match(declared, entry, given, values, environment, diagnostics);
            }
        }
    }

    private static void match(
            Interface declared,
            YamlNode.Entry entry,
            YamlNode.Mapping given,
            ValueReader values,
            Environment environment,
            Diagnostics diagnostics) {
        for (YamlNode.Entry value : given.entries()) {
            Type wanted = declared.values().get(value.name());
            if (wanted == null) {
                diagnostics.add(
                        Hints.spelled(
                                Diagnostic.of(
                                                Code.ASH0403,
                                                value.key().span(),
                                                "interface \""
                                                        + declared.name()
                                                        + "\" has no value \""
                                                        + value.name()
                                                        + "\"")
                                        .withNote(declared.span(), "declared here"),
                                value.name(),
                                declared.values().keySet()));
                continue;
            }
            values.infer(value.value(), environment)
                    .filter(found -> !wanted.accepts(found.type()))
                    .ifPresent(found ->
                            diagnostics.add(
                                    Diagnostic.of(
                                                    Code.ASH0403,
                                                    value.value().span(),
                                                    "interface \""
                                                            + declared.name()
                                                            + "\" asks for "
                                                            + wanted
                                                            + " as \""
                                                            + value.name()
                                                            + "\", this is "
                                                            + found.type())
                                            .withNote(declared.span(), "declared here")));
        }
        for (String name : declared.values().keySet()) {
            if (given.get(name).isEmpty()) {
                diagnostics.add(
                        Diagnostic.of(
                                        Code.ASH0403,
                                        entry.key().span(),
                                        "interface \""
                                                + declared.name()
                                                + "\" asks for a value \""
                                                + name
                                                + "\"")
                                .withNote(declared.span(), "declared here"));
            }
        }
    }
}
