package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.pack.Pack.Interface;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Holds what a component implements and requires against the interfaces that packs declare.
final class InterfaceCheck {
    private final Map<String, Interface> known;

    InterfaceCheck(Map<String, Interface> known) {
        this.known = known;
    }

    /// The interface of that name; an unknown one is reported.
    Optional<Interface> declared(YamlNode.Scalar name, Diagnostics diagnostics) {
        Optional<Interface> found = Optional.ofNullable(known.get(name.text()));
        if (found.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0113,
                                    name.span(),
                                    "unknown interface \"" + name.text() + "\""),
                            name.text(),
                            known.keySet()));
        }
        return found;
    }

    /// What a component implements, by interface; without values that do not fit.
    SequencedMap<String, SequencedMap<String, Expression>> implemented(
            Section component,
            ValueReader values,
            Environment environment,
            Diagnostics diagnostics) {
        SequencedMap<String, SequencedMap<String, Expression>> all = new LinkedHashMap<>();
        for (YamlNode.Entry entry : component.names("implements")) {
            Optional<Interface> declared = declared(entry.key(), diagnostics);
            if (declared.isPresent() && entry.value() instanceof YamlNode.Mapping given) {
                all.put(
                        entry.name(),
                        match(declared.get(), entry, given, values, environment, diagnostics));
            }
        }
        return all;
    }

    private static SequencedMap<String, Expression> match(
            Interface declared,
            YamlNode.Entry entry,
            YamlNode.Mapping given,
            ValueReader values,
            Environment environment,
            Diagnostics diagnostics) {
        SequencedMap<String, Expression> fitting = new LinkedHashMap<>();
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
            // What is to be a secret is made one.
            Optional<Expression> found =
                    Type.hasSecret(wanted)
                            ? values.read(value.value(), environment, wanted)
                            : values.infer(value.value(), environment);
            found.filter(e -> wanted.accepts(e.type()))
                    .ifPresent(e -> fitting.put(value.name(), e));
            found.filter(e -> !wanted.accepts(e.type()))
                    .map(e -> wrong(declared, value, wanted, e, environment))
                    .ifPresent(diagnostics::add);
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
        return fitting;
    }

    private static Diagnostic wrong(
            Interface declared,
            YamlNode.Entry value,
            Type wanted,
            Expression found,
            Environment environment) {
        if (Type.hasSecret(found.type())) {
            String sink =
                    "\""
                            + value.name()
                            + "\" of interface \""
                            + declared.name()
                            + "\", which is to be "
                            + wanted
                            + ",";
            return Leak.of(found, environment, value.value().span(), sink)
                    .withNote(declared.span(), "declared here");
        }
        return Diagnostic.of(
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
                .withNote(declared.span(), "declared here");
    }
}
