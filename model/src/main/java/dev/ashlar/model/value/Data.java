package dev.ashlar.model.value;

import dev.ashlar.model.diagnostic.Span;
import dev.ashlar.model.type.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a value is, without where it came from. Immutable.
public sealed interface Data {

    record Text(String text) implements Data {}

    record Int(long number) implements Data {}

    record Real(double number) implements Data {}

    record Bool(boolean truth) implements Data {}

    /// Bytes of a file; never shown, never part of an expression.
    record Blob(byte[] bytes) implements Data {
        @Override
        public boolean equals(Object other) {
            return other instanceof Blob(byte[] theirs) && Arrays.equals(bytes, theirs);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Blob[" + bytes.length + " bytes]";
        }
    }

    record Listing(List<Value> elements) implements Data {
        public Listing {
            elements = List.copyOf(elements);
        }
    }

    record Mapping(SortedMap<String, Value> entries) implements Data {
        public Mapping {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        }

        public static Mapping of(Map<String, Value> entries) {
            return new Mapping(new TreeMap<>(entries));
        }
    }

    /// A structure of a named type; equal when all fields are.
    record Structure(String type, Fields fields) implements Data {
        @Override
        public boolean equals(Object other) {
            return other instanceof Structure(String theirType, Fields theirs)
                    && type.equals(theirType)
                    && fields.names().equals(theirs.names())
                    && fields.names().stream()
                            .allMatch(name -> fields.get(name).equals(theirs.get(name)));
        }

        @Override
        public int hashCode() {
            return type.hashCode() + fields.names().hashCode();
        }
    }

    /// An optional value that is absent.
    record Nothing() implements Data {}

    /// Not known yet; the label's awaits name who makes it.
    record Unknown(Type type) implements Data {}

    /// What came of an expression that has no value: an index out of range, a missing key, a
    /// division by zero.
    record Invalid(String message, Span span) implements Data {}

    Data NOTHING = new Nothing();
}
