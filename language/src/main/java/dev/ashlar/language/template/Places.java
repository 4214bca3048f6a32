package dev.ashlar.language.template;

import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds columns: Pebble knows only lines.
final class Places {
    private final String file;
    private final List<String> lines;

    Places(String file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
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
