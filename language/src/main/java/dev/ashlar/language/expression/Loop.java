package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Terms that go over a list (or the keys of a map), in one pass each. An element keeps its own
/// label; the label of the list says only where the list came from and joins when an element is
/// taken out.
sealed interface Loop extends Term {

    /// `map`, `filter`, and `map` with a condition. An element that is unknown leaves the others
    /// known; a condition that is unknown makes the list unknown, for its length is.
    record Mapped(
            Term range, String name, Optional<Term> condition, Term body, Type type, Span span)
            implements Loop {
        @Override
        public Value evaluate(Frame frame) {
            Value over = range.evaluate(frame);
            Optional<List<Value>> elements = elements(over);
            if (elements.isEmpty()) {
                return Failures.notReadable(over, type, span);
            }
            Gathering labels = new Gathering().add(over.label());
            List<Value> results = new ArrayList<>(elements.get().size());
            boolean unknown = false;
            for (Value element : elements.get()) {
                if (!frame.mayPass()) {
                    return tooMany(over, span);
                }
                Frame inner = new Frame.Bound(frame, name, within(element, over));
                boolean taken = true;
                if (condition.isPresent()) {
                    Value test = condition.get().evaluate(inner);
                    labels.add(test.label());
                    switch (test.data()) {
                        case Data.Bool(boolean truth) -> taken = truth;
                        case Data.Unknown _ -> unknown = true;
                        default -> {
                            return Failures.notReadable(test.labelled(labels.label()), type, span);
                        }
                    }
                }
                if (taken && !unknown) {
                    Value result = body.evaluate(inner);
                    if (result.data() instanceof Data.Invalid) {
                        return Failures.discreet(result.joined(over.label()));
                    }
                    results.add(result);
                }
            }
            Data data = unknown ? new Data.Unknown(type) : new Data.Listing(results);
            return Failures.discreet(new Value(data, labels.label()));
        }
    }

    /// `all` (decided by the first false) and `exists` (decided by the first true).
    record Quantified(Term range, String name, Term test, boolean decisive, Span span)
            implements Loop {
        @Override
        public Value evaluate(Frame frame) {
            Value over = range.evaluate(frame);
            Optional<List<Value>> elements = elements(over);
            if (elements.isEmpty()) {
                return Failures.notReadable(over, Type.Scalar.BOOL, span);
            }
            Gathering labels = new Gathering().add(over.label());
            Optional<Data> invalid = Optional.empty();
            boolean unknown = false;
            for (Value element : elements.get()) {
                if (!frame.mayPass()) {
                    return tooMany(over, span);
                }
                Value result = test.evaluate(new Frame.Bound(frame, name, within(element, over)));
                if (result.data() instanceof Data.Bool(boolean truth) && truth == decisive) {
                    return result.joined(over.label());
                }
                labels.add(result.label());
                unknown |= result.data() instanceof Data.Unknown;
                if (invalid.isEmpty() && !(result.data() instanceof Data.Unknown)) {
                    invalid = Failures.hindrance(List.of(result), Type.Scalar.BOOL, span);
                }
            }
            Data data =
                    unknown
                            ? new Data.Unknown(Type.Scalar.BOOL)
                            : invalid.orElseGet(() -> new Data.Bool(!decisive));
            return Failures.discreet(new Value(data, labels.label()));
        }
    }

    /// `exists_one`: every element counts.
    record Single(Term range, String name, Term test, Span span) implements Loop {
        @Override
        public Value evaluate(Frame frame) {
            Value over = range.evaluate(frame);
            Optional<List<Value>> elements = elements(over);
            if (elements.isEmpty()) {
                return Failures.notReadable(over, Type.Scalar.BOOL, span);
            }
            Gathering labels = new Gathering().add(over.label());
            int found = 0;
            boolean unknown = false;
            for (Value element : elements.get()) {
                if (!frame.mayPass()) {
                    return tooMany(over, span);
                }
                Value result = test.evaluate(new Frame.Bound(frame, name, within(element, over)));
                labels.add(result.label());
                switch (result.data()) {
                    case Data.Bool(boolean truth) -> found += truth ? 1 : 0;
                    case Data.Unknown _ -> unknown = true;
                    default -> {
                        return Failures.notReadable(result, Type.Scalar.BOOL, span);
                    }
                }
            }
            Data data =
                    unknown && found < 2
                            ? new Data.Unknown(Type.Scalar.BOOL)
                            : new Data.Bool(found == 1);
            return Failures.discreet(new Value(data, labels.label()));
        }
    }

    /// What is inside of a secret is one.
    private static Value within(Value element, Value over) {
        return over.isSecret() ? element.joined(Label.SECRET) : element;
    }

    private static Value tooMany(Value over, Span span) {
        String message =
                String.format(
                        Locale.ROOT, "its loops take more than %,d passes", Frame.Root.MAX_PASSES);
        return Failures.invalid(message, span, over.label());
    }

    private static Optional<List<Value>> elements(Value over) {
        return switch (over.data()) {
            case Data.Listing(List<Value> elements) -> Optional.of(elements);
            case Data.Mapping(var entries) ->
                    Optional.of(entries.keySet().stream().map(Value::text).toList());
            default -> Optional.empty();
        };
    }
}
