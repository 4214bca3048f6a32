package dev.ashlar.language.expression;

import dev.ashlar.model.type.Type;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The optional paths that are known to be present at a place of an expression, because a `has(…)`
/// before it said so.
final class Guards {
    private Set<List<String>> present = Set.of();

    /// Runs with what `condition` says when it is `outcome` taken for granted.
    <T> T assuming(CelExpr condition, boolean outcome, Supplier<T> inside) {
        Set<List<String>> before = present;
        Set<List<String>> more = new HashSet<>(before);
        implied(condition, outcome, more);
        present = more;
        try {
            return inside.get();
        } finally {
            present = before;
        }
    }

    /// The type of what the expression reads, not optional any more where it is known to be
    /// present.
    Type narrow(CelExpr expr, Type type) {
        if (path(expr).filter(present::contains).isEmpty()) {
            return type;
        }
        return switch (type) {
            case Type.OptionalOf(Type inner) -> inner;
            case Type.Secret(Type.OptionalOf(Type inner)) -> new Type.Secret(inner);
            default -> type;
        };
    }

    private static void implied(CelExpr condition, boolean outcome, Set<List<String>> found) {
        switch (condition.getKind()) {
            case SELECT -> {
                if (condition.select().testOnly() && outcome) {
                    path(condition).ifPresent(found::add);
                }
            }
            case CALL -> {
                CelExpr.CelCall call = condition.call();
                boolean splits = call.function().equals(outcome ? "_&&_" : "_||_");
                if (splits) {
                    call.args().forEach(part -> implied(part, outcome, found));
                } else if (call.function().equals("!_")) {
                    implied(call.args().getFirst(), !outcome, found);
                }
            }
            default -> {}
        }
    }

    private static Optional<List<String>> path(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> Optional.of(List.of(expr.ident().name()));
            case SELECT ->
                    path(expr.select().operand())
                            .map(path -> {
                                List<String> longer = new ArrayList<>(path);
                                longer.add(expr.select().field());
                                return List.copyOf(longer);
                            });
            default -> Optional.empty();
        };
    }
}
