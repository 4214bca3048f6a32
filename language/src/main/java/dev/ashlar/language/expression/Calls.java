package dev.ashlar.language.expression;

import dev.ashlar.language.expression.Translation.Typed;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/// Translates operators and functions.
final class Calls {
    private final Translation in;

    Calls(Translation in) {
        this.in = in;
    }

    Typed translate(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        return switch (call.function()) {
            case "_&&_", "_||_" -> connective(expr, call.function().equals("_||_"));
            case "_?_:_" -> conditional(expr);
            case "_?._" -> lookup(expr);
            case "orValue" -> otherwise(expr);
            case "hasValue" -> {
                Typed optional = in.visit(operand(call));
                in.consume(optional);
                Type type = Secrets.like(optional.type(), Type.Scalar.BOOL);
                yield new Typed(new Term.Present(optional.term(), type), type);
            }
            case "_[?_]" -> sought(expr);
            case "_[_]", "first" -> element(expr);
            default -> strict(expr);
        };
    }

    private Typed connective(CelExpr expr, boolean decisive) {
        List<CelExpr> sides = expr.call().args();
        Typed typed = in.need(sides.getFirst());
        Span span = in.span(expr);
        for (int i = 1; i < sides.size(); i++) {
            CelExpr before = sides.get(i - 1);
            CelExpr side = sides.get(i);
            Typed left = typed;
            Typed right = in.guards().assuming(before, !decisive, () -> in.need(side));
            Type type = Type.Scalar.BOOL;
            boolean secret = Type.hasSecret(left.type()) || Type.hasSecret(right.type());
            typed =
                    new Typed(
                            new Term.Connective(left.term(), right.term(), decisive, span),
                            secret ? Secrets.of(type) : type);
        }
        return typed;
    }

    private Typed conditional(CelExpr expr) {
        List<CelExpr> parts = expr.call().args();
        CelExpr test = parts.get(0);
        Typed condition = in.need(test);
        Typed yes = in.guards().assuming(test, true, () -> in.visit(parts.get(1)));
        Typed no = in.guards().assuming(test, false, () -> in.visit(parts.get(2)));
        Type type = Secrets.merged(yes.type(), no.type());
        if (Type.hasSecret(condition.type())) {
            type = Secrets.of(type);
        }
        List<List<String>> paths = new ArrayList<>(yes.paths());
        paths.addAll(no.paths());
        Term term =
                new Term.Conditional(condition.term(), yes.term(), no.term(), type, in.span(expr));
        return new Typed(term, type, paths);
    }

    private Typed lookup(CelExpr expr) {
        CelExpr of = expr.call().args().get(0);
        String field = expr.call().args().get(1).constant().stringValue();
        Typed operand = in.visit(of);
        Type declared = in.fieldType(operand.type(), field);
        Type type =
                Secrets.plain(declared) instanceof Type.OptionalOf
                        ? declared
                        : Type.optionalOf(declared);
        type = operand.type().isSecret() ? Secrets.of(type) : type;
        List<List<String>> paths = Translation.extend(operand.paths(), field);
        if (paths.isEmpty()) {
            in.consume(operand);
        }
        return new Typed(new Term.Lookup(operand.term(), field, type, in.span(expr)), type, paths);
    }

    /// `m[?key]`: an entry that may not be there.
    private Typed sought(CelExpr expr) {
        CelExpr from = operand(expr.call());
        Typed map = in.present(in.visit(from), from);
        Typed key = in.need(expr.call().args().get(1));
        Type entry =
                Secrets.plain(map.type()) instanceof Type.MapOf(Type value) ? value : map.type();
        Type plain = entry instanceof Type.OptionalOf ? entry : Type.optionalOf(entry);
        Type like = Secrets.like(map.type(), plain);
        Type type = Type.hasSecret(key.type()) ? Secrets.of(like) : like;
        List<List<String>> paths = Translation.extend(map.paths(), Reads.ELEMENT);
        if (paths.isEmpty()) {
            in.consume(map);
        }
        return new Typed(new Term.Sought(map.term(), key.term(), type, in.span(expr)), type, paths);
    }

    private Typed otherwise(CelExpr expr) {
        Typed optional = in.visit(operand(expr.call()));
        Typed other = in.need(expr.call().args().getFirst());
        in.consume(optional);
        Type plain = Secrets.plain(optional.type());
        Type inner = plain instanceof Type.OptionalOf(Type value) ? value : plain;
        Type type = Secrets.merged(Secrets.like(optional.type(), inner), other.type());
        return new Typed(new Term.Otherwise(optional.term(), other.term()), type);
    }

    /// `x[i]` and `x.first()`: the element keeps its declared type, and its path.
    private Typed element(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        CelExpr from = operand(call);
        Typed container = in.present(in.visit(from), from);
        List<Term> arguments = new ArrayList<>(List.of(container.term()));
        String segment = Reads.ELEMENT;
        Type type =
                switch (Secrets.plain(container.type())) {
                    case Type.ListOf(Type element) -> element;
                    case Type.MapOf(Type value) -> value;
                    default -> in.type(expr);
                };
        type = Secrets.like(container.type(), type);
        if (call.function().equals("_[_]")) {
            CelExpr at = call.args().get(1);
            Typed index = in.need(at);
            arguments.add(index.term());
            type = Type.hasSecret(index.type()) ? Secrets.of(type) : type;
            if (at.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                    && Secrets.plain(container.type()) instanceof Type.MapOf) {
                segment = at.constant().stringValue();
            }
        }
        if (container.paths().isEmpty()) {
            in.consume(container);
        }
        Operation operation = Operation.of(call.function()).orElseThrow();
        return new Typed(
                new Term.Call(operation, arguments, type, in.span(expr)),
                type,
                Translation.extend(container.paths(), segment));
    }

    private Typed strict(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        List<CelExpr> parts = new ArrayList<>();
        call.target().ifPresent(parts::add);
        parts.addAll(call.args());
        var operation = Operation.of(call.function());
        if (operation.isEmpty()) {
            in.problem(
                    Diagnostic.of(
                            Code.ASH0203,
                            in.mark(expr),
                            "the function \"" + call.function() + "\" cannot be used here"));
            return new Typed(new Term.Elements(List.of(), in.span(expr)), in.type(expr));
        }
        boolean counts = operation.get() == Operation.SIZE;
        List<Term> arguments = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        for (CelExpr part : parts) {
            Typed typed = counts ? counted(part) : in.need(part);
            arguments.add(typed.term());
            types.add(typed.type());
        }
        Type type = result(operation.get(), in.type(expr), types);
        if (operation.get() == Operation.MATCHES) {
            pattern(parts.getLast());
        }
        return new Typed(new Term.Call(operation.get(), arguments, type, in.span(expr)), type);
    }

    private static Type result(Operation operation, Type plain, List<Type> types) {
        if (types.stream().noneMatch(type -> tells(operation, type))) {
            return plain;
        }
        // Two lists after each other are as secret as they are.
        return operation == Operation.ADD && plain instanceof Type.ListOf
                ? types.stream().reduce(plain, Secrets::merged)
                : Secrets.of(plain);
    }

    /// Whether what an operation makes of a value tells of a secret in it: how many elements there
    /// are, and which keys, is secret only where the whole is.
    private static boolean tells(Operation operation, Type type) {
        boolean outside =
                operation == Operation.SIZE
                        || (operation == Operation.IN && type instanceof Type.MapOf);
        return outside ? type instanceof Type.Secret : Type.hasSecret(type);
    }

    /// A pattern that is written out is looked at before anything runs.
    private void pattern(CelExpr part) {
        if (part.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && part.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && RegularExpression.of(part.constant().stringValue())
                        instanceof RegularExpression.Outcome.Refused(String why)) {
            in.problem(Diagnostic.of(Code.ASH0203, in.span(part), why));
        }
    }

    /// What is only counted.
    private Typed counted(CelExpr part) {
        Typed typed = in.present(in.visit(part), part);
        Translation.extend(typed.paths(), Reads.COUNT).forEach(in::read);
        return typed;
    }

    private static CelExpr operand(CelExpr.CelCall call) {
        return call.target().orElseGet(() -> call.args().getFirst());
    }
}
