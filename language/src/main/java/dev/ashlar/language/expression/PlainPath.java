package dev.ashlar.language.expression;

import dev.ashlar.language.expression.Translation.Typed;
import dev.ashlar.model.type.Type;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commonest expression, a variable and fields of it, understood without CEL: its parser and
/// checker take a millisecond an expression in a process that has just started. Whatever is not
/// plainly right is left to them, and so are the problems.
final class PlainPath {
    private static final Pattern PATH = Pattern.compile("\\s*(\\w[\\w.]*)\\s*");
    private static final Set<String> RESERVED =
            Set.of(
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "false",
                    "for",
                    "function",
                    "if",
                    "import",
                    "in",
                    "let",
                    "loop",
                    "namespace",
                    "null",
                    "package",
                    "return",
                    "true",
                    "var",
                    "void",
                    "while");

    private PlainPath() {}

    private static boolean isNoName(String segment) {
        return segment.isEmpty() || RESERVED.contains(segment);
    }

    /// The path's term; empty for anything else, and for a path that does not lead anywhere.
    static Optional<Typed> of(Source source, Environment environment) {
        Matcher matcher = PATH.matcher(source.text());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> path = List.of(matcher.group(1).split("\\.", -1));
        Type type = environment.variables().get(path.getFirst());
        if (type == null || path.stream().anyMatch(PlainPath::isNoName)) {
            return Optional.empty();
        }
        Term term = new Term.Variable(path.getFirst());
        int end = matcher.start(1) + path.getFirst().length();
        for (String field : path.subList(1, path.size())) {
            Type declared =
                    Secrets.plain(type) instanceof Type.Struct struct
                            ? struct.fields().get(field)
                            : null;
            if (declared == null) {
                return Optional.empty();
            }
            end += 1 + field.length();
            type = Secrets.like(type, declared);
            term =
                    new Term.Select(
                            term,
                            field,
                            type,
                            source.span(matcher.start(1), end - matcher.start(1)));
        }
        return Optional.of(new Typed(term, type, List.of(path)));
    }
}
