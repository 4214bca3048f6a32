package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;

/// Arithmetic that says so when a result does not fit, instead of wrapping round.
final class Arithmetic {
    private Arithmetic() {}

    static Data apply(Operation operation, Data left, Data right, Span span) {
        if (left instanceof Data.Int(long a) && right instanceof Data.Int(long b)) {
            return whole(operation, a, b, span);
        }
        if (left instanceof Data.Real(double a) && right instanceof Data.Real(double b)) {
            return new Data.Real(
                    switch (operation) {
                        case ADD -> a + b;
                        case SUBTRACT -> a - b;
                        case MULTIPLY -> a * b;
                        default -> a / b;
                    });
        }
        return new Data.Invalid("not numbers", span);
    }

    static Data negate(Data data, Span span) {
        return data instanceof Data.Real(double number)
                ? new Data.Real(-number)
                : apply(Operation.SUBTRACT, new Data.Int(0), data, span);
    }

    private static Data whole(Operation operation, long a, long b, Span span) {
        boolean divides = operation == Operation.DIVIDE || operation == Operation.REMAINDER;
        if (divides && b == 0) {
            return new Data.Invalid("division by zero", span);
        }
        try {
            return new Data.Int(
                    switch (operation) {
                        case ADD -> Math.addExact(a, b);
                        case SUBTRACT -> Math.subtractExact(a, b);
                        case MULTIPLY -> Math.multiplyExact(a, b);
                        case DIVIDE -> Math.divideExact(a, b);
                        default -> a == Long.MIN_VALUE && b == -1 ? overflow() : a % b;
                    });
        } catch (ArithmeticException _) {
            return new Data.Invalid("the result does not fit an int of 64 bits", span);
        }
    }

    private static long overflow() {
        throw new ArithmeticException();
    }
}
