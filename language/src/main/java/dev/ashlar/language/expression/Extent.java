package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How far a node of the tree reaches in the source. CEL knows one offset a node: that of its sign.
final class Extent {
    private final Map<Long, Integer> positions;
    private final Source source;
    private int from = Integer.MAX_VALUE;
    private int to;

    private Extent(CelAbstractSyntaxTree tree, Source source) {
        this.positions = tree.getSource().getPositionsMap();
        this.source = source;
    }

    static Span of(CelExpr expr, CelAbstractSyntaxTree tree, Source source) {
        Extent extent = new Extent(tree, source);
        extent.include(expr);
        return extent.from > extent.to
                ? source.whole()
                : source.span(extent.from, extent.to - extent.from);
    }

    private void include(CelExpr expr) {
        Integer at = positions.get(expr.id());
        if (at != null && at >= 0) {
            // `collect(TYPE)` is known by its parenthesis.
            boolean collects =
                    expr.getKind() == CelExpr.ExprKind.Kind.SELECT && source.at(at) == '(';
            from = Math.min(from, collects ? source.nameBefore(at).offset() : at);
            to = Math.max(to, at + length(expr, at));
        }
        children(expr).forEach(this::include);
    }

    private int length(CelExpr expr, int at) {
        return switch (expr.getKind()) {
            case CONSTANT -> {
                int quote = source.at(at);
                if (quote != '\'' && quote != '"') {
                    yield number(at);
                }
                int end = at + 1;
                while (end < source.length() && source.at(end) != quote) {
                    end += source.at(end) == '\\' ? 2 : 1;
                }
                yield end + 1 - at;
            }
            case SELECT -> {
                if (source.at(at) == '(') {
                    yield closing(at) + 1 - at;
                }
                Source.Name name = source.nameFrom(at);
                yield name.offset() + name.text().length() - at;
            }
            case IDENT -> Math.max(1, source.nameFrom(at).text().length());
            default -> 1;
        };
    }

    private int closing(int at) {
        int end = at;
        while (end < source.length() && source.at(end) != ')') {
            end++;
        }
        return end;
    }

    private int number(int at) {
        int end = at;
        while (Character.isLetterOrDigit(source.at(end)) || source.at(end) == '.') {
            end++;
        }
        return Math.max(1, end - at);
    }

    private static List<CelExpr> children(CelExpr expr) {
        List<CelExpr> all = new ArrayList<>();
        switch (expr.getKind()) {
            case SELECT -> all.add(expr.select().operand());
            case CALL -> {
                expr.call().target().ifPresent(all::add);
                all.addAll(expr.call().args());
            }
            case LIST -> all.addAll(expr.list().elements());
            case MAP ->
                    expr.map()
                            .entries()
                            .forEach(entry -> {
                                all.add(entry.key());
                                all.add(entry.value());
                            });
            case STRUCT -> expr.struct().entries().forEach(entry -> all.add(entry.value()));
            case COMPREHENSION -> {
                all.add(expr.comprehension().iterRange());
                all.add(expr.comprehension().loopStep());
            }
            case CONSTANT, IDENT, NOT_SET -> {}
        }
        return all;
    }
}
