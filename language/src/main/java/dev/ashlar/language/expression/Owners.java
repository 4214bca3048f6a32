package dev.ashlar.language.expression;

import dev.ashlar.model.type.Type;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Finds the structure on which a field was looked for in vain. The checker gives no types for a
/// tree with errors, so paths are followed here; where that is not enough, hints go over all
/// fields.
final class Owners {
    private final Map<String, Type> variables;
    private final Map<Long, Integer> positions;
    private final int offset;
    private Optional<Type.Struct> found = Optional.empty();

    private Owners(CelAbstractSyntaxTree tree, int offset, Map<String, Type> variables) {
        this.variables = new HashMap<>(variables);
        this.positions = tree.getSource().getPositionsMap();
        this.offset = offset;
    }

    /// The structure left of the `.` at an offset.
    static Optional<Type.Struct> of(String text, int offset, Environment environment) {
        CelValidationResult parsed = Checker.parse(text);
        if (parsed.hasError()) {
            return Optional.empty();
        }
        CelAbstractSyntaxTree tree = Checker.tree(parsed);
        Owners owners = new Owners(tree, offset, environment.variables());
        owners.type(tree.getExpr());
        return owners.found;
    }

    private Optional<Type> type(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> Optional.ofNullable(variables.get(expr.ident().name()));
            case SELECT -> {
                Optional<Type> operand = type(expr.select().operand()).map(Owners::plain);
                if (positions.getOrDefault(expr.id(), -1) == offset) {
                    found = operand.flatMap(Owners::struct);
                }
                yield operand.flatMap(of -> field(of, expr.select().field()));
            }
            case CALL -> call(expr.call());
            case LIST -> {
                expr.list().elements().forEach(this::type);
                yield Optional.empty();
            }
            case MAP -> {
                expr.map().entries().forEach(entry -> type(entry.value()));
                yield Optional.empty();
            }
            case STRUCT -> {
                expr.struct().entries().forEach(entry -> type(entry.value()));
                yield Optional.empty();
            }
            case COMPREHENSION -> {
                CelExpr.CelComprehension fold = expr.comprehension();
                Optional<Type> range = type(fold.iterRange()).map(Owners::plain);
                range.flatMap(Owners::element)
                        .ifPresent(element -> variables.put(fold.iterVar(), element));
                type(fold.loopStep());
                yield filters(fold) ? range : Optional.empty();
            }
            case CONSTANT, NOT_SET -> Optional.empty();
        };
    }

    private Optional<Type> call(CelExpr.CelCall call) {
        Optional<Type> target = call.target().flatMap(this::type).map(Owners::plain);
        Optional<Type> first = Optional.empty();
        for (int i = call.args().size() - 1; i >= 0; i--) {
            first = type(call.args().get(i)).map(Owners::plain);
        }
        return switch (call.function()) {
            case "_[_]", "_[?_]" -> first.flatMap(Owners::element);
            case "first" -> target.flatMap(Owners::element);
            case "distinct", "sorted" -> target;
            default -> Optional.empty();
        };
    }

    private static boolean filters(CelExpr.CelComprehension fold) {
        CelExpr step = fold.loopStep();
        if (step.getKind() != CelExpr.ExprKind.Kind.CALL
                || !step.call().function().equals("_?_:_")) {
            return false;
        }
        CelExpr taken = step.call().args().get(1);
        if (taken.call().args().get(1).getKind() != CelExpr.ExprKind.Kind.LIST) {
            return false;
        }
        CelExpr element = taken.call().args().get(1).list().elements().getFirst();
        return element.getKind() == CelExpr.ExprKind.Kind.IDENT
                && element.ident().name().equals(fold.iterVar());
    }

    private static Type plain(Type type) {
        Type plain = Secrets.plain(type);
        return plain instanceof Type.OptionalOf(Type inner) ? plain(inner) : plain;
    }

    private static Optional<Type.Struct> struct(Type type) {
        return type instanceof Type.Struct struct ? Optional.of(struct) : Optional.empty();
    }

    private static Optional<Type> field(Type type, String field) {
        return switch (type) {
            case Type.Struct struct -> Optional.ofNullable(struct.fields().get(field));
            case Type.MapOf(Type value) -> Optional.of(value);
            default -> Optional.empty();
        };
    }

    private static Optional<Type> element(Type type) {
        return switch (type) {
            case Type.ListOf(Type element) -> Optional.of(element);
            case Type.MapOf(Type value) -> Optional.of(value);
            default -> Optional.empty();
        };
    }
}
