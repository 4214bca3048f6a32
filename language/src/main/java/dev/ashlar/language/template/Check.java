package dev.ashlar.language.template;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Reads;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import io.pebbletemplates.pebble.node.AutoEscapeNode;
import io.pebbletemplates.pebble.node.BodyNode;
import io.pebbletemplates.pebble.node.ForNode;
import io.pebbletemplates.pebble.node.IfNode;
import io.pebbletemplates.pebble.node.Node;
import io.pebbletemplates.pebble.node.PrintNode;
import io.pebbletemplates.pebble.node.RootNode;
import io.pebbletemplates.pebble.node.SetNode;
import io.pebbletemplates.pebble.node.TextNode;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.utils.Pair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Walks the tags of a template: which variables are in reach where, and which tags are refused.
final class Check {
    static final Type.Struct LOOP =
            Type.Struct.of(
                    "loop",
                    new LinkedHashMap<>(
                            Map.of(
                                    "index", Type.Scalar.INT,
                                    "length", Type.Scalar.INT,
                                    "revindex", Type.Scalar.INT,
                                    "first", Type.Scalar.BOOL,
                                    "last", Type.Scalar.BOOL)));

    private final Terms terms;
    private final Places places;
    private final Diagnostics problems;
    private Map<String, Seen> locals = new HashMap<>();
    private boolean failed;

    Check(Environment environment, Places places, Diagnostics problems) {
        this.places = places;
        this.problems = problems;
        this.terms = new Terms(this, environment, places);
    }

    boolean passes(Node root) {
        visit(root);
        return !failed;
    }

    Set<List<String>> reads() {
        return terms.reads();
    }

    Map<String, Seen> locals() {
        return locals;
    }

    void problem(Diagnostic diagnostic) {
        failed = true;
        problems.add(diagnostic);
    }

    void visit(Node node) {
        switch (node) {
            case RootNode root -> visit(root.getBody());
            case BodyNode body -> {
                body.getChildren().forEach(this::visit);
                Bounded.settle(body);
            }
            case TextNode _ -> {}
            case PrintNode print -> print(print);
            case SetNode set -> {
                places.enter("{%", "set");
                places.name(set.getLineNumber(), set.getName());
                locals.put(set.getName(), terms.visit(set.getValue()));
            }
            case IfNode choice -> {
                String tag = "if";
                for (Pair<Expression<?>, BodyNode> pair : choice.getConditionsWithBodies()) {
                    places.enter("{%", tag);
                    terms.condition(pair.getLeft(), choice.getLineNumber());
                    visit(pair.getRight());
                    tag = "elseif";
                }
                Optional.ofNullable(choice.getElseBody()).ifPresent(this::visit);
            }
            case ForNode loop -> loop(loop);
            case AutoEscapeNode escape when !escape.isActive() -> visit(escape.getBody());
            default -> refuse(node);
        }
    }

    private void print(PrintNode print) {
        Expression<?> expression = print.getExpression();
        if (Terms.isFilteredBody(expression)) {
            places.enter("{%", "filter");
        } else {
            places.enter("{{", "");
        }
        int mark = places.mark();
        Seen seen = terms.visit(expression);
        terms.consume(seen);
        seen.bare()
                .filter(type -> !(type instanceof Type.Scalar))
                .ifPresent(type -> {
                    Diagnostic problem =
                            Diagnostic.of(
                                    Code.ASH0201,
                                    places.from(mark, print.getLineNumber()),
                                    "only strings, numbers and bools can be printed, but this is "
                                            + type);
                    problem(
                            type instanceof Type.ListOf
                                    ? problem.withHelp("write | join(',') or a for loop")
                                    : problem);
                });
    }

    private void loop(ForNode loop) {
        places.enter("{%", "for");
        places.name(loop.getLineNumber(), loop.getIterationVariable());
        int mark = places.mark();
        Seen over = terms.visit(loop.getIterable());
        Span span = places.from(mark, loop.getLineNumber());
        terms.count(over);
        Seen element =
                over.bare()
                        .map(type ->
                                switch (type) {
                                    case Type.ListOf(Type inner) ->
                                            over.below(Reads.ELEMENT, Optional.of(inner));
                                    case Type.MapOf(Type value) ->
                                            over.below(Reads.ELEMENT, Optional.of(entry(value)));
                                    case Type.Scalar _,
                                            Type.Struct _,
                                            Type.OptionalOf _,
                                            Type.Secret _ -> {
                                        problem(
                                                Diagnostic.of(
                                                        Code.ASH0201,
                                                        span,
                                                        "a for loop goes over a list or a map, but this is "
                                                                + type));
                                        yield Seen.ANYTHING;
                                    }
                                })
                        .orElse(Seen.ANYTHING);
        Map<String, Seen> outer = locals;
        locals = new HashMap<>(outer);
        locals.put(loop.getIterationVariable(), element);
        locals.put("loop", Seen.of(LOOP));
        visit(loop.getBody());
        Bounded.settle(loop);
        locals = outer;
        Optional.ofNullable(loop.getElseBody()).ifPresent(this::visit);
    }

    /// What a loop over a map gives.
    private static Type.Struct entry(Type value) {
        Map<String, Type> fields = new LinkedHashMap<>();
        fields.put("key", Type.Scalar.TEXT);
        fields.put("value", value);
        return Type.Struct.of(Terms.ENTRY, fields);
    }

    private void refuse(Node node) {
        String tag =
                node.getClass()
                        .getSimpleName()
                        .replace("Node", "")
                        .toLowerCase(java.util.Locale.ROOT);
        int line =
                node instanceof io.pebbletemplates.pebble.node.AbstractRenderableNode renderable
                        ? renderable.getLineNumber()
                        : 1;
        problem(
                Diagnostic.of(
                                Code.ASH0304,
                                places.word(line, tag),
                                "the tag \"" + tag + "\" is not available in templates")
                        .withHelp(
                                "a template is one file that reads its declared variables; use if, for, set and verbatim"));
    }
}
