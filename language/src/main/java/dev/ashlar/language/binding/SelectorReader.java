package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Enumeration;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.language.grammar.Forms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the value by which one of several cases is chosen, and sees to it that there is a case for
/// each that it may have, and no other.
public final class SelectorReader {
    private static final Pattern PATH = Pattern.compile("\\$\\{\\s*([\\w.]+)\\s*}\\s*");
    private static final List<String> TRUTHS = List.of("true", "false");

    private final Diagnostics diagnostics;
    private final ValueReader values;

    public SelectorReader(Diagnostics diagnostics, ValueReader values) {
        this.diagnostics = diagnostics;
        this.values = values;
    }

    /// The selector; empty where it is none, or its cases are not those of its values, which is
    /// reported.
    ///
    /// @param key under which it stands, with the cases beside it
    public Optional<Expression> read(Section section, String key, Environment environment) {
        Optional<YamlNode> written = section.value(key);
        if (written.isPresent()
                && !(written.get() instanceof YamlNode.Scalar scalar && scalar.isExpression())) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0201,
                                    written.get().span(),
                                    "\""
                                            + key
                                            + "\" goes by an expression, not by "
                                            + written.get().described())
                            .withHelp(
                                    Hints.meant(written.get(), environment)
                                            .orElse(
                                                    "such as \"${inputs.NAME}\" of an input"
                                                            + " with one_of")));
            return Optional.empty();
        }
        return written.flatMap(node -> values.infer(node, environment))
                .filter(selector ->
                        enumeration(key, selector, environment)
                                .filter(all -> covers(section, selector, all))
                                .isPresent());
    }

    /// What a selector may be.
    ///
    /// @param declared where that is said, of an input
    private record Possible(List<String> values, Optional<Enumeration> declared) {}

    private Optional<Possible> enumeration(
            String key, Expression selector, Environment environment) {
        if (Type.hasSecret(selector.type())) {
            String sink = "\"" + key + "\", by whose case all can tell,";
            diagnostics.add(Leak.of(selector, environment, selector.span(), sink));
            return Optional.empty();
        }
        if (selector.type() == Type.Scalar.BOOL) {
            return Optional.of(new Possible(TRUTHS, Optional.empty()));
        }
        Matcher path = PATH.matcher(selector.source());
        Optional<Possible> found =
                Optional.of(path)
                        .filter(Matcher::matches)
                        .map(plain -> environment.enumerations().get(plain.group(1)))
                        .map(all -> new Possible(all.values(), Optional.of(all)));
        if (found.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0201,
                                    selector.span(),
                                    "\""
                                            + key
                                            + "\" goes by a bool or by an input that says one_of")
                            .withLabel("any " + selector.type())
                            .withHelp(help(selector)));
        }
        return found;
    }

    private static String help(Expression selector) {
        if (selector.type() instanceof Type.OptionalOf) {
            return "what may be absent has no case for that: give it a default instead";
        }
        if (selector.type() instanceof Type.MapOf) {
            return "a map with these two keys is written as one expression: ${{'select': …, …}}";
        }
        return selector.reads().stream().allMatch(read -> read.getFirst().equals("inputs"))
                ? "say one_of where the input is declared, and read it alone"
                : "make it the value of an input that says one_of, or ask what is true or false";
    }

    private boolean covers(Section section, Expression selector, Possible possible) {
        List<YamlNode.Entry> cases = section.names(Forms.CASES);
        List<String> missing =
                possible.values().stream()
                        .filter(value -> cases.stream().noneMatch(one -> one.name().equals(value)))
                        .toList();
        List<YamlNode.Entry> surplus =
                cases.stream().filter(one -> !possible.values().contains(one.name())).toList();
        if (section.has(Forms.CASES) && !missing.isEmpty()) {
            String names =
                    missing.stream()
                            .map(one -> "\"" + one + "\"")
                            .collect(Collectors.joining(", "));
            diagnostics.add(
                    noted(
                            Diagnostic.of(
                                    Code.ASH0102, section.at(Forms.CASES), "no case for " + names),
                            possible));
        }
        for (YamlNode.Entry one : surplus) {
            String words = "\"" + one.name() + "\" is no value of " + selector.source();
            diagnostics.add(
                    Hints.spelled(
                            noted(Diagnostic.of(Code.ASH0101, one.key().span(), words), possible),
                            one.name(),
                            possible.values()));
        }
        return missing.isEmpty() && surplus.isEmpty();
    }

    private static Diagnostic noted(Diagnostic found, Possible possible) {
        return possible.declared()
                .map(all -> found.withNote(all.declared(), "its values are declared here"))
                .orElse(found);
    }
}
