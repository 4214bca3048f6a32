package dev.ashlar.language.template;

import dev.ashlar.language.expression.Environment;
import dev.ashlar.language.expression.Reads;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import io.pebbletemplates.pebble.node.ArgumentsNode;
import io.pebbletemplates.pebble.node.PositionalArgumentNode;
import io.pebbletemplates.pebble.node.TestInvocationExpression;
import io.pebbletemplates.pebble.node.expression.ArrayExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.BlockFunctionExpression;
import io.pebbletemplates.pebble.node.expression.ConcatenateExpression;
import io.pebbletemplates.pebble.node.expression.ContextVariableExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.FilterExpression;
import io.pebbletemplates.pebble.node.expression.FilterInvocationExpression;
import io.pebbletemplates.pebble.node.expression.FunctionOrMacroInvocationExpression;
import io.pebbletemplates.pebble.node.expression.GetAttributeExpression;
import io.pebbletemplates.pebble.node.expression.LiteralBooleanExpression;
import io.pebbletemplates.pebble.node.expression.LiteralIntegerExpression;
import io.pebbletemplates.pebble.node.expression.LiteralLongExpression;
import io.pebbletemplates.pebble.node.expression.LiteralStringExpression;
import io.pebbletemplates.pebble.node.expression.MapExpression;
import io.pebbletemplates.pebble.node.expression.ParentFunctionExpression;
import io.pebbletemplates.pebble.node.expression.RangeExpression;
import io.pebbletemplates.pebble.node.expression.RenderableNodeExpression;
import io.pebbletemplates.pebble.node.expression.TernaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryExpression;
import io.pebbletemplates.pebble.node.expression.UnaryNotExpression;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Walks the expressions of a template: types, paths read, and what the sandbox refuses.
final class Terms {
    static final String ENTRY = "entry";

    private final Check check;
    private final Environment environment;
    private final Places places;
    private final Set<List<String>> reads = new LinkedHashSet<>();
    private final Operators operators;

    Terms(Check check, Environment environment, Places places) {
        this.check = check;
        this.environment = environment;
        this.places = places;
        this.operators = new Operators(this, check, places);
    }

    Set<List<String>> reads() {
        return reads;
    }

    /// Visits what must be true or false.
    void condition(Expression<?> expression, int line) {
        operators.condition(expression, line);
    }

    /// Visits what is used as a whole.
    Seen use(Expression<?> expression) {
        Seen seen = visit(expression);
        consume(seen);
        return seen;
    }

    void consume(Seen seen) {
        reads.addAll(seen.paths());
    }

    /// Notes that only the number of elements is read, so far.
    void count(Seen seen) {
        reads.addAll(seen.below(Reads.COUNT, Optional.empty()).paths());
    }

    Seen visit(Expression<?> expression) {
        return switch (expression) {
            case ContextVariableExpression variable -> variable(variable);
            case GetAttributeExpression attribute -> attribute(attribute);
            case FilterExpression filter -> filter(filter);
            case RangeExpression range -> refused(range.getLineNumber(), "..", "ranges are");
            case ConcatenateExpression both -> {
                use(both.getLeftExpression());
                use(both.getRightExpression());
                yield Seen.of(Type.Scalar.TEXT);
            }
            case BinaryExpression<?> both -> operators.binary(both);
            case RenderableNodeExpression inner -> {
                check.visit(inner.getNode());
                yield Seen.of(Type.Scalar.TEXT);
            }
            case UnaryNotExpression not -> {
                operators.condition(not.getChildExpression(), not.getLineNumber());
                yield Seen.of(Type.Scalar.BOOL);
            }
            case UnaryExpression one ->
                    operators.number(one.getChildExpression(), one.getLineNumber());
            case TernaryExpression choice -> {
                operators.condition(choice.getExpression1(), choice.getLineNumber());
                yield either(visit(choice.getExpression2()), visit(choice.getExpression3()));
            }
            case TestInvocationExpression test -> test(test);
            case FunctionOrMacroInvocationExpression function -> function(function);
            case BlockFunctionExpression _ -> refused(1, "block", "blocks are");
            case ParentFunctionExpression _ -> refused(1, "parent", "parent() is");
            case ArrayExpression array -> {
                array.getValues().forEach(this::use);
                yield Seen.ANYTHING;
            }
            case MapExpression map -> {
                map.getEntries()
                        .forEach((key, value) -> {
                            use(key);
                            use(value);
                        });
                yield Seen.ANYTHING;
            }
            default -> literal(expression);
        };
    }

    /// The body of a `filter` tag, whose filters were written before it.
    static boolean isFilteredBody(Expression<?> expression) {
        return expression instanceof RenderableNodeExpression
                || (expression instanceof FilterExpression filter
                        && isFilteredBody(filter.getLeftExpression()));
    }

    private Seen literal(Expression<?> expression) {
        places.literal();
        return switch (expression) {
            case LiteralStringExpression _ -> Seen.of(Type.Scalar.TEXT);
            case LiteralBooleanExpression _ -> Seen.of(Type.Scalar.BOOL);
            case LiteralIntegerExpression _, LiteralLongExpression _ -> Seen.of(Type.Scalar.INT);
            default -> Seen.ANYTHING;
        };
    }

    private Seen variable(ContextVariableExpression variable) {
        String name = variable.getName();
        Span span = places.name(variable.getLineNumber(), name);
        Seen local = check.locals().get(name);
        if (local != null) {
            return local;
        }
        Type type = environment.variables().get(name);
        if (type == null) {
            Set<String> reach = new LinkedHashSet<>(check.locals().keySet());
            reach.addAll(environment.names());
            undefined(
                    variable.getLineNumber(),
                    span,
                    "undefined variable \"" + name + "\"",
                    name,
                    reach);
            return Seen.ANYTHING;
        }
        return new Seen(Optional.of(type), List.of(List.of(name)));
    }

    private Seen attribute(GetAttributeExpression attribute) {
        Seen of = visit(attribute.getNode());
        int line = attribute.getLineNumber();
        Expression<?> key = attribute.getAttributeNameExpression();
        Optional<String> name =
                key instanceof LiteralStringExpression literal
                        ? Optional.of(literal.getValue())
                        : Optional.empty();
        Span span = name.isPresent() ? places.below(line, name.get()) : places.word(line, "");
        if (Optional.ofNullable(attribute.getArgumentsNode()).isPresent()) {
            String method = name.orElse("");
            Diagnostic problem =
                    Diagnostic.of(
                            Code.ASH0304,
                            span,
                            "a template cannot call the method \"" + method + "\"");
            check.problem(
                    Hints.of(places.line(line))
                            .map(problem::withHelp)
                            .orElseGet(() ->
                                    problem.withHelp(
                                            "values have fields and filters ({{ x | upper }}), no methods")));
            return Seen.ANYTHING;
        }
        int mark = places.mark();
        if (name.isEmpty()) {
            use(key);
        }
        Span at = name.isPresent() ? span : places.from(mark, line);
        return of.bare().map(type -> member(of, type, name, line, at)).orElse(Seen.ANYTHING);
    }

    private Seen member(Seen of, Type type, Optional<String> name, int line, Span span) {
        Optional<Type> declared =
                switch (type) {
                    case Type.Struct struct -> name.map(struct.fields()::get);
                    case Type.ListOf(Type element) ->
                            name.isPresent() ? Optional.empty() : Optional.of(element);
                    case Type.MapOf(Type value) -> Optional.of(value);
                    case Type.Scalar _, Type.OptionalOf _, Type.Secret _ -> Optional.empty();
                };
        if (declared.isPresent()) {
            if (type instanceof Type.Struct struct && struct.name().equals(ENTRY)) {
                return entry(of, name.orElseThrow(), declared);
            }
            return of.below(name.orElse(Reads.ELEMENT), declared);
        }
        if (name.isEmpty() && type instanceof Type.Struct) {
            consume(of);
            return Seen.ANYTHING;
        }
        String field = name.orElse("[ ]");
        Collection<String> known =
                type instanceof Type.Struct struct ? struct.fields().keySet() : List.of();
        String message =
                type instanceof Type.Struct
                        ? "undefined field \"%s\" in %s".formatted(field, type)
                        : "%s has no field \"%s\"".formatted(type, field);
        undefined(line, span, message, field, known);
        return Seen.ANYTHING;
    }

    /// `entry.key` reads the map's keys only.
    private static Seen entry(Seen of, String name, Optional<Type> declared) {
        return name.equals("key") ? new Seen(declared, List.of()) : new Seen(declared, of.paths());
    }

    private void undefined(
            int line, Span span, String message, String name, Collection<String> known) {
        Diagnostic problem = Diagnostic.of(Code.ASH0302, span, message);
        Optional<String> hint =
                Spelling.nearest(name, known).isPresent()
                        ? Spelling.hint(name, known)
                        : Hints.of(places.line(line)).or(() -> Spelling.hint(name, known));
        check.problem(hint.map(problem::withHelp).orElse(problem));
    }

    private Seen filter(FilterExpression filter) {
        Seen of = visit(filter.getLeftExpression());
        FilterInvocationExpression call = (FilterInvocationExpression) filter.getRightExpression();
        String name = call.getFilterName();
        Span span = places.name(call.getLineNumber(), name);
        arguments(call.getArgs());
        if (!Engine.FILTERS.contains(name)) {
            consume(of);
            unknown(call.getLineNumber(), span, "filter", name, Engine.FILTERS);
            return Seen.ANYTHING;
        }
        if (name.equals("length") && of.bare().filter(Terms::counts).isPresent()) {
            count(of);
            return Seen.of(Type.Scalar.INT);
        }
        consume(of);
        of.bare()
                .flatMap(type -> Fitness.input(name, type))
                .ifPresent(words -> check.problem(Diagnostic.of(Code.ASH0201, span, words)));
        return switch (name) {
            case "default" -> new Seen(of.bare(), of.paths());
            case "reverse", "rsort", "slice", "sort" -> of;
            case "first", "last" ->
                    of.bare().isPresent() && of.bare().get() instanceof Type.ListOf(Type element)
                            ? of.below(Reads.ELEMENT, Optional.of(element))
                            : Seen.ANYTHING;
            case "length" -> Seen.of(Type.Scalar.INT);
            case "split" -> Seen.of(Type.listOf(Type.Scalar.TEXT));
            case "abs" -> new Seen(of.bare(), List.of());
            default -> Seen.of(Type.Scalar.TEXT);
        };
    }

    private static boolean counts(Type type) {
        return type instanceof Type.ListOf || type instanceof Type.MapOf;
    }

    private Seen test(TestInvocationExpression test) {
        Span span = places.name(test.getLineNumber(), test.getTestName());
        arguments(test.getArgs());
        if (!Engine.TESTS.contains(test.getTestName())) {
            unknown(test.getLineNumber(), span, "test", test.getTestName(), Engine.TESTS);
        }
        return Seen.of(Type.Scalar.BOOL);
    }

    private Seen function(FunctionOrMacroInvocationExpression function) {
        String name = function.getFunctionName();
        Span span = places.name(function.getLineNumber(), name);
        if (name.equals(Collecting.NAME)) {
            return collected(function, span);
        }
        arguments(function.getArguments());
        if (!Engine.FUNCTIONS.contains(name)) {
            unknown(function.getLineNumber(), span, "function", name, Engine.FUNCTIONS);
        }
        return Seen.ANYTHING;
    }

    private Seen collected(FunctionOrMacroInvocationExpression function, Span span) {
        List<PositionalArgumentNode> given = positional(function.getArguments());
        Optional<String> type =
                given.size() == 1
                        ? Collecting.name(given.getFirst().getValueExpression())
                        : Optional.empty();
        int mark = places.mark();
        type.ifPresent(name -> places.path(function.getLineNumber(), name));
        Optional<Type.ListOf> list = type.flatMap(environment::collected);
        if (list.isEmpty()) {
            Span at = type.isPresent() ? places.from(mark, function.getLineNumber()) : span;
            check.problem(environment.notCollected(type.orElse(""), at));
            return Seen.ANYTHING;
        }
        String full = list.get().element().toString();
        Collecting.settle(given, full);
        return new Seen(list.map(found -> found), List.of(List.of(Collected.NAME, full)));
    }

    private static List<PositionalArgumentNode> positional(ArgumentsNode arguments) {
        return Optional.ofNullable(arguments)
                .flatMap(it -> Optional.ofNullable(it.getPositionalArgs()))
                .orElse(List.of());
    }

    private void arguments(ArgumentsNode arguments) {
        positional(arguments).forEach(argument -> use(argument.getValueExpression()));
        Optional.ofNullable(arguments)
                .flatMap(it -> Optional.ofNullable(it.getNamedArgs()))
                .ifPresent(all -> all.forEach(argument -> use(argument.getValueExpression())));
    }

    private void unknown(int line, Span span, String kind, String name, Set<String> known) {
        Diagnostic problem =
                Diagnostic.of(
                        Code.ASH0304,
                        span,
                        "the %s \"%s\" is not available in templates".formatted(kind, name));
        Optional<String> hint =
                Hints.of(places.line(line))
                        .or(() -> Spelling.hint(name, known.stream().sorted().toList()));
        check.problem(hint.map(problem::withHelp).orElse(problem));
    }

    private Seen refused(int line, String sign, String what) {
        check.problem(
                Diagnostic.of(
                        Code.ASH0304,
                        places.word(line, sign),
                        what + " not available in templates"));
        return Seen.ANYTHING;
    }

    private static Seen either(Seen left, Seen right) {
        List<List<String>> paths = new ArrayList<>(left.paths());
        paths.addAll(right.paths());
        return new Seen(left.type().equals(right.type()) ? left.type() : Optional.empty(), paths);
    }
}
