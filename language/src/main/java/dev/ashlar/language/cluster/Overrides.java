package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.yaml.YamlFile;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.language.yaml.YamlReader;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// The values given with `--set PATH=VALUE`. Each is parsed by the type of what it replaces; one
/// whose path leads nowhere is reported at the end. Confined to one thread.
public final class Overrides {
    /// The file name under which they appear in messages.
    public static final String FILE = "--set";

    private final Map<String, Given> given = new HashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();
    private final Diagnostics diagnostics;

    private record Given(String path, String value, int line) {
        Value labelled(Value value) {
            return value.labelled(Label.from(new Origin.Given(FILE + " " + path)));
        }

        Span pathSpan() {
            return Span.of(FILE, line, 1, path.codePointCount(0, path.length()));
        }

        Span valueSpan() {
            return Span.of(
                    FILE,
                    line,
                    path.codePointCount(0, path.length()) + 2,
                    value.codePointCount(0, value.length()));
        }
    }

    public Overrides(SequencedMap<String, String> sets, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        int line = 1;
        for (Map.Entry<String, String> set : sets.entrySet()) {
            given.put(set.getKey(), new Given(set.getKey(), set.getValue(), line++));
            text.append(set.getKey()).append('=').append(set.getValue()).append('\n');
        }
    }

    /// All of them as a text, one a line, for excerpts.
    public String text() {
        return text.toString();
    }

    /// Where the value given for a path stands.
    Optional<Span> span(String path) {
        return Optional.ofNullable(given.get(path)).map(Given::valueSpan);
    }

    /// The value given for a path, as an expression of a type.
    Optional<Expression> value(String path, Type type) {
        known.add(path);
        Given found = given.get(path);
        if (found == null) {
            return Optional.empty();
        }
        taken.add(path);
        if (type == Type.Scalar.TEXT) {
            return Optional.of(
                    ExpressionCompiler.literal(
                            found.labelled(Value.text(found.value())),
                            type,
                            found.valueSpan(),
                            found.value()));
        }
        Diagnostics parsed = new Diagnostics();
        YamlFile file =
                new YamlReader(parsed).read(FILE, found.value().getBytes(StandardCharsets.UTF_8));
        Optional<Expression> value =
                file.root()
                        .flatMap(node ->
                                new ValueReader(parsed).read(node, Environment.of(Map.of()), type));
        if (value.isEmpty()) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0201,
                            found.valueSpan(),
                            "this takes type "
                                    + type
                                    + ", but this is "
                                    + described(file, found.value())));
            return Optional.empty();
        }
        return value.map(e -> replaced(e, type, found));
    }

    /// With the span of the command line's text instead of that of a file of its own.
    private static Expression replaced(Expression value, Type type, Given found) {
        Value constant =
                value.evaluate(name -> {
                    throw new IllegalArgumentException("no variable " + name);
                });
        return ExpressionCompiler.literal(
                found.labelled(constant), type, found.valueSpan(), found.value());
    }

    private static String described(YamlFile file, String value) {
        return file.root().map(YamlNode::described).orElse("\"" + value + "\"");
    }

    /// Reports every path that nothing asked for.
    public void reportUnknown() {
        List<String> paths = new ArrayList<>(known);
        for (Given one : given.values()) {
            if (!taken.contains(one.path())) {
                diagnostics.add(
                        dev.ashlar.language.binding.Hints.spelled(
                                Diagnostic.of(
                                        Code.ASH0101,
                                        one.pathSpan(),
                                        "there is no \"" + one.path() + "\" to set"),
                                one.path(),
                                paths));
            }
        }
    }
}
