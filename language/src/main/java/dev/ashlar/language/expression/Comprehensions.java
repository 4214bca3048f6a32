package dev.ashlar.language.expression;

import dev.ashlar.language.expression.Translation.Typed;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.cel.common.ast.CelExpr;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Translates loops. CEL's parser has already turned `map`, `filter`, `all`, `exists` and
/// `exists_one` into folds over an accumulator; here the loop is recognised again by the shape of
/// its step, so that it can run in one pass.
final class Comprehensions {
    private final Translation in;

    Comprehensions(Translation in) {
        this.in = in;
    }

    Typed translate(CelExpr expr) {
        CelExpr.CelComprehension fold = expr.comprehension();
        Typed range = in.present(in.visit(fold.iterRange()), fold.iterRange());
        if (range.paths().isEmpty()) {
            in.consume(range);
        }
        Translation.extend(range.paths(), Reads.COUNT).forEach(in::read);
        CelExpr.CelCall step = fold.loopStep().call();
        List<CelExpr> parts = step.args();
        Span span = in.span(expr);
        String name = fold.iterVar();
        return switch (step.function()) {
            case "_&&_" -> quantified(range, fold, parts.get(1), false, span);
            case "_||_" -> quantified(range, fold, parts.get(1), true, span);
            case "_+_" -> mapped(range, name, Optional.empty(), appended(step), span);
            default -> {
                CelExpr.CelCall taken = parts.get(1).call();
                boolean counts = taken.args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT;
                yield counts
                        ? single(range, fold, parts.get(0), span)
                        : mapped(range, name, Optional.of(parts.get(0)), appended(taken), span);
            }
        };
    }

    /// What `accumulator + [x]` appends.
    private static CelExpr appended(CelExpr.CelCall addition) {
        return addition.args().get(1).list().elements().getFirst();
    }

    private Typed quantified(
            Typed range, CelExpr.CelComprehension fold, CelExpr test, boolean decisive, Span span) {
        Typed condition = within(range, fold.iterVar(), () -> in.need(test));
        return new Typed(
                new Loop.Quantified(range.term(), fold.iterVar(), condition.term(), decisive, span),
                secret(Type.Scalar.BOOL, range, condition));
    }

    private Typed single(Typed range, CelExpr.CelComprehension fold, CelExpr test, Span span) {
        Typed condition = within(range, fold.iterVar(), () -> in.need(test));
        return new Typed(
                new Loop.Single(range.term(), fold.iterVar(), condition.term(), span),
                secret(Type.Scalar.BOOL, range, condition));
    }

    private Typed mapped(
            Typed range, String name, Optional<CelExpr> test, CelExpr body, Span span) {
        Optional<Typed> condition = test.map(expr -> within(range, name, () -> in.need(expr)));
        boolean filters =
                test.isPresent()
                        && body.getKind() == CelExpr.ExprKind.Kind.IDENT
                        && body.ident().name().equals(name)
                        && Secrets.plain(range.type()) instanceof Type.ListOf;
        Supplier<Typed> visit = () -> filters ? in.visit(body) : in.need(body);
        Typed result =
                within(
                        range,
                        name,
                        test.isPresent()
                                ? () -> in.guards().assuming(test.get(), true, visit)
                                : visit);
        Type type = Secrets.like(range.type(), Type.listOf(result.type()));
        if (condition.isPresent() && Type.hasSecret(condition.get().type())) {
            type = Secrets.of(type);
        }
        Loop.Mapped loop =
                new Loop.Mapped(
                        range.term(), name, condition.map(Typed::term), result.term(), type, span);
        return new Typed(loop, type, filters ? range.paths() : List.of());
    }

    private static Type secret(Type type, Typed range, Typed condition) {
        return range.type() instanceof Type.Secret || Type.hasSecret(condition.type())
                ? Secrets.of(type)
                : type;
    }

    private static Type elementType(Type range) {
        Type plain = Secrets.plain(range);
        return plain instanceof Type.ListOf(Type element)
                ? Secrets.like(range, element)
                : Secrets.like(range, Type.Scalar.TEXT);
    }

    private <T> T within(Typed range, String name, Supplier<T> inside) {
        boolean list = Secrets.plain(range.type()) instanceof Type.ListOf;
        Typed element =
                new Typed(
                        new Term.Variable(name),
                        elementType(range.type()),
                        list ? Translation.extend(range.paths(), Reads.ELEMENT) : List.of());
        Optional<Typed> outer = Optional.ofNullable(in.locals().put(name, element));
        try {
            return inside.get();
        } finally {
            outer.ifPresentOrElse(
                    typed -> in.locals().put(name, typed), () -> in.locals().remove(name));
        }
    }
}
