package dev.ashlar.language.expression;

import dev.ashlar.language.expression.Term.Site;
import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/// Applies strict functions to values that are known on the outside. The result's label holds what
/// came from inside the arguments; the caller joins the labels of the arguments themselves.
final class Operations {
    private static final int LIST_MAX = 1_000_000;

    private Operations() {}

    static Value apply(Operation operation, List<Value> arguments, Site site) {
        Data first = arguments.getFirst().data();
        return switch (operation) {
            case ADD -> add(arguments, site);
            case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
                    plain(Arithmetic.apply(operation, first, arguments.get(1).data(), site.span()));
            case NEGATE -> plain(Arithmetic.negate(first, site.span()));
            case NOT -> Value.truth(!truth(first));
            case EQUAL -> Equality.of(arguments.get(0), arguments.get(1)).asValue();
            case DIFFERENT -> Equality.of(arguments.get(0), arguments.get(1)).negated().asValue();
            case LESS -> Value.truth(compare(arguments) < 0);
            case LESS_OR_EQUAL -> Value.truth(compare(arguments) <= 0);
            case GREATER -> Value.truth(compare(arguments) > 0);
            case GREATER_OR_EQUAL -> Value.truth(compare(arguments) >= 0);
            case IN -> in(arguments.get(0), arguments.get(1));
            case INDEX -> index(first, arguments.get(1).data(), site.span());
            case SIZE -> Value.number(size(first));
            case STRING -> Value.text(Conversions.text(first));
            case INT -> plain(Conversions.toInt(first, site.span()));
            case DOUBLE -> plain(Conversions.toReal(first, site.span()));
            case BOOL -> plain(Conversions.toBool(first, site.span()));
            case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES, SPLIT, REPLACE, TRIM, LOWER, UPPER ->
                    plain(Texts.apply(operation, first, arguments, site.span()));
            case JOIN -> Lists.join(arguments, site);
            case FIRST -> Lists.first(first, site);
            case SORTED -> Lists.sorted(first, site);
            case DISTINCT -> Lists.distinct(first, site);
            case LEAST, GREATEST -> Lists.extreme(operation, arguments, site);
        };
    }

    static Value plain(Data data) {
        return new Value(data, Label.NONE);
    }

    static List<Value> elements(Data data) {
        return data instanceof Data.Listing(List<Value> elements) ? elements : List.of();
    }

    private static boolean truth(Data data) {
        return data instanceof Data.Bool(boolean truth) && truth;
    }

    private static Value add(List<Value> arguments, Site site) {
        Data left = arguments.get(0).data();
        Data right = arguments.get(1).data();
        if (left instanceof Data.Text(String a) && right instanceof Data.Text(String b)) {
            return plain(Texts.bounded((long) a.length() + b.length(), () -> a + b, site.span()));
        }
        if (left instanceof Data.Listing(var a) && right instanceof Data.Listing(var b)) {
            if (a.size() + b.size() > LIST_MAX) {
                String message =
                        String.format(
                                Locale.ROOT,
                                "the list would have more than %,d elements",
                                LIST_MAX);
                return Failures.invalid(message, site.span(), Label.NONE);
            }
            List<Value> both = new ArrayList<>(a.size() + b.size());
            both.addAll(a);
            both.addAll(b);
            return Value.list(both);
        }
        return plain(Arithmetic.apply(Operation.ADD, left, right, site.span()));
    }

    private static int compare(List<Value> arguments) {
        return Ordering.compare(arguments.get(0).data(), arguments.get(1).data());
    }

    private static Value in(Value wanted, Value container) {
        if (container.data() instanceof Data.Mapping(SortedMap<String, Value> entries)) {
            return Value.truth(
                    wanted.data() instanceof Data.Text(String key) && entries.containsKey(key));
        }
        Equality any = Equality.NO;
        Gathering labels = new Gathering();
        for (Value element : elements(container.data())) {
            Equality same = Equality.of(wanted, element);
            if (same.verdict() == Equality.Verdict.SAME) {
                return same.asValue().joined(element.label());
            }
            labels.add(element.label()).add(same.label());
            any = same.verdict() == Equality.Verdict.DIFFERENT ? any : same;
        }
        return new Value(any.asValue().data(), labels.label());
    }

    private static Value index(Data container, Data index, Span span) {
        if (container instanceof Data.Mapping(var entries)
                && index instanceof Data.Text(String key)) {
            Value entry = entries.get(key);
            return entry == null ? Failures.missingKey(key, span, Label.NONE) : entry;
        }
        List<Value> elements = elements(container);
        long at = index instanceof Data.Int(long number) ? number : -1;
        if (at < 0 || at >= elements.size()) {
            String message =
                    "index "
                            + at
                            + " is out of range: the list has "
                            + elements.size()
                            + (elements.size() == 1 ? " element" : " elements");
            return Failures.invalid(message, span, Label.NONE);
        }
        return elements.get((int) at);
    }

    private static long size(Data data) {
        return switch (data) {
            case Data.Text(String text) -> text.codePointCount(0, text.length());
            case Data.Mapping(var entries) -> entries.size();
            default -> elements(data).size();
        };
    }
}
