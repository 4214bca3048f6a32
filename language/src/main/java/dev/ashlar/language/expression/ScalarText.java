package dev.ashlar.language.expression;

import java.util.ArrayList;
import java.util.List;

/// A scalar cut into literal text and `${…}`. Offsets are code points of the scalar.
record ScalarText(List<Part> parts) {

    sealed interface Part {}

    /// Text as it stands, escapes taken out.
    record Literal(String text, int offset) implements Part {}

    /// What is between `${` and its `}`.
    record Embedded(String text, int offset) implements Part {}

    /// A `${` without its `}`.
    record Unclosed(int offset) implements Part {}

    ScalarText {
        parts = List.copyOf(parts);
    }

    static ScalarText of(String text) {
        if (!text.contains("${")) {
            return new ScalarText(List.of(new Literal(text, 0)));
        }
        return new Cutter(text.codePoints().toArray()).cut();
    }

    private static final class Cutter {
        private final int[] code;
        private final List<Part> parts = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private int literalFrom;
        private int at;

        Cutter(int[] code) {
            this.code = code;
        }

        ScalarText cut() {
            while (at < code.length) {
                if (code[at] == '$' && is(at + 1, '$') && is(at + 2, '{')) {
                    literal.append("${");
                    at += 3;
                } else if (code[at] == '$' && is(at + 1, '{')) {
                    flush();
                    embedded();
                    literalFrom = at;
                } else {
                    literal.appendCodePoint(code[at]);
                    at++;
                }
            }
            flush();
            return new ScalarText(parts);
        }

        private void flush() {
            if (!literal.isEmpty()) {
                parts.add(new Literal(literal.toString(), literalFrom));
                literal.setLength(0);
            }
        }

        private void embedded() {
            int from = at + 2;
            int end = end(from);
            if (end < 0) {
                parts.add(new Unclosed(at));
                at = code.length;
            } else {
                parts.add(new Embedded(new String(code, from, end - from), from));
                at = end + 1;
            }
        }

        /// The offset of the `}` that closes; braces inside strings do not count.
        private int end(int from) {
            int depth = 0;
            for (int i = from; i < code.length; i++) {
                switch (code[i]) {
                    case '{' -> depth++;
                    case '}' -> {
                        if (depth == 0) {
                            return i;
                        }
                        depth--;
                    }
                    case '\'', '"' -> {
                        i = string(i);
                        if (i < 0) {
                            return -1;
                        }
                    }
                    default -> {}
                }
            }
            return -1;
        }

        /// The last quote of the string that begins at an offset.
        private int string(int from) {
            int quote = code[from];
            boolean raw = from > 0 && (code[from - 1] == 'r' || code[from - 1] == 'R');
            int length = is(from + 1, quote) && is(from + 2, quote) ? 3 : 1;
            for (int i = from + length; i < code.length; i++) {
                if (code[i] == '\\' && !raw) {
                    i++;
                } else if (code[i] == quote
                        && (length == 1 || (is(i + 1, quote) && is(i + 2, quote)))) {
                    return i + length - 1;
                }
            }
            return -1;
        }

        private boolean is(int index, int character) {
            return index < code.length && code[index] == character;
        }
    }
}
