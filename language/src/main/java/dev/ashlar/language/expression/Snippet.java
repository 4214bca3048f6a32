package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;

/// Text from a source file that knows where each of its characters was written, so that a problem
/// inside `${…}` points to its own place even in a quoted or folded YAML scalar.
///
/// @param text the text as decoded
/// @param span the whole scalar in the file
/// @param positions where the characters were written
public record Snippet(String text, Span span, Positions positions) {

    /// A place in a file, both from 1, columns in code points.
    public record Position(int line, int column) {}

    /// Where each character of a text was written.
    @FunctionalInterface
    public interface Positions {

        /// The place of the character at `offset` (in code points); of the text's end for an offset
        /// beyond it.
        Position at(int offset);
    }

    /// Text that was written on one line exactly as it reads, beginning at that place.
    public static Snippet plain(String text, String file, int line, int column) {
        return new Snippet(
                text,
                Span.of(file, line, column, text.codePointCount(0, text.length())),
                offset -> new Position(line, column + offset));
    }

    /// A YAML scalar of any style.
    ///
    /// @param text the decoded value
    /// @param raw the source from the scalar's first character (the quote, `|`, `>` or the first
    ///   character of a plain scalar) to its end
    /// @param span where `raw` stands in the file
    public static Snippet ofScalar(String text, String raw, Span span) {
        return new Snippet(text, span, Alignment.of(text, raw, span));
    }

    /// The place of `length` characters from `offset` on (both in code points).
    public Span span(int offset, int length) {
        Position from = positions.at(offset);
        Position last = positions.at(offset + Math.max(1, length) - 1);
        return new Span(span.file(), from.line(), from.column(), last.line(), last.column() + 1);
    }
}
