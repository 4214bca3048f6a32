package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a checked tree into terms, and checks on the way what CEL does not: structures that lack a
/// field, values that may be absent, secrets, and constants of types that the language has not.
final class Translation {
    private final CelAbstractSyntaxTree tree;
    private final Source source;
    private final TypeNames names;
    private final Environment environment;
    private final Diagnostics problems;
    private final Set<List<String>> reads = new LinkedHashSet<>();
    private final Map<String, Typed> locals = new HashMap<>();
    private final Guards guards = new Guards();
    private boolean failed;

    Translation(CelAbstractSyntaxTree tree, Source source, Checker checker, Diagnostics problems) {
        this.tree = tree;
        this.source = source;
        this.names = checker.names();
        this.environment = checker.environment();
        this.problems = problems;
    }

    /// A term with its type and, where it is a path or a choice between paths, those paths.
    record Typed(Term term, Type type, List<List<String>> paths) {
        Typed(Term term, Type type) {
            this(term, type, List.of());
        }
    }

    /// The whole expression; empty when problems were found.
    Optional<Typed> translate() {
        Typed typed = visit(tree.getExpr());
        consume(typed);
        return failed ? Optional.empty() : Optional.of(typed);
    }

    /// The paths read; complete after [#translate].
    Set<List<String>> reads() {
        return reads;
    }

    Typed visit(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr);
            case IDENT -> variable(expr);
            case SELECT -> select(expr);
            case CALL -> new Calls(this).translate(expr);
            case LIST -> list(expr);
            case MAP -> map(expr);
            case STRUCT -> creation(expr);
            case COMPREHENSION -> new Comprehensions(this).translate(expr);
            case NOT_SET -> new Typed(new Term.Constant(Value.nothing()), TypeNames.ANY);
        };
    }

    /// Visits what is used as a whole and must be there.
    Typed need(CelExpr expr) {
        Typed typed = visit(expr);
        consume(typed);
        return present(typed, expr);
    }

    /// Complains about a value that may be absent where one is needed.
    Typed present(Typed typed, CelExpr expr) {
        Type plain = Secrets.plain(typed.type());
        if (plain instanceof Type.OptionalOf(Type inner) && !typed.paths().isEmpty()) {
            String path = String.join(".", typed.paths().getFirst());
            problem(
                    Diagnostic.of(
                                    Code.ASH0203,
                                    span(expr),
                                    "\"" + path + "\" may be absent, and a value is needed here")
                            .withHelp(
                                    "write `has(%s) ? … : …`, or `.?` before the last name and `.orValue(…)` after it"
                                            .formatted(path)));
            return new Typed(typed.term(), inner, typed.paths());
        }
        return typed;
    }

    void consume(Typed typed) {
        reads.addAll(typed.paths());
    }

    void read(List<String> path) {
        reads.add(path);
    }

    void problem(Diagnostic diagnostic) {
        failed = true;
        problems.add(diagnostic);
    }

    Guards guards() {
        return guards;
    }

    Map<String, Typed> locals() {
        return locals;
    }

    /// The type that the checker found.
    Type type(CelExpr expr) {
        return tree.getType(expr.id()).flatMap(names::type).orElse(TypeNames.ANY);
    }

    Span span(CelExpr expr) {
        return Extent.of(expr, tree, source);
    }

    /// The place of the sign or name by which the tree knows the node.
    Span mark(CelExpr expr) {
        return source.token(tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0));
    }

    private Typed constant(CelExpr expr) {
        CelConstant constant = expr.constant();
        Optional<Value> value =
                switch (constant.getKind()) {
                    case BOOLEAN_VALUE -> Optional.of(Value.truth(constant.booleanValue()));
                    case INT64_VALUE -> Optional.of(Value.number(constant.int64Value()));
                    case DOUBLE_VALUE ->
                            Optional.of(Operations.plain(new Data.Real(constant.doubleValue())));
                    case STRING_VALUE -> Optional.of(Value.text(constant.stringValue()));
                    default -> Optional.empty();
                };
        if (value.isEmpty()) {
            problem(
                    Diagnostic.of(
                            Code.ASH0203,
                            mark(expr),
                            "null, bytes and unsigned numbers are not values of the language"));
        }
        Span span = span(expr);
        return new Typed(
                new Term.Constant(value.orElseGet(Value::nothing).labelled(Term.written(span))),
                type(expr));
    }

    private Typed variable(CelExpr expr) {
        String name = expr.ident().name();
        Typed local = locals.get(name);
        if (local != null) {
            return local;
        }
        Type type = environment.variables().get(name);
        if (type == null) {
            problem(
                    Diagnostic.of(
                            Code.ASH0203, mark(expr), "\"" + name + "\" is a type, not a value"));
            return new Typed(new Term.Constant(Value.nothing()), TypeNames.ANY);
        }
        List<String> path = List.of(name);
        return new Typed(new Term.Variable(name), type, List.of(path));
    }

    private Typed select(CelExpr expr) {
        CelExpr.CelSelect select = expr.select();
        Typed operand = present(visit(select.operand()), select.operand());
        Type declared = fieldType(operand.type(), select.field());
        String field = fieldName(operand, select.field());
        List<List<String>> paths = extend(operand.paths(), field);
        Type type = Secrets.like(operand.type(), declared);
        if (select.testOnly()) {
            reads.addAll(paths);
            return presence(operand, field, declared, span(expr));
        }
        type = guards.narrow(expr, type);
        if (paths.isEmpty()) {
            consume(operand);
        }
        return new Typed(new Term.Select(operand.term(), field, type, span(expr)), type, paths);
    }

    /// Whether a field is there: a secret where that it may be absent is part of one.
    private static Typed presence(Typed operand, String field, Type declared, Span span) {
        boolean optional = Secrets.plain(declared) instanceof Type.OptionalOf;
        Type type = Secrets.like(operand.type(), Type.Scalar.BOOL);
        type = optional ? Secrets.like(declared, type) : type;
        return new Typed(new Term.Has(operand.term(), field, optional, type, span), type);
    }

    /// What is collected goes by the type's full name, however it was written.
    private String fieldName(Typed operand, String written) {
        boolean collects = operand.paths().equals(List.of(List.of(Collected.NAME)));
        return collects
                ? environment
                        .collected(written)
                        .map(list -> list.element().toString())
                        .orElse(written)
                : written;
    }

    /// The declared type of a field or entry.
    Type fieldType(Type operand, String field) {
        return switch (Secrets.plain(operand)) {
            case Type.Struct struct -> struct.fields().getOrDefault(field, TypeNames.ANY);
            case Type.MapOf(Type value) -> value;
            case Type.OptionalOf(Type value) -> fieldType(value, field);
            default -> TypeNames.ANY;
        };
    }

    static List<List<String>> extend(List<List<String>> paths, String segment) {
        return paths.stream()
                .map(path -> {
                    List<String> longer = new ArrayList<>(path);
                    longer.add(segment);
                    return List.copyOf(longer);
                })
                .toList();
    }

    private Typed list(CelExpr expr) {
        List<Term> elements = new ArrayList<>();
        Type type = type(expr);
        List<Type> types = new ArrayList<>();
        for (CelExpr element : expr.list().elements()) {
            Typed typed = need(element);
            elements.add(typed.term());
            types.add(typed.type());
        }
        unmixed(expr, "the elements of a list", types);
        type = secretly(types).map(Type::listOf).orElse(type);
        return new Typed(new Term.Elements(elements, span(expr)), type);
    }

    private Typed map(CelExpr expr) {
        List<Term> keys = new ArrayList<>();
        List<Term> values = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        boolean secret = false;
        for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
            Typed key = need(entry.key());
            Typed value = need(entry.value());
            keys.add(key.term());
            values.add(value.term());
            types.add(value.type());
            secret |= Type.hasSecret(key.type());
            if (Secrets.plain(key.type()) != Type.Scalar.TEXT) {
                problem(
                        Diagnostic.of(
                                Code.ASH0203,
                                span(entry.key()),
                                "the keys of a map are strings, but this is " + key.type()));
            }
        }
        unmixed(expr, "the values of a map", types);
        Type plain = secretly(types).map(Type::mapOf).orElse(type(expr));
        Type type = secret ? Secrets.of(plain) : plain;
        return new Typed(new Term.Entries(keys, values, type, span(expr)), type);
    }

    /// The type of what all of these are put into, where one of them has a secret.
    private static Optional<Type> secretly(List<Type> types) {
        return types.stream().anyMatch(Type::hasSecret)
                ? types.stream().reduce(Secrets::merged)
                : Optional.empty();
    }

    /// CEL lets a list hold anything; the language wants one type.
    private void unmixed(CelExpr expr, String what, List<Type> types) {
        Type found =
                switch (type(expr)) {
                    case Type.ListOf(Type element) -> element;
                    case Type.MapOf(Type value) -> value;
                    default -> TypeNames.ANY;
                };
        List<String> different =
                types.stream().map(Type::stripped).map(Type::toString).distinct().toList();
        if (found.equals(TypeNames.ANY) && different.size() > 1) {
            problem(
                    Diagnostic.of(
                            Code.ASH0203,
                            span(expr),
                            what
                                    + " must be of one type, but these are "
                                    + String.join(" and ", different)));
        }
    }

    private Typed creation(CelExpr expr) {
        if (!(type(expr) instanceof Type.Struct struct)
                || !names.creatable().contains(struct.name())) {
            problem(Diagnostic.of(Code.ASH0107, mark(expr), "no type to create here"));
            return new Typed(new Term.Constant(Value.nothing()), TypeNames.ANY);
        }
        Map<String, Term> given = new LinkedHashMap<>();
        for (CelExpr.CelStruct.Entry entry : expr.struct().entries()) {
            Type wanted = struct.fields().getOrDefault(entry.fieldKey(), TypeNames.ANY);
            boolean mayLack = Secrets.plain(wanted) instanceof Type.OptionalOf;
            Typed value = mayLack ? whole(entry.value()) : need(entry.value());
            Flow.check(
                            wanted,
                            value.type(),
                            span(entry.value()),
                            "field \"" + entry.fieldKey() + "\"",
                            () -> secret(value))
                    .ifPresent(this::problem);
            given.put(entry.fieldKey(), Flow.seal(value.term(), wanted));
        }
        List<String> missing =
                struct.fields().entrySet().stream()
                        .filter(field -> !given.containsKey(field.getKey()))
                        .filter(field ->
                                !(Secrets.plain(field.getValue()) instanceof Type.OptionalOf))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!missing.isEmpty()) {
            String fields =
                    (missing.size() == 1 ? "field " : "fields ") + String.join(", ", missing);
            problem(
                    Diagnostic.of(
                                    Code.ASH0207,
                                    source.span(source.nameBefore(position(expr))),
                                    struct.name() + " lacks " + fields)
                            .withHelp("only fields of an optional(…) type may be left out"));
        }
        return new Typed(new Term.Creation(struct, given, span(expr)), struct);
    }

    private Typed whole(CelExpr expr) {
        Typed typed = visit(expr);
        consume(typed);
        return typed;
    }

    /// The path by which a value is a secret.
    private String secret(Typed value) {
        return Leak.path(value.paths(), environment)
                .or(() -> Leak.path(reads, environment))
                .orElse(Leak.SOME);
    }

    private int position(CelExpr expr) {
        return tree.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    }
}
