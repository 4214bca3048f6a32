package dev.ashlar.language.report;

import dev.ashlar.model.diagnostic.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The source lines a problem is shown with. Widths are counted in code points; tabs take four
/// places; of a line longer than [#WIDTH_MAX] the part around the caret is shown.
final class Excerpts {
    static final int WIDTH_MAX = 100;
    private static final String TAB = "    ";

    private final Map<String, String> sources;
    private final Map<String, List<String>> split = new HashMap<>();

    /// A line as shown.
    ///
    /// @param caretAt how far from the text's start the caret stands
    record Line(int number, String text, int caretAt, int caretLength) {}

    Excerpts(Map<String, String> sources) {
        this.sources = sources;
    }

    /// The line of the span, last, and the one before it if that says anything; none when the file
    /// is not known or shorter.
    List<Line> around(Span span) {
        List<String> lines =
                split.computeIfAbsent(
                        span.file(), file -> sources.getOrDefault(file, "").lines().toList());
        if (span.line() > lines.size()) {
            return List.of();
        }
        List<Line> shown = new ArrayList<>();
        String own = lines.get(span.line() - 1);
        Line marked = marked(span, own);
        if (span.line() > 1 && !lines.get(span.line() - 2).isBlank() && !cut(own)) {
            String before = expand(lines.get(span.line() - 2)).stripTrailing();
            int[] points = before.codePoints().toArray();
            String fitting =
                    points.length > WIDTH_MAX ? new String(points, 0, WIDTH_MAX - 1) + "…" : before;
            shown.add(new Line(span.line() - 1, fitting, 0, 0));
        }
        shown.add(marked);
        return shown;
    }

    private static boolean cut(String line) {
        String expanded = expand(line);
        return expanded.codePointCount(0, expanded.length()) > WIDTH_MAX;
    }

    private static Line marked(Span span, String line) {
        int points = line.codePointCount(0, line.length());
        int from = Math.clamp(span.column() - 1L, 0, points);
        int to =
                span.endLine() == span.line()
                        ? Math.clamp(span.endColumn() - 1L, from, points)
                        : line.stripTrailing().codePointCount(0, line.stripTrailing().length());
        int start = width(line, from);
        int length = Math.max(1, width(line, to) - start);
        int[] all = expand(line).stripTrailing().codePoints().toArray();
        if (all.length <= WIDTH_MAX) {
            return new Line(span.line(), new String(all, 0, all.length), start, length);
        }
        int left = Math.clamp(start - WIDTH_MAX / 3L, 0, all.length - (WIDTH_MAX - 2));
        int right = Math.min(all.length, left + WIDTH_MAX - 2);
        String text =
                (left > 0 ? "…" : "")
                        + new String(all, left, right - left)
                        + (right < all.length ? "…" : "");
        int shift = left > 0 ? 1 - left : 0;
        return new Line(span.line(), text, start + shift, Math.min(length, right - start));
    }

    /// How many places the first code points of a line take.
    private static int width(String line, int points) {
        int end = line.offsetByCodePoints(0, points);
        String expanded = expand(line.substring(0, end));
        return expanded.codePointCount(0, expanded.length());
    }

    private static String expand(String line) {
        return printable(line.replace("\t", TAB));
    }

    /// Without characters that could do something to a terminal.
    static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point ->
                        clean.appendCodePoint(
                                Character.isISOControl(point)
                                                || Character.getType(point) == Character.FORMAT
                                        ? 0xFFFD
                                        : point));
        return clean.toString();
    }
}
