package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Expression;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// Turns scalars of a source file into checked expressions. Problems go to the [Diagnostics] it was
/// made with, never into exceptions. Confined to one thread; what it makes is immutable.
public final class ExpressionCompiler {
    /// Characters of one expression.
    public static final int LENGTH_MAX = 10_000;

    /// Levels of one expression. An operator, a call or a field after another is a level, too.
    public static final int DEPTH_MAX = 250;

    private final Diagnostics problems;
    private final Map<Environment, Checker> checkers = new HashMap<>();

    public ExpressionCompiler(Diagnostics problems) {
        this.problems = problems;
    }

    /// Loads what the first expression needs. Calling it on another thread while files are read
    /// hides most of the cost of the first compilation.
    public static void preload() {
        Type named = Type.Struct.of("Named", Map.of("name", Type.Scalar.TEXT));
        Environment environment = Environment.of(Map.of("x", Type.listOf(named)));
        new ExpressionCompiler(new Diagnostics())
                .scalar(
                        Snippet.plain("${x.map(y, 'a' + y.name).first()}", "preload", 1, 1),
                        environment,
                        Optional.empty());
    }

    /// A scalar that may hold `${…}`. Alone (a line break after it does not count) it keeps its
    /// type, inside text it makes a string, `$${` is the escape for `${`; text without any is a
    /// literal string, all digits or not.
    ///
    /// @param expected the type asked for; the result then has that type. A public value becomes
    ///   secret where a secret is expected.
    /// @return empty when problems were found
    public Optional<Expression> scalar(
            Snippet snippet, Environment environment, Optional<Type> expected) {
        List<ScalarText.Part> parts = ScalarText.of(snippet.text()).parts();
        Optional<ScalarText.Embedded> alone = alone(parts);
        Set<List<String>> reads = new LinkedHashSet<>();
        Optional<Translation.Typed> typed =
                alone.isPresent()
                        ? embedded(alone.get(), snippet, environment, reads)
                        : text(parts, snippet, environment, reads);
        return typed.flatMap(found -> fitted(found, snippet, environment, expected, reads));
    }

    /// A value written in a file. Unlabelled parts of it get that place as their origin.
    public static Expression literal(Value value, Type type, Span span, String source) {
        Value labelled =
                value.label().equals(Label.NONE) ? value.labelled(Term.written(span)) : value;
        return new Checked(
                Flow.seal(new Term.Constant(labelled), type), type, span, source, Set.of());
    }

    /// A list whose elements are expressions.
    public static Expression listOf(List<Expression> elements, Type type, Span span) {
        return Composed.of(List.of(), elements, type, span);
    }

    /// A map whose values are expressions.
    public static Expression mapOf(Map<String, Expression> entries, Type type, Span span) {
        return Composed.of(
                List.copyOf(entries.keySet()), List.copyOf(entries.values()), type, span);
    }

    /// A structure whose fields are expressions. Fields of the type that are left out are absent:
    /// the caller has made sure that they are optional.
    ///
    /// @param type the structure's, or one that is secret or may be absent
    public static Expression structOf(Map<String, Expression> fields, Type type, Span span) {
        return Composed.of(List.copyOf(fields.keySet()), List.copyOf(fields.values()), type, span);
    }

    /// One of several expressions of a type, by the value of another, for each of whose values
    /// there is one.
    public static Expression selected(
            Expression selector, SequencedMap<String, Expression> cases, Type type, Span span) {
        return Selected.of(selector, cases, type, span);
    }

    private static Optional<ScalarText.Embedded> alone(List<ScalarText.Part> parts) {
        boolean only =
                parts.size() == 1
                        || (parts.size() == 2
                                && parts.get(1) instanceof ScalarText.Literal(String rest, _)
                                && rest.equals("\n"));
        return only && !parts.isEmpty() && parts.getFirst() instanceof ScalarText.Embedded part
                ? Optional.of(part)
                : Optional.empty();
    }

    private Optional<Translation.Typed> text(
            List<ScalarText.Part> parts,
            Snippet snippet,
            Environment environment,
            Set<List<String>> reads) {
        List<Term> terms = new ArrayList<>();
        Type type = Type.Scalar.TEXT;
        boolean complete = true;
        for (ScalarText.Part part : parts) {
            switch (part) {
                case ScalarText.Literal(String text, _) ->
                        terms.add(
                                new Term.Constant(
                                        Value.text(text).labelled(Term.written(snippet.span()))));
                case ScalarText.Unclosed(int offset) -> {
                    complete = false;
                    problems.add(
                            Diagnostic.of(
                                            Code.ASH0202,
                                            snippet.span(offset, 2),
                                            "`${` is not closed")
                                    .withHelp(
                                            "write } where the expression ends, or $${ for a plain ${"));
                }
                case ScalarText.Embedded embedded -> {
                    Optional<Translation.Typed> typed =
                            embedded(embedded, snippet, environment, reads)
                                    .filter(found -> textual(found, embedded, snippet));
                    complete &= typed.isPresent();
                    typed.ifPresent(found -> terms.add(found.term()));
                    boolean secret = typed.filter(t -> t.type() instanceof Type.Secret).isPresent();
                    type = secret ? Secrets.of(type) : type;
                }
            }
        }
        if (terms.isEmpty() && complete) {
            terms.add(new Term.Constant(Value.text("").labelled(Term.written(snippet.span()))));
        }
        Term term =
                terms.size() == 1 && parts.size() == 1 ? terms.getFirst() : join(terms, snippet);
        return complete ? Optional.of(new Translation.Typed(term, type)) : Optional.empty();
    }

    private static Term join(List<Term> terms, Snippet snippet) {
        return new Term.Joined(terms, snippet.span());
    }

    private boolean textual(
            Translation.Typed typed, ScalarText.Embedded embedded, Snippet snippet) {
        if (Secrets.plain(typed.type()) instanceof Type.Scalar) {
            return true;
        }
        Source source = new Source(embedded.text(), snippet, embedded.offset());
        Type plain = Secrets.plain(typed.type());
        Diagnostic problem =
                Diagnostic.of(
                        Code.ASH0201,
                        source.whole(),
                        "text takes strings, numbers and bools, but this is a " + plain);
        problems.add(
                switch (plain) {
                    case Type.ListOf _ -> problem.withHelp("join it: .join(',')");
                    case Type.OptionalOf _ ->
                            problem.withHelp("say what to write when it is absent: .orValue('…')");
                    default -> problem;
                });
        return false;
    }

    private Optional<Translation.Typed> embedded(
            ScalarText.Embedded part,
            Snippet snippet,
            Environment environment,
            Set<List<String>> reads) {
        Source source = new Source(part.text(), snippet, part.offset());
        if (part.text().isBlank()) {
            problems.add(
                    Diagnostic.of(Code.ASH0202, source.whole(), "there is no expression here"));
            return Optional.empty();
        }
        if (source.length() > LENGTH_MAX) {
            problems.add(
                    Diagnostic.of(
                                    Code.ASH0202,
                                    source.span(0, 1),
                                    "the expression has %d characters, at most %d are read"
                                            .formatted(source.length(), LENGTH_MAX))
                            .withHelp(Problems.SPLIT));
            return Optional.empty();
        }
        Optional<Translation.Typed> plain = PlainPath.of(source, environment);
        if (plain.isPresent()) {
            reads.addAll(plain.get().paths());
            return plain;
        }
        Checker checker = checkers.computeIfAbsent(environment, Checker::new);
        Problems found = new Problems(source, checker);
        var parsed = Checker.parse(part.text());
        if (parsed.hasError()) {
            problems.add(found.syntax(parsed));
            return Optional.empty();
        }
        var checked = checker.check(Checker.tree(parsed));
        if (checked.hasError()) {
            found.types(checked).forEach(problems::add);
            return Optional.empty();
        }
        Translation translation = new Translation(Checker.tree(checked), source, checker, problems);
        Optional<Translation.Typed> typed = translation.translate();
        reads.addAll(translation.reads());
        return typed;
    }

    private Optional<Expression> fitted(
            Translation.Typed typed,
            Snippet snippet,
            Environment environment,
            Optional<Type> expected,
            Set<List<String>> reads) {
        Optional<Diagnostic> problem =
                expected.isPresent()
                        ? Flow.check(
                                expected.get(),
                                typed.type(),
                                snippet.span(),
                                "this",
                                () -> Leak.path(reads, environment).orElse(Leak.SOME))
                        : Optional.of(typed.type())
                                .filter(Flow::open)
                                .map(_ ->
                                        Diagnostic.of(
                                                Code.ASH0203,
                                                snippet.span(),
                                                "what this holds cannot be told from it: declare its type"));
        if (problem.isPresent()) {
            problems.add(problem.get());
            return Optional.empty();
        }
        Type type = expected.orElse(typed.type());
        Term term = Flow.seal(typed.term(), type);
        return Optional.of(new Checked(term, type, snippet.span(), snippet.text(), reads));
    }
}
