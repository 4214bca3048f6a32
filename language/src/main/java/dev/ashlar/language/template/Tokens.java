package dev.ashlar.language.template;

import dev.ashlar.language.template.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cuts the tags of a template into tokens. Pebble's tree tells lines only, and its parser takes
/// time and stack without bound; this takes time that grows with the text.
final class Tokens {
    /// What is kept of each takes many times the room of its characters.
    static final int COUNT_MAX = 50_000;

    private static final Pattern OPEN = Pattern.compile("\\{\\{-?|\\{%-?|\\{#");
    private static final Pattern VERBATIM = Pattern.compile("\\{%-?\\s*verbatim\\s*-?%}");
    private static final Pattern END_VERBATIM = Pattern.compile("\\{%-?\\s*endverbatim\\s*-?%}");
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<word>[\\p{L}_][\\p{L}\\p{N}_]*+)|(?<number>\\d++(?:\\.\\d++)?)"
                            + "|(?<sign>\\.\\.|\\S)");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private Optional<Token> unclosed = Optional.empty();
    private boolean tooMany;
    private int counted;
    private int line = 1;
    private int column = 1;

    private Tokens(String text) {
        this.text = text;
    }

    static Tokens of(String text) {
        Tokens tokens = new Tokens(text);
        tokens.cut();
        return tokens;
    }

    List<Token> all() {
        return tokens;
    }

    /// The beginning of a tag, or of what is to be taken as it stands, that never ends.
    Optional<Token> unclosed() {
        return unclosed;
    }

    /// True when there are more, of which nothing is known.
    boolean tooMany() {
        return tooMany;
    }

    private void cut() {
        Matcher open = OPEN.matcher(text);
        Matcher verbatim = VERBATIM.matcher(text);
        Matcher end = END_VERBATIM.matcher(text);
        int at = 0;
        while (unclosed.isEmpty() && !tooMany && open.find(at)) {
            int from = open.start();
            if (open.group().equals("{#")) {
                int closed = text.indexOf("#}", from);
                at = closed < 0 ? text.length() : closed + 2;
            } else if (verbatim.region(from, text.length()).lookingAt()) {
                boolean closed = end.find(verbatim.end());
                unclosed = closed ? Optional.empty() : Optional.of(token(Kind.OPEN, "{%", from));
                at = closed ? end.end() : text.length();
            } else {
                at = tag(from, open.end(), text.startsWith("{{", from) ? "}}" : "%}");
            }
        }
    }

    /// @return the end of the tag
    private int tag(int from, int inside, String close) {
        Token opening = token(Kind.OPEN, text.substring(from, from + 2), from);
        tokens.add(opening);
        Matcher next = TOKEN.matcher(text);
        int braces = 0;
        int quote = -1;
        int at = inside;
        while (next.find(at)) {
            int string = next.start() == quote ? 0 : endOfString(next.start());
            if (braces == 0 && text.startsWith(close, next.start())) {
                tokens.add(token(Kind.CLOSE, close, next.start()));
                return next.start() + close.length();
            }
            String found = text.substring(next.start(), Math.max(next.end(), string));
            boolean sign = next.group("sign") != null;
            int filled = found.startsWith("\"") ? found.indexOf("#{") : -1;
            if (tokens.size() >= COUNT_MAX) {
                tooMany = true;
                return text.length();
            }
            if (next.start() != quote) {
                tokens.add(token(string > 0 ? Kind.STRING : kind(next), found, next.start()));
            }
            if (filled > 0) {
                quote = string - 1;
                braces++;
                at = next.start() + filled + 2;
            } else {
                braces += sign && found.equals("{") ? 1 : 0;
                braces -= sign && found.equals("}") && braces > 0 ? 1 : 0;
                at = next.start() + found.length();
            }
        }
        unclosed = Optional.of(opening);
        return text.length();
    }

    private static Kind kind(Matcher found) {
        if (found.group("word") != null) {
            return Kind.WORD;
        }
        return found.group("number") != null ? Kind.NUMBER : Kind.SIGN;
    }

    /// The end of the string that begins there; 0 where none does or it has no end.
    private int endOfString(int from) {
        char quote = text.charAt(from);
        if (quote != '\'' && quote != '"') {
            return 0;
        }
        for (int at = from + 1; at < text.length(); at++) {
            if (text.charAt(at) == quote) {
                return at + 1;
            }
            at += text.charAt(at) == '\\' ? 1 : 0;
        }
        return 0;
    }

    /// Tokens are made in the order of the text.
    private Token token(Kind kind, String word, int at) {
        for (; counted < at; counted++) {
            if (text.charAt(counted) == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(text.charAt(counted))) {
                column++;
            }
        }
        return new Token(kind, word, line, column);
    }
}
