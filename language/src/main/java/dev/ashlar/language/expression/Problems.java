package dev.ashlar.language.expression;

import dev.ashlar.model.composition.Collected;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.type.Type;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Says in the language's words what CEL's parser and checker found.
final class Problems {
    private static final Pattern UNDECLARED =
            Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*");
    private static final Pattern FIELD_TYPE =
            Pattern.compile("expected type of field '(.*)' is '(.*)' but provided type is '(.*)'");
    private static final Pattern OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '(.*?)' applied to '(.*?)' \\(candidates.*",
                    Pattern.DOTALL);
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting.*", Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile("missing '(.*?)' at .*", Pattern.DOTALL);
    private static final Pattern VIABLE =
            Pattern.compile("no viable alternative at input '(.*)'", Pattern.DOTALL);
    private static final Pattern TOKEN =
            Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);

    private static final Pattern DEPTH =
            Pattern.compile("expression recursion limit exceeded.*", Pattern.CASE_INSENSITIVE);

    /// What to do with an expression that is too much for one.
    static final String SPLIT =
            "give a part of it a name: an input of the step, an output or a parameter";

    private final Source source;
    private final Checker checker;

    Problems(Source source, Checker checker) {
        this.source = source;
        this.checker = checker;
    }

    /// The first syntax error: the others mostly follow from it.
    Diagnostic syntax(CelValidationResult result) {
        CelIssue first =
                result.getErrors().stream()
                        .min(Comparator.comparingInt(this::offset))
                        .orElseThrow();
        return syntax(first.getMessage(), offset(first));
    }

    List<Diagnostic> types(CelValidationResult result) {
        List<Diagnostic> all = new ArrayList<>();
        for (CelIssue issue : result.getErrors()) {
            type(issue.getMessage(), offset(issue)).ifPresent(all::add);
        }
        return all;
    }

    private int offset(CelIssue issue) {
        int line = issue.getSourceLocation().getLine();
        return line < 1 ? 0 : source.offset(line, issue.getSourceLocation().getColumn());
    }

    private Diagnostic syntax(String message, int offset) {
        if (DEPTH.matcher(message).matches()) {
            return Diagnostic.of(
                            Code.ASH0202,
                            source.span(0, 1),
                            "the expression is more than %d levels deep"
                                    .formatted(ExpressionCompiler.DEPTH_MAX))
                    .withHelp(SPLIT);
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        Matcher missing = MISSING.matcher(message);
        Matcher viable = VIABLE.matcher(message);
        Matcher token = TOKEN.matcher(message);
        String words;
        if (unexpected.matches()) {
            words = unexpected(unexpected.group(1));
        } else if (missing.matches()) {
            words = "\"" + missing.group(1) + "\" is missing";
        } else if (viable.matches()) {
            words = "the expression breaks off or has a word too many";
        } else if (token.matches()) {
            words =
                    token.group(1).startsWith("'") || token.group(1).startsWith("\"")
                            ? "the string is not closed"
                            : "\"" + token.group(1).strip() + "\" has no meaning in an expression";
        } else {
            words = lower(message);
        }
        Diagnostic problem = Diagnostic.of(Code.ASH0202, source.token(offset), words);
        return hint(offset).map(problem::withHelp).orElse(problem);
    }

    private static String unexpected(String token) {
        return token.equals("<EOF>")
                ? "the expression ends too early"
                : "\"" + token + "\" is not expected here";
    }

    /// The spelling of other languages.
    private Optional<String> hint(int offset) {
        return switch (source.nameFrom(offset).text()) {
            case "and" -> Optional.of("write && for \"and\"");
            case "or" -> Optional.of("write || for \"or\"");
            case "not" -> Optional.of("write ! for \"not\"");
            case "if", "else" -> Optional.of("write `condition ? a : b`");
            default ->
                    switch (source.at(offset)) {
                        case '=' -> Optional.of("write == to compare");
                        case '?' -> Optional.of(Absent.STANDS_IN);
                        default -> Optional.empty();
                    };
        };
    }

    private Optional<Diagnostic> type(String message, int offset) {
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            return isOfMaker(offset) ? Optional.empty() : Optional.of(undeclared(name, offset));
        }
        Matcher field = FIELD.matcher(message);
        if (field.matches()) {
            return Optional.of(field(field.group(1), offset));
        }
        if (message.startsWith("Message type resolution failure")
                || message.startsWith("[internal]")) {
            return Optional.empty();
        }
        Matcher fieldType = FIELD_TYPE.matcher(message);
        if (fieldType.matches()) {
            String wanted = Words.type(fieldType.group(2));
            String found = Words.type(fieldType.group(3));
            return Optional.of(
                    Diagnostic.of(
                                    Code.ASH0201,
                                    source.span(source.nameBefore(offset)),
                                    "field \"%s\" takes %s, but this is %s"
                                            .formatted(fieldType.group(1), wanted, found))
                            .withLabel("expected " + wanted + ", found " + found));
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return Optional.of(overload(overload.group(1), overload.group(2), offset));
        }
        return Optional.of(
                Diagnostic.of(Code.ASH0203, source.token(offset), Words.type(lower(message))));
    }

    private Diagnostic undeclared(String name, int offset) {
        if (name.equals(Collected.NAME)) {
            return checker.environment().notCollected("", source.span(source.nameBefore(offset)));
        }
        Source.Name before = source.nameBefore(offset);
        if (name.equals(Absent.MAKER)) {
            String made = source.nameFrom(offset + name.length()).text();
            return Diagnostic.of(
                            Code.ASH0203,
                            source.token(offset),
                            "unknown function \"" + name + "." + made + "\"")
                    .withHelp(Absent.insteadOfMaking(made));
        }
        if (source.at(offset) == '(') {
            Diagnostic unknown =
                    Diagnostic.of(
                            Code.ASH0203, source.span(before), "unknown function \"" + name + "\"");
            return Absent.insteadOf(name)
                    .map(unknown::withHelp)
                    .orElseGet(() -> withHint(unknown, name, Functions.names()));
        }
        if (source.at(offset) == '{') {
            return withHint(
                    Diagnostic.of(
                            Code.ASH0107, source.span(before), "unknown type \"" + name + "\""),
                    name,
                    checker.names().creatable());
        }
        return withHint(
                Diagnostic.of(
                        Code.ASH0206, source.token(offset), "unknown variable \"" + name + "\""),
                name,
                checker.environment().names());
    }

    /// What follows on `optional.` is told with that.
    private boolean isOfMaker(int offset) {
        if (source.at(offset) != '(') {
            return false;
        }
        int dot = source.nameBefore(offset).offset() - 1;
        return source.at(dot) == '.' && source.nameBefore(dot).text().equals(Absent.MAKER);
    }

    private Diagnostic field(String name, int offset) {
        if (source.at(offset) == '(') {
            return Collecting.problem(name, offset, source, checker.environment());
        }
        boolean creating = source.at(offset) == ':';
        Source.Name at = creating ? source.nameBefore(offset) : source.nameFrom(offset);
        Optional<Type.Struct> owner =
                creating
                        ? Optional.empty()
                        : Owners.of(source.text(), offset, checker.environment());
        Collection<String> candidates =
                owner.map(o -> (Collection<String>) o.fields().keySet()).orElseGet(this::allFields);
        String of = owner.map(o -> " in " + o.name()).orElse("");
        return withHint(
                Diagnostic.of(Code.ASH0206, source.span(at), "unknown field \"" + name + "\"" + of),
                name,
                candidates);
    }

    private Collection<String> allFields() {
        Set<String> all = new LinkedHashSet<>();
        checker.names().structs().forEach(struct -> all.addAll(struct.fields().keySet()));
        return all;
    }

    private Diagnostic overload(String function, String signature, int offset) {
        boolean operator = source.at(offset) != '(' && source.at(offset) != '[';
        Source.Name before = source.nameBefore(offset);
        Diagnostic problem =
                Diagnostic.of(
                        Code.ASH0203,
                        operator || before.text().isEmpty()
                                ? source.token(offset)
                                : source.span(before),
                        Words.overload(function, signature));
        return Words.help(function, signature).map(problem::withHelp).orElse(problem);
    }

    private static Diagnostic withHint(
            Diagnostic problem, String name, Collection<String> candidates) {
        return Spelling.hint(name, candidates).map(problem::withHelp).orElse(problem);
    }

    private static String lower(String message) {
        String words = message.strip();
        words = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        return words.isEmpty()
                ? "not an expression"
                : Character.toLowerCase(words.charAt(0)) + words.substring(1);
    }
}
