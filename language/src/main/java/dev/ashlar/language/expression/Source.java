package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;

/// The text of one CEL expression and where it stands: offset 0 is the character after `${`.
final class Source {
    private final String text;
    private final Snippet snippet;
    private final int base;
    private final int[] code;

    Source(String text, Snippet snippet, int base) {
        this.text = text;
        this.snippet = snippet;
        this.base = base;
        this.code = text.codePoints().toArray();
    }

    String text() {
        return text;
    }

    /// In code points, as all offsets are.
    int length() {
        return code.length;
    }

    /// The place of the name, number or sign at an offset.
    Span token(int offset) {
        return snippet.span(base + offset, tokenLength(offset));
    }

    Span span(int from, int length) {
        return snippet.span(base + from, length);
    }

    Span whole() {
        return snippet.span(base, code.length);
    }

    /// The name that ends before an offset (blanks between), for problems that CEL reports at the
    /// sign after the name.
    Name nameBefore(int offset) {
        int end = Math.min(offset, code.length);
        while (end > 0 && Character.isWhitespace(code[end - 1])) {
            end--;
        }
        int start = end;
        while (start > 0 && isNamePart(code[start - 1])) {
            start--;
        }
        return new Name(new String(code, start, end - start), start);
    }

    /// The name that begins at or after an offset, past dots and blanks.
    Name nameFrom(int offset) {
        int start = Math.clamp(offset, 0, code.length);
        while (start < code.length && !isNamePart(code[start])) {
            start++;
        }
        int end = start;
        while (end < code.length && isNamePart(code[end])) {
            end++;
        }
        return new Name(new String(code, start, end - start), start);
    }

    /// The character at an offset, blank beyond the end.
    int at(int offset) {
        return offset >= 0 && offset < code.length ? code[offset] : ' ';
    }

    Span span(Name name) {
        return span(name.offset(), name.text().length());
    }

    /// A name and its offset in the expression.
    record Name(String text, int offset) {}

    /// The offset of a line (from 1) and column (from 0) of the expression.
    int offset(int line, int column) {
        int offset = 0;
        for (int seen = 1; seen < line && offset < code.length; offset++) {
            if (code[offset] == '\n') {
                seen++;
            }
        }
        return offset + column;
    }

    private int tokenLength(int offset) {
        if (!isNamePart(at(offset))) {
            return 1;
        }
        return nameFrom(offset).text().length();
    }

    private static boolean isNamePart(int c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
