package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.fact.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads an input that is a fact of its node.
final class FactReader {
    private static final List<String> DEMANDS =
            List.of("min", "max", "pattern", "one_of", "min_length", "max_length");

    private final Diagnostics diagnostics;

    FactReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// The fact; empty where no such is known, which is reported with all that cannot stand beside
    /// it.
    Optional<Fact> read(Section input, YamlNode.Scalar written) {
        Optional<Fact> fact = Fact.of(written.text());
        if (fact.isEmpty()) {
            diagnostics.add(
                    Hints.spelled(
                            Diagnostic.of(
                                    Code.ASH0114,
                                    written.span(),
                                    "unknown fact \"" + written.text() + "\""),
                            written.text(),
                            Arrays.stream(Fact.values()).map(Fact::word).toList()));
        }
        fact.filter(_ -> input.has("type"))
                .ifPresent(known ->
                        refuse(
                                input,
                                "type",
                                known.word() + " is of type " + known.type() + " by itself",
                                "leave out \"type\""));
        fact.filter(_ -> input.has("default"))
                .ifPresent(known ->
                        refuse(
                                input,
                                "default",
                                known.word() + " is what the node says, and has no default",
                                "leave out \"default\", or \"fact\" where people are to give a"
                                        + " value"));
        fact.filter(Fact::isVolatile).ifPresent(known -> refuseDemands(input, known));
        return fact;
    }

    private void refuseDemands(Section input, Fact fact) {
        for (String demand : DEMANDS) {
            if (input.has(demand)) {
                refuse(
                        input,
                        demand,
                        fact.word() + " changes at any time, and nothing can be demanded of it",
                        "let the step that needs it look at the node itself");
            }
        }
    }

    private void refuse(Section input, String key, String message, String help) {
        diagnostics.add(Diagnostic.of(Code.ASH0211, input.at(key), message).withHelp(help));
    }
}
