package dev.ashlar.language.cluster;

import dev.ashlar.language.binding.Constants;
import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.ExpressionCompiler;
import dev.ashlar.language.revision.FlowText;
import dev.ashlar.language.yaml.YamlFile;
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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The values given with `--set PATH=VALUE`, and those on record from earlier. Each is parsed by
/// the type of what it replaces; one that was given and leads nowhere is reported at the end.
/// Confined to one thread.
public final class Overrides {
    /// The file name under which those that were given appear in messages.
    public static final String FILE = "--set";

    /// The file name under which those on record appear in messages.
    public static final String RECORD = "the record";

    private final SequencedMap<String, Given> given = new LinkedHashMap<>();
    private final SequencedMap<String, Overridden> found = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final Diagnostics diagnostics;

    private record Given(String path, String value, String file, int line) {
        Value labelled(Value value) {
            return value.labelled(Label.from(new Origin.Given(FILE + " " + path)));
        }

        Span pathSpan() {
            return Span.of(file, line, 1, path.codePointCount(0, path.length()));
        }

        Span valueSpan() {
            return Span.of(
                    file,
                    line,
                    path.codePointCount(0, path.length()) + 2,
                    value.codePointCount(0, value.length()));
        }
    }

    /// @param recorded count where nothing is given
    public Overrides(
            SequencedMap<String, String> sets,
            SequencedMap<String, String> recorded,
            Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        take(recorded, RECORD);
        take(sets, FILE);
    }

    private void take(SequencedMap<String, String> all, String file) {
        int line = 1;
        for (Map.Entry<String, String> one : all.entrySet()) {
            given.put(one.getKey(), new Given(one.getKey(), one.getValue(), file, line++));
        }
    }

    /// Each beside what the files say.
    public List<Overridden> found() {
        return List.copyOf(found.values());
    }

    /// Those that say something else than the files, by path.
    public SortedMap<String, String> effective() {
        SortedMap<String, String> effective = new TreeMap<>();
        found.values().stream()
                .filter(Overridden::counts)
                .forEach(one -> effective.put(one.path(), one.given()));
        return effective;
    }

    /// Where the value given for a path stands.
    Optional<Span> span(String path) {
        return Optional.ofNullable(given.get(path)).map(Given::valueSpan);
    }

    /// The value given for a path, as an expression of a type.
    ///
    /// @param files what counts where nothing is given, for one node or another
    Optional<Expression> value(String path, Type type, List<Expression> files) {
        known.add(path);
        Given one = given.get(path);
        if (one == null) {
            return Optional.empty();
        }
        taken.add(path);
        Optional<Expression> value = read(one, type);
        value.flatMap(Constants::value)
                .ifPresent(v ->
                        found.put(
                                path,
                                new Overridden(
                                        path, one.value(), Optional.of(v), beside(files, v))));
        return value;
    }

    /// What the files say: the first that is something else, if any is.
    private static Optional<Overridden.Written> beside(List<Expression> files, Value override) {
        List<Overridden.Written> all =
                files.stream().map(written -> written(written, override)).toList();
        return all.stream()
                .filter(written -> !written.same())
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /// Where a value was given for a path that takes none. On record it leads nowhere any more.
    Optional<Span> refused(String path) {
        Optional<Given> one =
                Optional.ofNullable(given.get(path)).filter(given -> given.file().equals(FILE));
        one.ifPresent(_ -> taken.add(path));
        return one.map(Given::pathSpan);
    }

    private static Overridden.Written written(Expression files, Value override) {
        Optional<Value> constant = Constants.value(files);
        return new Overridden.Written(
                constant.map(FlowText::of).orElse(files.source()),
                files.span(),
                constant.filter(c -> FlowText.of(c).equals(FlowText.of(override))).isPresent());
    }

    private Optional<Expression> read(Given found, Type type) {
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
            diagnostics.add(problem(found, type, parsed));
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

    /// The first that is wrong with a value, at the place of the whole.
    private static Diagnostic problem(Given found, Type type, Diagnostics parsed) {
        if (found.value().isBlank()) {
            return Diagnostic.of(
                    Code.ASH0201,
                    found.valueSpan(),
                    "this takes type " + type + ", but there is nothing");
        }
        Diagnostic first = parsed.sorted().getFirst();
        Diagnostic problem = Diagnostic.of(first.code(), found.valueSpan(), first.message());
        return first.help().map(problem::withHelp).orElse(problem);
    }

    /// A problem with the way out of it, where it is one of a value on record, which nobody can
    /// edit.
    public Diagnostic hinted(Diagnostic problem) {
        if (!problem.span().file().equals(RECORD)) {
            return problem;
        }
        return given.values().stream()
                .filter(one -> one.valueSpan().location().equals(problem.span().location()))
                .findFirst()
                .map(one ->
                        problem.withHelp(
                                "`ashlar up --reset="
                                        + one.path()
                                        + "` goes by the files again; --set "
                                        + one.path()
                                        + "=VALUE sets it anew"))
                .orElse(problem);
    }

    /// Reports every given path that nothing asked for; on record it is one that leads nowhere any
    /// more.
    public void reportUnknown() {
        List<String> paths = new ArrayList<>(known);
        for (Given one : given.values()) {
            if (taken.contains(one.path())) {
                continue;
            }
            if (one.file().equals(RECORD)) {
                found.put(
                        one.path(),
                        new Overridden(
                                one.path(), one.value(), Optional.empty(), Optional.empty()));
            } else {
                diagnostics.add(
                        Hints.spelled(
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
