package dev.ashlar.language.pack;

import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.RegularExpression;
import dev.ashlar.language.expression.RegularExpression.Outcome;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Constraint;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads what an input's value must satisfy.
final class ConstraintReader {
    private final Diagnostics diagnostics;
    private final ValueReader values;

    ConstraintReader(Diagnostics diagnostics, ValueReader values) {
        this.diagnostics = diagnostics;
        this.values = values;
    }

    List<Constraint> read(Section input, Type declared) {
        Type type = declared.bare();
        List<Constraint> constraints = new ArrayList<>();
        if (fit(input, List.of("min", "max"), type == Type.Scalar.INT, type)) {
            range(input).ifPresent(constraints::add);
        }
        if (fit(input, List.of("pattern"), type == Type.Scalar.TEXT, type)) {
            pattern(input).ifPresent(constraints::add);
        }
        oneOf(input, type).ifPresent(constraints::add);
        boolean sized =
                type == Type.Scalar.TEXT
                        || type instanceof Type.ListOf
                        || type instanceof Type.MapOf;
        if (fit(input, List.of("min_length", "max_length"), sized, type)) {
            length(input).ifPresent(constraints::add);
        }
        return constraints;
    }

    /// False when one of the keys is there and means nothing for the type, which is reported.
    private boolean fit(Section input, List<String> keys, boolean meaningful, Type type) {
        List<String> surplus = keys.stream().filter(k -> !meaningful && input.has(k)).toList();
        for (String key : surplus) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0201,
                            input.at(key),
                            "\"" + key + "\" says nothing about a value of type " + type));
        }
        return surplus.isEmpty();
    }

    private Optional<Constraint> range(Section input) {
        if (!input.has("min") && !input.has("max")) {
            return Optional.empty();
        }
        return bounded(input, "min", "max", Long.MIN_VALUE)
                .map(b -> new Constraint.Range(b[0], b[1]));
    }

    private Optional<Constraint> length(Section input) {
        if (!input.has("min_length") && !input.has("max_length")) {
            return Optional.empty();
        }
        return bounded(input, "min_length", "max_length", 0)
                .map(b -> new Constraint.Length(b[0], b[1]));
    }

    private Optional<long[]> bounded(Section input, String low, String high, long lowest) {
        long min = input.whole(low).orElse(lowest);
        long max = input.whole(high).orElse(Long.MAX_VALUE);
        if (min > max) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0205,
                            input.at(low),
                            "nothing is at least " + min + " and at most " + max));
            return Optional.empty();
        }
        return Optional.of(new long[] {min, max});
    }

    private Optional<Constraint> pattern(Section input) {
        return input.scalar("pattern")
                .flatMap(written ->
                        switch (RegularExpression.of(written.text())) {
                            case Outcome.Usable(var expression) ->
                                    Optional.of(
                                            new Constraint.Pattern(
                                                    written.text(), expression::isAllOf));
                            case Outcome.Refused(String why) -> {
                                diagnostics.add(Diagnostic.of(Code.ASH0205, written.span(), why));
                                yield Optional.empty();
                            }
                        });
    }

    private Optional<Constraint> oneOf(Section input, Type type) {
        if (!input.has("one_of")) {
            return Optional.empty();
        }
        List<Value> allowed = new ArrayList<>();
        for (YamlNode element : input.elements("one_of")) {
            values.read(element, Environment.of(Map.of()), type)
                    .map(e -> e.evaluate(ConstraintReader::noVariable))
                    .ifPresent(allowed::add);
        }
        return Optional.of(new Constraint.OneOf(allowed));
    }

    private static Value noVariable(String name) {
        throw new IllegalArgumentException("no variable " + name);
    }
}
