package dev.ashlar.language.template;

import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.type.Type;
import io.pebbletemplates.pebble.node.expression.AndExpression;
import io.pebbletemplates.pebble.node.expression.BinaryExpression;
import io.pebbletemplates.pebble.node.expression.ContainsExpression;
import io.pebbletemplates.pebble.node.expression.DivideExpression;
import io.pebbletemplates.pebble.node.expression.EqualsExpression;
import io.pebbletemplates.pebble.node.expression.Expression;
import io.pebbletemplates.pebble.node.expression.GreaterThanEqualsExpression;
import io.pebbletemplates.pebble.node.expression.GreaterThanExpression;
import io.pebbletemplates.pebble.node.expression.LessThanEqualsExpression;
import io.pebbletemplates.pebble.node.expression.LessThanExpression;
import io.pebbletemplates.pebble.node.expression.ModulusExpression;
import io.pebbletemplates.pebble.node.expression.MultiplyExpression;
import io.pebbletemplates.pebble.node.expression.NotEqualsExpression;
import io.pebbletemplates.pebble.node.expression.OrExpression;
import io.pebbletemplates.pebble.node.expression.PositiveTestExpression;
import io.pebbletemplates.pebble.node.expression.SubtractExpression;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Checks what operators of a template are applied to: conditions are bools that are there, and
/// what is calculated with or put in order is a number.
final class Operators {
    private final Terms terms;
    private final Check check;
    private final Places places;
    private final Set<List<String>> asked = new HashSet<>();

    Operators(Terms terms, Check check, Places places) {
        this.terms = terms;
        this.check = check;
        this.places = places;
    }

    /// Visits what must be true or false, and there.
    void condition(Expression<?> expression, int line) {
        int mark = places.mark();
        Seen seen = terms.use(expression);
        seen.type()
                .flatMap(type -> Fitness.problem(type, asked(seen)))
                .map(words ->
                        Diagnostic.of(Code.ASH0201, places.from(mark, line), words.message())
                                .withHelp(words.help()))
                .ifPresent(check::problem);
    }

    /// Whether it was asked before if there is such a value.
    private boolean asked(Seen seen) {
        return !seen.paths().isEmpty() && asked.containsAll(seen.paths());
    }

    Seen binary(BinaryExpression<?> both) {
        int line = both.getLineNumber();
        Expression<?> left = both.getLeftExpression();
        Expression<?> right = both.getRightExpression();
        return switch (both) {
            case AndExpression _, OrExpression _ -> {
                condition(left, line);
                condition(right, line);
                yield Seen.of(Type.Scalar.BOOL);
            }
            case GreaterThanExpression _,
                    GreaterThanEqualsExpression _,
                    LessThanExpression _,
                    LessThanEqualsExpression _ -> {
                number(left, line);
                number(right, line);
                yield Seen.of(Type.Scalar.BOOL);
            }
            case SubtractExpression _,
                    MultiplyExpression _,
                    DivideExpression _,
                    ModulusExpression _ -> {
                Seen first = number(left, line);
                yield first.type().equals(number(right, line).type()) ? first : Seen.ANYTHING;
            }
            case PositiveTestExpression _ -> {
                asked.addAll(terms.use(left).paths());
                yield terms.use(right);
            }
            case EqualsExpression _, NotEqualsExpression _, ContainsExpression _ -> {
                terms.use(left);
                terms.use(right);
                yield Seen.of(Type.Scalar.BOOL);
            }
            default -> {
                terms.use(left);
                terms.use(right);
                yield Seen.ANYTHING;
            }
        };
    }

    /// Visits what Pebble calculates with.
    Seen number(Expression<?> expression, int line) {
        int mark = places.mark();
        Seen seen = terms.use(expression);
        seen.bare()
                .filter(type -> type != Type.Scalar.INT && type != Type.Scalar.REAL)
                .ifPresent(type ->
                        check.problem(
                                Diagnostic.of(
                                        Code.ASH0201,
                                        places.from(mark, line),
                                        "a number is needed here, but this is " + type)));
        return new Seen(seen.bare(), List.of());
    }
}
