package dev.ashlar.language.expression;

import dev.ashlar.model.value.Data;

/// The order of scalars of one type.
final class Ordering {
    private Ordering() {}

    static int compare(Data left, Data right) {
        if (left instanceof Data.Int(long a) && right instanceof Data.Int(long b)) {
            return Long.compare(a, b);
        }
        if (left instanceof Data.Real(double a) && right instanceof Data.Real(double b)) {
            return a == b ? 0 : Double.compare(a, b);
        }
        if (left instanceof Data.Bool(boolean a) && right instanceof Data.Bool(boolean b)) {
            return Boolean.compare(a, b);
        }
        if (left instanceof Data.Text(String a) && right instanceof Data.Text(String b)) {
            return a.compareTo(b);
        }
        throw new IllegalStateException("the checker let " + left + " meet " + right);
    }
}
