package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Fields;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Origin;
import dev.ashlar.model.value.Secrecy;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A checked expression as it is evaluated. A term is strict in what it reads and in nothing else:
/// an invalid part makes the whole invalid, an unknown one makes it unknown, unless the known parts
/// already decide.
sealed interface Term permits Term.Basic, Loop {

    Value evaluate(Frame frame);

    /// The terms without loops.
    sealed interface Basic extends Term {}

    record Constant(Value value) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            return value;
        }
    }

    record Variable(String name) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            return frame.variable(name);
        }
    }

    /// A field of a structure, or an entry of a map. What is absent stays absent.
    record Select(Term operand, String field, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value from = operand.evaluate(frame);
            Label label = from.label();
            return switch (from.data()) {
                case Data.Structure(_, Fields fields) -> fields.get(field).joined(label);
                case Data.Mapping(SortedMap<String, Value> entries) -> {
                    Value entry = entries.get(field);
                    yield entry == null
                            ? Failures.missingKey(field, span, label)
                            : entry.joined(label);
                }
                default -> Failures.notReadable(from, type, span);
            };
        }
    }

    /// `x.?field`: absent where the map has no such key or `x` is absent itself.
    record Lookup(Term operand, String field, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value from = operand.evaluate(frame);
            Label label = from.label();
            return switch (from.data()) {
                case Data.Structure(_, Fields fields) -> fields.get(field).joined(label);
                case Data.Mapping(SortedMap<String, Value> entries) -> {
                    Value entry = entries.get(field);
                    yield entry == null ? new Value(Data.NOTHING, label) : entry.joined(label);
                }
                case Data.Nothing _ -> from;
                default -> Failures.notReadable(from, type, span);
            };
        }
    }

    /// `m[?key]`: absent where the map has no such entry.
    record Sought(Term map, Term key, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value from = map.evaluate(frame);
            Value at = key.evaluate(frame);
            Label label = from.label().join(at.label());
            return from.data() instanceof Data.Mapping(SortedMap<String, Value> entries)
                            && at.data() instanceof Data.Text(String text)
                    ? entries.getOrDefault(text, new Value(Data.NOTHING, Label.NONE)).joined(label)
                    : new Value(
                            Failures.hindrance(List.of(from, at), type, span)
                                    .orElseGet(
                                            () -> new Data.Invalid("not a map to look into", span)),
                            label);
        }
    }

    /// `has(x.field)`. A field that is not optional is not read.
    ///
    /// @param type secret where it tells of one that the field is there
    record Has(Term operand, String field, boolean optional, Type type, Span span)
            implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value from = operand.evaluate(frame);
            Label label = from.label();
            return switch (from.data()) {
                case Data.Structure(_, Fields fields) -> {
                    if (!optional) {
                        yield truth(true, label);
                    }
                    Value value = fields.get(field);
                    Label both = label.join(presence(value, type));
                    yield switch (value.data()) {
                        case Data.Invalid _ -> value.joined(label);
                        case Data.Unknown _ -> new Value(new Data.Unknown(Type.Scalar.BOOL), both);
                        default -> truth(!(value.data() instanceof Data.Nothing), both);
                    };
                }
                case Data.Mapping(SortedMap<String, Value> entries) ->
                        truth(entries.containsKey(field), label);
                default -> Failures.notReadable(from, Type.Scalar.BOOL, span);
            };
        }
    }

    /// A function of values that are all known.
    record Call(Operation operation, List<Term> arguments, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            List<Value> values = new ArrayList<>(arguments.size());
            Label label = Label.NONE;
            for (Term argument : arguments) {
                Value value = argument.evaluate(frame);
                label = label.join(value.label());
                values.add(value);
            }
            Optional<Data> hindrance = Failures.hindrance(values, type, span);
            if (hindrance.isPresent()) {
                return new Value(hindrance.get(), label);
            }
            Value made = Operations.apply(operation, values, new Site(type, span)).joined(label);
            return frame.mayMake(made.data())
                    ? Failures.discreet(made)
                    : Failures.invalid(
                            "it makes too many and too long texts and lists", span, label);
        }
    }

    /// `x.orValue(y)`, `x.hasValue()` and the like, which an absent value does not fail.
    record Otherwise(Term optional, Term other) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value value = optional.evaluate(frame);
            return switch (value.data()) {
                case Data.Nothing _ -> other.evaluate(frame).joined(value.label());
                case Data.Unknown _ -> value.joined(other.evaluate(frame).label());
                default -> value;
            };
        }
    }

    record Present(Term optional, Type type) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value value = optional.evaluate(frame);
            return switch (value.data()) {
                case Data.Invalid _ -> value;
                case Data.Unknown _ ->
                        new Value(new Data.Unknown(Type.Scalar.BOOL), presence(value, type));
                default -> truth(!(value.data() instanceof Data.Nothing), presence(value, type));
            };
        }
    }

    /// `&&` (decided by false) and `||` (decided by true), whichever side decides: an unknown or
    /// invalid other side does not matter then.
    record Connective(Term left, Term right, boolean decisive, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value first = left.evaluate(frame);
            if (decides(first)) {
                return first;
            }
            Value second = right.evaluate(frame);
            if (decides(second)) {
                return second;
            }
            Label label = first.label().join(second.label());
            if (first.data() instanceof Data.Unknown || second.data() instanceof Data.Unknown) {
                return new Value(new Data.Unknown(Type.Scalar.BOOL), label);
            }
            Optional<Data> hindrance =
                    Failures.hindrance(List.of(first, second), Type.Scalar.BOOL, span);
            return hindrance
                    .map(data -> new Value(data, label))
                    .orElseGet(() -> truth(!decisive, label));
        }

        private boolean decides(Value value) {
            return value.data() instanceof Data.Bool(boolean truth) && truth == decisive;
        }
    }

    /// `c ? a : b`. As long as the condition is unknown, so is the result, which then waits for
    /// everything that either branch waits for.
    record Conditional(Term condition, Term yes, Term no, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Value test = condition.evaluate(frame);
            return switch (test.data()) {
                case Data.Bool(boolean truth) ->
                        (truth ? yes : no).evaluate(frame).joined(test.label());
                case Data.Unknown _ ->
                        new Value(
                                new Data.Unknown(type),
                                test.label()
                                        .join(yes.evaluate(frame).label())
                                        .join(no.evaluate(frame).label()));
                default -> Failures.notReadable(test, type, span);
            };
        }
    }

    record Elements(List<Term> elements, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            List<Value> values = new ArrayList<>(elements.size());
            for (Term element : elements) {
                Value value = element.evaluate(frame);
                if (value.data() instanceof Data.Invalid) {
                    return value;
                }
                values.add(value);
            }
            return new Value(new Data.Listing(values), written(span));
        }
    }

    /// A map literal: keys and values in turn.
    record Entries(List<Term> keys, List<Term> values, Type type, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            SortedMap<String, Value> entries = new TreeMap<>();
            Label label = written(span);
            for (int i = 0; i < keys.size(); i++) {
                Value key = keys.get(i).evaluate(frame);
                Value value = values.get(i).evaluate(frame);
                label = label.join(key.label());
                if (value.data() instanceof Data.Invalid) {
                    return value;
                }
                if (!(key.data() instanceof Data.Text(String name))) {
                    return Failures.notReadable(key.joined(label), type, span);
                }
                if (entries.put(name, value) != null) {
                    return Failures.invalid("key \"" + name + "\" given twice", span, label);
                }
            }
            return new Value(new Data.Mapping(entries), label);
        }
    }

    record Creation(Type.Struct type, Map<String, Term> given, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            Map<String, Value> fields = new LinkedHashMap<>();
            for (String name : type.fields().keySet()) {
                Term term = given.get(name);
                Value value = term == null ? Value.nothing() : term.evaluate(frame);
                if (value.data() instanceof Data.Invalid) {
                    return value;
                }
                fields.put(name, value);
            }
            return new Value(new Data.Structure(type.name(), Fields.of(fields)), written(span));
        }
    }

    /// Text with expressions in it.
    record Joined(List<Term> parts, Span span) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            List<Value> values = new ArrayList<>(parts.size());
            Gathering labels = new Gathering();
            for (Term part : parts) {
                Value value = part.evaluate(frame);
                labels.add(value.label());
                values.add(value);
            }
            Data data =
                    Failures.hindrance(values, Type.Scalar.TEXT, span)
                            .orElseGet(() -> together(values));
            return new Value(data, labels.label());
        }

        private Data together(List<Value> values) {
            List<String> texts = values.stream().map(v -> Conversions.text(v.data())).toList();
            long length = texts.stream().mapToLong(String::length).sum();
            return Texts.bounded(length, () -> String.join("", texts), span);
        }
    }

    /// A public value where a secret is expected, or something with one inside.
    record Sealing(Term term, Type type) implements Basic {
        @Override
        public Value evaluate(Frame frame) {
            return Flow.sealed(term.evaluate(frame), type);
        }
    }

    /// Where a call stands and what it results in.
    record Site(Type type, Span span) {}

    static Value truth(boolean truth, Label label) {
        return new Value(new Data.Bool(truth), label);
    }

    /// The label of whether a value is there. That of one which may be absent and else is a secret
    /// is none.
    private static Label presence(Value value, Type type) {
        Label label = value.label();
        return type instanceof Type.Secret
                ? label
                : new Label(Secrecy.PUBLIC, label.origins(), label.awaits());
    }

    static Label written(Span span) {
        return Label.from(new Origin.Written(span));
    }
}
