package dev.ashlar.language.yaml;

import dev.ashlar.language.yaml.ScalarPlaces.Form;
import dev.ashlar.language.yaml.ScalarPlaces.Raw;

/// Walks the raw text of a scalar beside its decoded text: for each UTF-16 offset of the decoded
/// text the offset of the raw text it came from.
final class ScalarWalk {
    private final String decoded;
    private final String text;
    private final Form form;
    private int at;

    ScalarWalk(String decoded, Raw raw) {
        this.decoded = decoded;
        this.text = raw.text();
        this.form = raw.form();
    }

    /// One more entry than the decoded text has characters: its end.
    int[] offsets() {
        int[] offsets = new int[decoded.length() + 1];
        int indentation = enter();
        for (int i = 0; i < decoded.length(); i++) {
            char wanted = decoded.charAt(i);
            boolean space = wanted == ' ' || wanted == '\n';
            if (!space) {
                skipBreak(indentation);
            }
            offsets[i] = Math.min(at, text.length());
            if (at >= text.length()) {
                continue;
            }
            if (form == Form.DOUBLE_QUOTED && text.charAt(at) == '\\') {
                i = escape(offsets, i);
            } else if (form == Form.SINGLE_QUOTED && text.startsWith("''", at)) {
                at += 2;
            } else if (space) {
                whitespace(wanted, indentation, lastOfRun(i));
            } else {
                at++;
            }
        }
        offsets[decoded.length()] = Math.min(at, text.length());
        return offsets;
    }

    /// Steps over the opening mark; returns how far a block is indented.
    private int enter() {
        return switch (form) {
            case PLAIN -> 0;
            case SINGLE_QUOTED, DOUBLE_QUOTED -> {
                at = 1;
                yield 0;
            }
            case LITERAL, FOLDED -> {
                int lineEnd = text.indexOf('\n');
                at = lineEnd < 0 ? text.length() : lineEnd + 1;
                int indentation = indentationOfFirstLine();
                skipSpaces(indentation);
                yield indentation;
            }
        };
    }

    private int indentationOfFirstLine() {
        int start = at;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            String line = text.substring(start, end < 0 ? text.length() : end);
            if (!line.isBlank()) {
                return line.length() - line.stripLeading().length();
            }
            start = end < 0 ? text.length() : end + 1;
        }
        return 0;
    }

    private boolean block() {
        return form == Form.LITERAL || form == Form.FOLDED;
    }

    private void skipSpaces(int most) {
        for (int n = 0; n < most && at < text.length() && text.charAt(at) == ' '; n++) {
            at++;
        }
    }

    private boolean lastOfRun(int i) {
        return i + 1 >= decoded.length()
                || (decoded.charAt(i + 1) != ' ' && decoded.charAt(i + 1) != '\n');
    }

    /// A decoded space or newline: the same in the raw text, or a line break that was folded.
    private void whitespace(char wanted, int indentation, boolean last) {
        char found = text.charAt(at);
        if (block()) {
            if (found == wanted || found == '\r' || found == '\n') {
                at++;
                if (found == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                if (found != ' ') {
                    skipSpaces(indentation);
                }
            }
            return;
        }
        boolean trailing = found == ' ' && breakFollows();
        if (found == wanted && found == ' ' && !trailing) {
            at++;
        } else if (last) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }

    private boolean breakFollows() {
        int i = at;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i < text.length() && (text.charAt(i) == '\n' || text.charAt(i) == '\r');
    }

    /// Raw line breaks that left nothing in the decoded text (an escaped one, for example).
    private void skipBreak(int indentation) {
        while (at < text.length() && (text.charAt(at) == '\n' || text.charAt(at) == '\r')) {
            at++;
            if (block()) {
                skipSpaces(indentation);
            } else {
                skipSpaces(Integer.MAX_VALUE);
            }
        }
    }

    /// An escape of a double-quoted text; returns the decoded offset of its last character.
    private int escape(int[] offsets, int i) {
        char kind = at + 1 < text.length() ? text.charAt(at + 1) : '\\';
        int digits =
                switch (kind) {
                    case 'x' -> 2;
                    case 'u' -> 4;
                    case 'U' -> 8;
                    default -> 0;
                };
        if (kind == '\n' || kind == '\r') {
            at += 2;
            skipSpaces(Integer.MAX_VALUE);
            return i - 1;
        }
        int start = at;
        at = Math.min(text.length(), at + 2 + digits);
        if (Character.isHighSurrogate(decoded.charAt(i)) && i + 1 < decoded.length()) {
            offsets[i + 1] = start;
            return i + 1;
        }
        return i;
    }
}
