package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Span;

/// Where each character of a decoded scalar stands in its file. Computed when first asked for by
/// walking the raw text beside the decoded one; safe for use by several threads (the walk is
/// repeatable and the result final).
public final class ScalarPlaces {
    private final String file;
    private final String decoded;
    private final Raw raw;

    /// A stretch of source text as written.
    ///
    /// @param text from the first character of the scalar (quote or block mark included) to its end
    /// @param line of its first character, from 1
    /// @param column of its first character, from 1, in code points
    /// @param form how it is written
    record Raw(String text, int line, int column, Form form) {}

    /// How a scalar is written: decides what of the raw text is no content.
    enum Form {
        PLAIN,
        SINGLE_QUOTED,
        DOUBLE_QUOTED,
        LITERAL,
        FOLDED
    }

    ScalarPlaces(String file, String decoded, Raw raw) {
        this.file = file;
        this.decoded = decoded;
        this.raw = raw;
    }

    /// The stretch of the file from UTF-16 offset `start` to `end` of the decoded text.
    public Span span(int start, int end) {
        int[] offsets = new ScalarWalk(decoded, raw).offsets();
        int from = offsets[Math.clamp(start, 0, decoded.length())];
        int to = offsets[Math.clamp(Math.max(end, start), 0, decoded.length())];
        int[] begin = position(from);
        int[] stop = position(Math.max(to, from));
        boolean empty = begin[0] == stop[0] && begin[1] == stop[1];
        return new Span(file, begin[0], begin[1], stop[0], empty ? begin[1] + 1 : stop[1]);
    }

    /// Line and column of a raw offset.
    private int[] position(int offset) {
        String text = raw.text();
        int line = raw.line();
        int column = raw.column();
        for (int i = 0; i < offset && i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new int[] {line, column};
    }
}
