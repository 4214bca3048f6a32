package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;

/// Conversions between scalars. Nothing converts by itself but in text with `${…}` in it.
final class Conversions {
    private Conversions() {}

    static String text(Data data) {
        return switch (data) {
            case Data.Text(String text) -> text;
            case Data.Int(long number) -> Long.toString(number);
            case Data.Real(double number) -> real(number);
            case Data.Bool(boolean truth) -> Boolean.toString(truth);
            default -> throw new IllegalStateException("the checker let a " + data + " into text");
        };
    }

    private static String real(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole && !(number == 0 && 1 / number < 0)
                ? Long.toString((long) number)
                : Double.toString(number);
    }

    static Data toInt(Data data, Span span) {
        return switch (data) {
            case Data.Text(String text) -> {
                try {
                    yield new Data.Int(Long.parseLong(text));
                } catch (NumberFormatException _) {
                    yield new Data.Invalid("\"" + text + "\" is not an int", span);
                }
            }
            case Data.Real(double number) ->
                    number > -0x1p63 && number < 0x1p63
                            ? new Data.Int((long) number)
                            : new Data.Invalid(number + " does not fit an int", span);
            default -> data;
        };
    }

    static Data toReal(Data data, Span span) {
        return switch (data) {
            case Data.Text(String text) -> {
                try {
                    yield new Data.Real(Double.parseDouble(text));
                } catch (NumberFormatException _) {
                    yield new Data.Invalid("\"" + text + "\" is not a double", span);
                }
            }
            case Data.Int(long number) -> new Data.Real(number);
            default -> data;
        };
    }

    static Data toBool(Data data, Span span) {
        return switch (data) {
            case Data.Text(String text) ->
                    switch (text) {
                        case "true", "True", "TRUE", "t", "1" -> new Data.Bool(true);
                        case "false", "False", "FALSE", "f", "0" -> new Data.Bool(false);
                        default -> new Data.Invalid("\"" + text + "\" is not a bool", span);
                    };
            default -> data;
        };
    }
}
