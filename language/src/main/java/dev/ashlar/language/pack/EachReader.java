package dev.ashlar.language.pack;

import dev.ashlar.language.binding.Hints;
import dev.ashlar.language.binding.ValueReader;
import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Leak;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.type.Type;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads what a resource or a step is repeated for.
final class EachReader {
    private final Diagnostics diagnostics;
    private final ValueReader values;

    EachReader(Diagnostics diagnostics, ValueReader values) {
        this.diagnostics = diagnostics;
        this.values = values;
    }

    /// A list or a map; empty where there is an error, which is reported.
    Optional<Expression> read(YamlNode written, Environment environment) {
        if (isNoCollection(written)) {
            Diagnostic found =
                    Diagnostic.of(
                            Code.ASH0201,
                            written.span(),
                            "\"each\" goes over a list or a map with something in it, not "
                                    + written.described());
            diagnostics.add(Hints.meant(written, environment).map(found::withHelp).orElse(found));
            return Optional.empty();
        }
        Optional<Expression> collection = values.infer(written, environment);
        Optional<Type> type = collection.map(Expression::type);
        if (type.isPresent() && element(type.get()).isEmpty()) {
            diagnostics.add(
                    type.get() instanceof Type.Secret
                            ? Leak.of(
                                    collection.get(),
                                    environment,
                                    written.span(),
                                    "how often this is repeated")
                            : refused(written, type.get()));
            return Optional.empty();
        }
        return collection;
    }

    /// As of a step, whose instances are told apart by the keys.
    Optional<Expression> keyed(YamlNode written, Environment environment) {
        Optional<Expression> collection = read(written, environment);
        Optional<Type> type = collection.map(Expression::type);
        if (type.filter(of -> of instanceof Type.ListOf(Type value) && value instanceof Type.Secret)
                .isPresent()) {
            diagnostics.add(
                    Leak.of(
                            collection.get(),
                            environment,
                            written.span(),
                            "the key of each instance"));
        } else if (type.filter(
                        of -> of instanceof Type.ListOf(Type value) && value != Type.Scalar.TEXT)
                .isPresent()) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0201,
                                    written.span(),
                                    "a step is repeated for a map or a list of strings, not for "
                                            + type.get())
                            .withHelp("each instance has a key, by which it is told from others"));
            return Optional.empty();
        }
        return collection;
    }

    private static boolean isNoCollection(YamlNode written) {
        return switch (written) {
            case YamlNode.Scalar scalar -> !scalar.isExpression();
            case YamlNode.Sequence(var elements, _) -> elements.isEmpty();
            case YamlNode.Mapping(var entries, _) -> entries.isEmpty();
        };
    }

    private static Diagnostic refused(YamlNode written, Type type) {
        Diagnostic found =
                Diagnostic.of(
                        Code.ASH0201,
                        written.span(),
                        "\"each\" goes over a list or a map, not " + type);
        return switch (type) {
            case Type.OptionalOf _ ->
                    found.withHelp(
                            "say what stands for one that is absent, such as"
                                    + " ${inputs.?names.orValue([])}");
            default -> found;
        };
    }

    /// What may be read inside.
    static Environment inside(Environment outer, Expression collection) {
        return outer.with(Element.NAME, element(collection.type()).orElseThrow());
    }

    private static Optional<Type> element(Type collection) {
        return switch (collection) {
            case Type.ListOf(Type value) -> Optional.of(each(value, value == Type.Scalar.TEXT));
            case Type.MapOf(Type value) -> Optional.of(each(value, true));
            case Type.Scalar _, Type.Struct _, Type.OptionalOf _, Type.Secret _ -> Optional.empty();
        };
    }

    private static Type each(Type value, boolean isNamed) {
        SequencedMap<String, Type> fields = new LinkedHashMap<>();
        if (isNamed) {
            fields.put(Element.KEY, Type.Scalar.TEXT);
        }
        fields.put(Element.VALUE, value);
        return Type.Struct.of("Each", fields);
    }
}
