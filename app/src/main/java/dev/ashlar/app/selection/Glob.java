package dev.ashlar.app.selection;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A name with wildcards: `*` any text, `?` any sign, `[ab]` or `[!ab]` one of some; or, after `~`,
/// a regular expression that the name begins with.
record Glob(String text, Pattern pattern, boolean isRegex) {

    /// @throws PatternSyntaxException when it is none
    static Glob of(String text) {
        return text.startsWith("~")
                ? new Glob(text, Pattern.compile(text.substring(1)), true)
                : new Glob(text, Pattern.compile(regex(text, true)), false);
    }

    /// The same where `[KEY]` after a step's name is the key of one of its elements, in which may
    /// be wildcards but no brackets.
    ///
    /// @throws PatternSyntaxException when it is none
    static Glob ofInstance(String text) {
        return text.startsWith("~")
                ? of(text)
                : new Glob(text, Pattern.compile(regex(text, false)), false);
    }

    boolean matches(String name) {
        return isRegex ? pattern.matcher(name).lookingAt() : pattern.matcher(name).matches();
    }

    /// @param classes whether brackets hold signs to choose from
    private static String regex(String text, boolean classes) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            int close = classes && sign == '[' ? text.indexOf(']', i + 2) : -1;
            if (close > 0) {
                String inside = text.substring(i + 1, close).replace("\\", "\\\\");
                regex.append('[').append(inside.replaceFirst("^!", "^")).append(']');
                i = close;
            } else {
                regex.append(
                        switch (sign) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf(sign));
                        });
            }
        }
        return regex.toString();
    }
}
