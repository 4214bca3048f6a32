package dev.ashlar.language.template;

/// A word or sign inside a tag, and where it stands.
///
/// @param text as written; of a string the quotes, too
/// @param line from 1
/// @param column from 1, in code points
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        /// `{{` or `{%`
        OPEN,
        /// `}}` or `%}`
        CLOSE,
        WORD,
        NUMBER,
        STRING,
        SIGN
    }

    boolean is(String word) {
        return text.equals(word);
    }

    /// A string's content, or the text as written.
    String content() {
        return kind == Kind.STRING ? text.substring(1, text.length() - 1) : text;
    }
}
