package dev.ashlar.language.template;

import dev.ashlar.language.template.Token.Kind;
import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds columns: Pebble knows only lines. Follows who walks a template's tree in the order in
/// which it was written, one token after the other. Confined to one thread.
final class Places {
    private static final Set<String> OPERATORS =
            Set.of("and", "or", "not", "is", "equals", "contains", "in");

    private final String file;
    private final List<String> lines;
    private final List<Token> tokens;
    private int at;

    Places(String file, String text, List<Token> tokens) {
        this.file = file;
        this.lines = text.lines().toList();
        this.tokens = tokens;
    }

    /// Goes on to the next tag that begins so.
    ///
    /// @param word empty for a tag without a word of its own
    void enter(String open, String word) {
        for (int i = at; i < tokens.size() - 1; i++) {
            Token token = tokens.get(i);
            if (token.kind() == Kind.OPEN
                    && token.is(open)
                    && (word.isEmpty() || tokens.get(i + 1).is(word))) {
                at = word.isEmpty() ? i + 1 : i + 2;
                return;
            }
        }
    }

    /// The place of a name and goes on after it.
    Span name(int line, String word) {
        return take(word, false).orElseGet(() -> word(line, word));
    }

    /// The place of a name after a dot or in brackets, and goes on after it.
    Span below(int line, String word) {
        return take(word, true).orElseGet(() -> field(line, word));
    }

    /// Goes on after a name with others below it.
    void path(int line, String dotted) {
        String[] names = dotted.split("\\.");
        name(line, names[0]);
        for (int i = 1; i < names.length; i++) {
            below(line, names[i]);
        }
    }

    /// Goes on after a string, number or word that stands for itself.
    void literal() {
        for (int i = at; i < tokens.size() && tokens.get(i).kind() != Kind.CLOSE; i++) {
            if (isOperand(tokens.get(i))) {
                at = i + 1;
                return;
            }
        }
    }

    /// Where the walk is now, for [#from].
    int mark() {
        return at;
    }

    /// The place of what was walked over since: from its first operand to its last.
    Span from(int mark, int line) {
        Optional<Token> first = Optional.empty();
        Token last = new Token(Kind.SIGN, "", line, 1);
        for (int i = mark; i < at && tokens.get(i).kind() != Kind.CLOSE; i++) {
            Token token = tokens.get(i);
            if (isOperand(token)) {
                first = first.or(() -> Optional.of(token));
                last = token;
            }
        }
        if (first.isEmpty()) {
            return word(line, "");
        }
        Span from = of(first.get());
        Span to = of(last);
        return new Span(file, from.line(), from.column(), to.endLine(), to.endColumn());
    }

    private static boolean isOperand(Token token) {
        return switch (token.kind()) {
            case WORD -> !OPERATORS.contains(token.text());
            case NUMBER, STRING -> true;
            case OPEN, CLOSE, SIGN -> false;
        };
    }

    private Optional<Span> take(String word, boolean below) {
        for (int i = at; i < tokens.size() && tokens.get(i).kind() != Kind.CLOSE; i++) {
            Token token = tokens.get(i);
            boolean named = token.kind() == Kind.WORD || (below && token.kind() == Kind.STRING);
            boolean follows = i > 0 && (tokens.get(i - 1).is(".") || tokens.get(i - 1).is("["));
            if (named && token.content().equals(word) && (!below || follows)) {
                at = i + 1;
                return Optional.of(inside(token));
            }
        }
        return Optional.empty();
    }

    Span of(Token token) {
        String text = token.text();
        int length = text.codePointCount(0, text.length());
        return Span.of(file, token.line(), token.column(), length);
    }

    /// Of a string what is between its quotes.
    private Span inside(Token token) {
        Span whole = of(token);
        int length = token.content().codePointCount(0, token.content().length());
        int quote = token.kind() == Kind.STRING ? 1 : 0;
        return Span.of(file, whole.line(), whole.column() + quote, length);
    }

    Span whole() {
        return Span.wholeFile(file);
    }

    String line(int number) {
        return number >= 1 && number <= lines.size() ? lines.get(number - 1) : "";
    }

    /// The word inside a tag of that line or of the next ones that it goes on over.
    Span word(int line, String word) {
        return find(line, word, "(?<![\\w.'\"])");
    }

    /// The word after a dot or a quote.
    Span field(int line, String word) {
        return find(line, word, "(?<=[.'\"])");
    }

    private Span find(int line, String word, String before) {
        if (!word.isBlank()) {
            boolean name = Character.isLetterOrDigit(word.codePointAt(word.length() - 1));
            Pattern pattern =
                    Pattern.compile(
                            (name ? before : "") + Pattern.quote(word) + (name ? "(?!\\w)" : ""));
            for (int at = line; at <= Math.min(line + 3, lines.size()); at++) {
                Matcher matcher = pattern.matcher(line(at));
                int from = at == line ? tag(line(at)) : 0;
                if (matcher.find(Math.max(0, from)) || (from > 0 && matcher.find(0))) {
                    int column = line(at).codePointCount(0, matcher.start()) + 1;
                    return Span.of(file, at, column, word.codePointCount(0, word.length()));
                }
            }
        }
        String text = line(line);
        int column = text.codePointCount(0, Math.max(0, tag(text))) + 1;
        return Span.of(file, Math.max(1, line), column, 2);
    }

    /// Where the first tag of a line begins.
    private static int tag(String line) {
        int print = line.indexOf("{{");
        int execute = line.indexOf("{%");
        if (print < 0 || execute < 0) {
            return Math.max(print, execute);
        }
        return Math.min(print, execute);
    }
}
