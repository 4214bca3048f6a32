package dev.ashlar.language.expression;

import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.Iterator;
import java.util.List;

/// Whether two values are the same, with the label of what decided it. Known parts that differ
/// decide whatever the unknown parts turn out to be.
record Equality(Verdict verdict, Label label) {

    enum Verdict {
        SAME,
        DIFFERENT,
        UNKNOWN
    }

    static final Equality NO = new Equality(Verdict.DIFFERENT, Label.NONE);

    /// Compares the data; the labels of `left` and `right` themselves are the caller's to join,
    /// those of what is inside are in the result.
    static Equality of(Value left, Value right) {
        return compare(left, right, false);
    }

    Equality negated() {
        return switch (verdict) {
            case SAME -> new Equality(Verdict.DIFFERENT, label);
            case DIFFERENT -> new Equality(Verdict.SAME, label);
            case UNKNOWN -> this;
        };
    }

    Value asValue() {
        return new Value(
                switch (verdict) {
                    case SAME -> new Data.Bool(true);
                    case DIFFERENT -> new Data.Bool(false);
                    case UNKNOWN -> new Data.Unknown(Type.Scalar.BOOL);
                },
                label);
    }

    private static Equality compare(Value left, Value right, boolean inside) {
        Label label = inside ? left.label().join(right.label()) : Label.NONE;
        Data a = left.data();
        Data b = right.data();
        if (a instanceof Data.Unknown || b instanceof Data.Unknown) {
            return new Equality(Verdict.UNKNOWN, label);
        }
        return switch (a) {
            case Data.Listing(List<Value> mine) when b instanceof Data.Listing(var theirs) ->
                    mine.size() != theirs.size()
                            ? new Equality(Verdict.DIFFERENT, label)
                            : all(label, mine.iterator(), theirs.iterator());
            case Data.Mapping(var mine) when b instanceof Data.Mapping(var theirs) ->
                    !mine.keySet().equals(theirs.keySet())
                            ? new Equality(Verdict.DIFFERENT, label)
                            : all(label, mine.values().iterator(), theirs.values().iterator());
            case Data.Structure(_, Fields mine) when b instanceof Data.Structure(_, var theirs) ->
                    all(
                            label,
                            mine.names().stream().map(mine::get).iterator(),
                            mine.names().stream().map(theirs::get).iterator());
            case Data.Real(double x) when b instanceof Data.Real(double y) ->
                    new Equality(x == y ? Verdict.SAME : Verdict.DIFFERENT, label);
            default -> new Equality(a.equals(b) ? Verdict.SAME : Verdict.DIFFERENT, label);
        };
    }

    private static Equality all(Label outer, Iterator<Value> mine, Iterator<Value> theirs) {
        Gathering labels = new Gathering().add(outer);
        Verdict verdict = Verdict.SAME;
        while (mine.hasNext()) {
            Equality part = compare(mine.next(), theirs.next(), true);
            if (part.verdict == Verdict.DIFFERENT) {
                return new Equality(Verdict.DIFFERENT, outer.join(part.label));
            }
            labels.add(part.label);
            verdict = part.verdict == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
        }
        return new Equality(verdict, labels.label());
    }
}
