package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Functions of text.
final class Texts {
    private Texts() {}

    static Data apply(Operation operation, Data data, List<Value> arguments, Span span) {
        String text = text(data);
        return switch (operation) {
            case STARTS_WITH -> new Data.Bool(text.startsWith(argument(arguments, 1)));
            case ENDS_WITH -> new Data.Bool(text.endsWith(argument(arguments, 1)));
            case CONTAINS -> new Data.Bool(text.contains(argument(arguments, 1)));
            case MATCHES -> matches(text, argument(arguments, 1), span);
            case SPLIT -> split(text, argument(arguments, 1));
            case REPLACE -> replace(text, argument(arguments, 1), argument(arguments, 2), span);
            case TRIM -> new Data.Text(text.strip());
            case LOWER -> new Data.Text(shift(text, 'A', 'Z', 32));
            case UPPER -> new Data.Text(shift(text, 'a', 'z', -32));
            default -> throw new IllegalStateException("not a function of text: " + operation);
        };
    }

    /// A few functions inside each other make more text than there is memory.
    static final int MAX_LENGTH = 1 << 20;

    /// The text, unless it would be longer than any that is of use.
    static Data bounded(long length, Supplier<String> text, Span span) {
        return length > MAX_LENGTH
                ? new Data.Invalid(
                        "the text would have " + length + " characters, more than " + MAX_LENGTH,
                        span)
                : new Data.Text(text.get());
    }

    private static Data replace(String text, String old, String by, Span span) {
        long times = 0;
        for (int at = text.indexOf(old); at >= 0; times++) {
            at =
                    old.isEmpty() && at == text.length()
                            ? -1
                            : text.indexOf(old, at + Math.max(1, old.length()));
        }
        long length = text.length() + times * (by.length() - (long) old.length());
        return bounded(length, () -> text.replace(old, by), span);
    }

    private static String argument(List<Value> arguments, int index) {
        return text(arguments.get(index).data());
    }

    private static String text(Data data) {
        return data instanceof Data.Text(String text) ? text : "";
    }

    private static Data matches(String text, String pattern, Span span) {
        return switch (RegularExpression.of(pattern)) {
            case RegularExpression.Outcome.Usable(var expression) ->
                    new Data.Bool(expression.isIn(text));
            case RegularExpression.Outcome.Refused(String why) -> new Data.Invalid(why, span);
        };
    }

    private static Data split(String text, String separator) {
        List<Value> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            text.codePoints().forEach(c -> parts.add(Value.text(Character.toString(c))));
            return new Data.Listing(parts);
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(Value.text(text.substring(from, at)));
            from = at + separator.length();
        }
        parts.add(Value.text(text.substring(from)));
        return new Data.Listing(parts);
    }

    private static String shift(String text, char first, char last, int by) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(c >= first && c <= last ? (char) (c + by) : c);
        }
        return result.toString();
    }
}
