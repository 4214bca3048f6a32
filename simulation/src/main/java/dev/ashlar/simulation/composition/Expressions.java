package dev.ashlar.simulation.composition;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.composition.Element;
import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.composition.Scope;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.fact.Fact;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Expressions as functions of a scope. Each names the paths it reads; a path through `members`
/// goes on with what is read of each member.
public final class Expressions {
    private static final Span HERE = Span.wholeFile("built.yaml");

    /// How a path ends that reads of a repeated step, or of a list of members, what is of the
    /// reader's own element.
    public static final String SAME_ELEMENT = "[each.key]";

    private Expressions() {}

    private record Built(
            Type type, String source, Set<List<String>> reads, Function<Scope, Value> body)
            implements Expression {
        @Override
        public Span span() {
            return HERE;
        }

        @Override
        public Set<String> variables() {
            return reads.stream()
                    .map(List::getFirst)
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }

        @Override
        public Value evaluate(Scope scope) {
            return body.apply(scope);
        }
    }

    /// Any function; `reads` must name every path it looks at.
    public static Expression of(
            Type type, String source, Set<List<String>> reads, Function<Scope, Value> body) {
        return new Built(type, source, reads, body);
    }

    public static Expression literal(String text) {
        return of(Type.Scalar.TEXT, text, Set.of(), _ -> Value.text(text));
    }

    public static Expression literal(long number) {
        return of(Type.Scalar.INT, Long.toString(number), Set.of(), _ -> Value.number(number));
    }

    public static Expression literal(boolean truth) {
        return of(Type.Scalar.BOOL, Boolean.toString(truth), Set.of(), _ -> Value.truth(truth));
    }

    /// A list of texts.
    public static Expression texts(String... texts) {
        return of(
                Type.listOf(Type.Scalar.TEXT),
                List.of(texts).toString(),
                Set.of(),
                _ -> Value.list(Stream.of(texts).map(Value::text).toList()));
    }

    /// What a repeated step has produced for the element that this one is about.
    public static Expression ofElement(String step, String output) {
        return of(
                Type.Scalar.TEXT,
                step + "." + output + "[each.key]",
                Set.of(List.of(step, output, SAME_ELEMENT), List.of(Element.NAME, Element.KEY)),
                scope -> {
                    Value key = at(scope, List.of(Element.NAME, Element.KEY));
                    return at(scope, List.of(step, output)).data()
                                            instanceof Data.Mapping(var entries)
                                    && key.data() instanceof Data.Text(String text)
                            ? entries.getOrDefault(text, Value.nothing())
                            : Value.nothing();
                });
    }

    /// Of a list with a text of each of these members, which an input hands on, the one of the
    /// member that the reader's element is called like.
    public static Expression ofMember(String input, List<String> members) {
        return of(
                Type.Scalar.TEXT,
                "inputs." + input + SAME_ELEMENT,
                Set.of(List.of("inputs", input, SAME_ELEMENT), List.of(Element.NAME, Element.KEY)),
                scope -> {
                    Value key = at(scope, List.of(Element.NAME, Element.KEY));
                    Value all = at(scope, List.of("inputs", input));
                    return all.data() instanceof Data.Listing(List<Value> values)
                                    && key.data() instanceof Data.Text(String text)
                            ? values.get(members.indexOf(text))
                            : all;
                });
    }

    /// Whether a value passes a test; unknown while the value is.
    public static Expression test(Predicate<Data> passes, String... path) {
        List<String> names = List.of(path);
        return of(
                Type.Scalar.BOOL,
                "test(" + String.join(".", path) + ")",
                Set.of(names),
                scope -> {
                    Value value = at(scope, names);
                    Data data =
                            value.isKnown()
                                    ? new Data.Bool(passes.test(value.data()))
                                    : new Data.Unknown(Type.Scalar.BOOL);
                    return new Value(data, value.deepLabel());
                });
    }

    /// A value by its path, such as `inputs`, `port`.
    public static Expression read(String... path) {
        List<String> names = List.of(path);
        return of(
                Type.Scalar.TEXT, String.join(".", path), Set.of(names), scope -> at(scope, names));
    }

    /// A fact of the reader's node.
    public static Expression fact(Fact fact) {
        return of(
                fact.type(),
                "fact " + fact.word(),
                Set.of(fact.path()),
                scope -> at(scope, fact.path()));
    }

    /// An output of every member of the use.
    public static Expression ofMembers(String output) {
        return of(
                Type.listOf(Type.Scalar.TEXT),
                "members.map(m, m.outputs." + output + ")",
                Set.of(List.of("members", "outputs", output)),
                scope -> mapped(scope.variable("members"), output));
    }

    /// The name of one member of the use, counted from 0.
    public static Expression memberName(int index) {
        return of(
                Type.Scalar.TEXT,
                "members[" + index + "].name",
                Set.of(List.of("members", "[]", "name")),
                scope ->
                        scope.variable("members").data() instanceof Data.Listing(var elements)
                                ? field(elements.get(index), "name")
                                : Value.nothing());
    }

    /// An output of every member of another use.
    public static Expression ofGroup(String group, String use, String output) {
        return of(
                Type.listOf(Type.Scalar.TEXT),
                "groups." + group + "." + use + ".members.map(m, m.outputs." + output + ")",
                Set.of(List.of("groups", group, use, "members", "outputs", output)),
                scope -> mapped(at(scope, List.of("groups", group, use, "members")), output));
    }

    /// A cluster output of another use.
    public static Expression ofUse(String group, String use, String clusterOutput) {
        return read("groups", group, use, "cluster_outputs", clusterOutput);
    }

    /// A value of a type that others collect, with one text in it.
    public static Expression published(String type, Expression text) {
        return of(
                Type.Struct.of(type, Map.of("text", Type.Scalar.TEXT)),
                type + "{text: " + text.source() + "}",
                text.reads(),
                scope -> Value.structure(type, Map.of("text", text.evaluate(scope))));
    }

    /// Several of them, as many as there are texts.
    public static Expression publishedOf(String type, Expression... texts) {
        List<Expression> all = Stream.of(texts).map(text -> published(type, text)).toList();
        Set<List<String>> reads = new LinkedHashSet<>();
        all.forEach(one -> reads.addAll(one.reads()));
        return of(
                Type.listOf(Type.Struct.of(type, Map.of("text", Type.Scalar.TEXT))),
                all.stream().map(Expression::source).toList().toString(),
                reads,
                scope -> Value.list(all.stream().map(one -> one.evaluate(scope)).toList()));
    }

    /// The texts of all that is published of a type.
    public static Expression collected(String type) {
        return of(
                Type.listOf(Type.Scalar.TEXT),
                Collected.words(type) + ".map(o, o.text)",
                Set.of(List.of(Collected.NAME, type, "[]", "text")),
                scope -> {
                    Value all = at(scope, List.of(Collected.NAME, type));
                    Data texts =
                            all.data() instanceof Data.Listing(List<Value> elements)
                                    ? new Data.Listing(
                                            elements.stream().map(Expressions::text).toList())
                                    : all.data();
                    return new Value(texts, all.label());
                });
    }

    private static Value text(Value published) {
        return field(published, "text").joined(published.label());
    }

    /// One text of several values; unknown while one of them is.
    public static Expression joined(Expression... parts) {
        return joined(",", List.of(parts));
    }

    /// The name of something of an element.
    public static Expression named(Expression name, Expression element) {
        return joined("-", List.of(name, element));
    }

    private static Expression joined(String between, List<Expression> parts) {
        Set<List<String>> reads = new LinkedHashSet<>();
        parts.forEach(part -> reads.addAll(part.reads()));
        String source = parts.stream().map(Expression::source).toList().toString();
        return of(Type.Scalar.TEXT, source, reads, scope -> join(scope, between, parts));
    }

    private static Value join(Scope scope, String between, List<Expression> parts) {
        List<Value> values = new ArrayList<>();
        parts.forEach(part -> values.add(part.evaluate(scope)));
        Value all = Value.list(values);
        Label label = all.deepLabel();
        Data[] bad = new Data[1];
        all.visit(value -> {
            if (value.data() instanceof Data.Invalid) {
                bad[0] = value.data();
            }
        });
        if (bad[0] != null) {
            return new Value(bad[0], label);
        }
        return all.isKnown()
                ? Value.text(
                                values.stream()
                                        .map(Expressions::words)
                                        .collect(Collectors.joining(between)))
                        .labelled(label)
                : new Value(new Data.Unknown(Type.Scalar.TEXT), label);
    }

    private static String words(Value value) {
        return switch (value.data()) {
            case Data.Text(String text) -> text;
            case Data.Listing(List<Value> elements) ->
                    elements.stream().map(Expressions::words).collect(Collectors.joining(","));
            case Data.Mapping(var entries) ->
                    entries.entrySet().stream()
                            .map(entry -> entry.getKey() + ":" + words(entry.getValue()))
                            .collect(Collectors.joining(","));
            default -> value.data().toString();
        };
    }

    private static Value mapped(Value members, String output) {
        if (!(members.data() instanceof Data.Listing(List<Value> elements))) {
            return members;
        }
        return Value.list(elements.stream().map(m -> field(field(m, "outputs"), output)).toList());
    }

    private static Value at(Scope scope, List<String> path) {
        Value value = scope.variable(path.getFirst());
        for (String name : path.subList(1, path.size())) {
            value = field(value, name);
        }
        return value;
    }

    private static Value field(Value value, String name) {
        return value.data() instanceof Data.Structure structure
                ? structure.fields().get(name)
                : value;
    }
}
