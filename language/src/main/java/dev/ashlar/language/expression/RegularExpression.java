package dev.ashlar.language.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// The language's one dialect of regular expressions, RE2: the time it takes grows with the text
/// and not with the ways in which the pattern could match it. Immutable.
public final class RegularExpression {
    /// Characters of a pattern.
    public static final int LENGTH_MAX = 1000;

    /// Characters, classes and groups of a pattern once every counted repetition is written out.
    /// `((x{100}){100}){100}` is short and asks for more memory than there is.
    public static final int PARTS_MAX = 5000;

    private final Pattern pattern;

    private RegularExpression(Pattern pattern) {
        this.pattern = pattern;
    }

    /// What came of reading a pattern.
    public sealed interface Outcome {
        record Usable(RegularExpression expression) implements Outcome {}

        /// @param why in a few words
        record Refused(String why) implements Outcome {}
    }

    public static Outcome of(String pattern) {
        if (pattern.length() > LENGTH_MAX) {
            return refused("has more than " + LENGTH_MAX + " characters");
        }
        if (new Parts(pattern).count() > PARTS_MAX) {
            return refused("its repetitions make more than " + PARTS_MAX + " parts");
        }
        try {
            return new Outcome.Usable(new RegularExpression(Pattern.compile(pattern)));
        } catch (PatternSyntaxException e) {
            return refused(e.getDescription().toLowerCase(Locale.ROOT));
        }
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused("not a regular expression: " + why);
    }

    /// True where any part of the text matches.
    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /// True when the text matches from its beginning to its end.
    public boolean isAllOf(String text) {
        return pattern.matches(text);
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /// Counts a pattern's parts, whether it is well formed or not. The library writes repetitions
    /// out before it looks at how large that becomes.
    private static final class Parts {
        private static final java.util.regex.Pattern REPETITION =
                java.util.regex.Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?\\}");

        private final String pattern;
        private final Deque<Double> open = new ArrayDeque<>();
        private double before;
        private double last;

        Parts(String pattern) {
            this.pattern = pattern;
        }

        double count() {
            for (int at = 0; at < pattern.length(); at++) {
                at = part(at);
            }
            while (!open.isEmpty()) {
                close();
            }
            return before + last;
        }

        /// @return the last character of what begins there
        private int part(int at) {
            switch (pattern.charAt(at)) {
                case '(' -> {
                    open.push(before + last);
                    before = 0;
                    last = 0;
                }
                case ')' -> close();
                case '{' -> {
                    Matcher repetition = REPETITION.matcher(pattern).region(at, pattern.length());
                    if (repetition.lookingAt()) {
                        last *= Math.max(times(repetition.group(1)), times(repetition.group(2)));
                        return repetition.end() - 1;
                    }
                    add();
                }
                case '\\' -> {
                    add();
                    return pattern.startsWith("\\Q", at) ? end("\\E", at) : at + 1;
                }
                case '[' -> {
                    add();
                    return endOfClass(at);
                }
                default -> add();
            }
            return at;
        }

        private void add() {
            before += last;
            last = 1;
        }

        private void close() {
            last += before + 1;
            before = open.isEmpty() ? 0 : open.pop();
        }

        private static int times(@Nullable String digits) {
            return digits == null || digits.isEmpty() ? 1 : Math.max(1, Integer.parseInt(digits));
        }

        private int end(String word, int from) {
            int found = pattern.indexOf(word, from);
            return found < 0 ? pattern.length() : found + word.length() - 1;
        }

        /// A bracket that comes first, or after a backslash, belongs to the class.
        private int endOfClass(int from) {
            int at = pattern.startsWith("^", from + 1) ? from + 2 : from + 1;
            do {
                at += pattern.startsWith("\\", at) ? 2 : 1;
            } while (at < pattern.length() && pattern.charAt(at) != ']');
            return at;
        }
    }
}
