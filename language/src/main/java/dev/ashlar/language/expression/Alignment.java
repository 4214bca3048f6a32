package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;

/// Walks a YAML scalar's source beside its decoded text. Quoting and folding change only white
/// space and escapes, so that every other character can be met again in order.
final class Alignment {
    private final int[] text;
    private final int[] raw;
    private final int[] lines;
    private final int[] columns;
    private final boolean quoted;
    private final boolean escapes;
    private int at;
    private int line;
    private int column;

    private Alignment(String text, String raw, Span span) {
        this.text = text.codePoints().toArray();
        this.raw = raw.codePoints().toArray();
        this.lines = new int[this.text.length + 1];
        this.columns = new int[this.text.length + 1];
        this.line = span.line();
        this.column = span.column();
        int first = this.raw.length == 0 ? ' ' : this.raw[0];
        this.escapes = first == '"';
        this.quoted = first == '\'' || escapes;
        if (quoted) {
            advance();
        } else if (first == '|' || first == '>') {
            skipHeader();
        }
    }

    static Snippet.Positions of(String text, String raw, Span span) {
        Alignment alignment = new Alignment(text, raw, span);
        alignment.walk();
        int[] lines = alignment.lines;
        int[] columns = alignment.columns;
        return offset -> {
            int index = Math.clamp(offset, 0, lines.length - 1);
            return new Snippet.Position(lines[index], columns[index]);
        };
    }

    private void walk() {
        for (int i = 0; i < text.length; i++) {
            seek(text[i]);
            lines[i] = line;
            columns[i] = column;
            consume(text[i]);
        }
        lines[text.length] = line;
        columns[text.length] = column;
    }

    /// Goes to where the character was written: past line breaks, indentation and escaped breaks.
    private void seek(int wanted) {
        while (at < raw.length && isSpace(raw[at]) && raw[at] != wanted && !folded(wanted)) {
            advance();
        }
        while (escapes && at + 1 < raw.length && raw[at] == '\\' && isBreak(raw[at + 1])) {
            advance();
            while (at < raw.length && isSpace(raw[at]) && raw[at] != wanted) {
                advance();
            }
        }
    }

    /// A line break that reads as one blank.
    private boolean folded(int wanted) {
        return wanted == ' ' && isBreak(raw[at]);
    }

    private void consume(int character) {
        if (at >= raw.length) {
            return;
        }
        if (escapes && raw[at] == '\\' && at + 1 < raw.length) {
            int digits =
                    switch (raw[at + 1]) {
                        case 'x' -> 2;
                        case 'u' -> 4;
                        case 'U' -> 8;
                        default -> 0;
                    };
            advance(2 + digits);
        } else if (quoted && !escapes && character == '\'') {
            advance(2);
        } else {
            advance();
        }
    }

    private void skipHeader() {
        while (at < raw.length && raw[at] != '\n') {
            advance();
        }
        advance();
    }

    private void advance(int count) {
        for (int i = 0; i < count; i++) {
            advance();
        }
    }

    private void advance() {
        if (at >= raw.length) {
            return;
        }
        if (raw[at] == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        at++;
    }

    private static boolean isBreak(int character) {
        return character == '\n' || character == '\r';
    }

    private static boolean isSpace(int character) {
        return character == ' ' || character == '\t' || isBreak(character);
    }
}
