package dev.ashlar.language.template;

import dev.ashlar.language.expression.Gathering;
import dev.ashlar.language.expression.Reads;
import dev.ashlar.model.value.Data;
import dev.ashlar.model.value.Label;
import dev.ashlar.model.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns values into what Pebble takes (String, Long, Double, Boolean, List, Map), as far as a
/// template reads them, and gathers their labels on the way. Confined to one rendering.
final class Plain {
    private static final ReadTree EVERYTHING = ReadTree.of(Set.of(List.of()));

    private final Gathering labels = new Gathering();
    private Optional<Data.Invalid> invalid = Optional.empty();
    private boolean unknown;

    /// The join of the labels of everything read so far.
    Label label() {
        return labels.label();
    }

    /// The first invalid value met.
    Optional<Data.Invalid> invalid() {
        return invalid;
    }

    boolean unknown() {
        return unknown;
    }

    /// The value in Pebble's terms; null for one that is absent, unknown or invalid.
    @Nullable Object of(Value value, ReadTree read) {
        labels.add(value.label());
        return switch (value.data()) {
            case Data.Text(String text) -> text;
            case Data.Int(long number) -> number;
            case Data.Real(double number) -> number;
            case Data.Bool(boolean truth) -> truth;
            case Data.Blob _, Data.Nothing _ -> null;
            case Data.Listing(List<Value> elements) -> list(elements, read);
            case Data.Mapping(var entries) -> map(entries, read);
            case Data.Structure(_, var fields) -> {
                Set<String> wanted = read.whole() ? fields.names() : read.children().keySet();
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                for (String name : wanted) {
                    plain.put(name, of(fields.get(name), child(read, name)));
                }
                yield plain;
            }
            case Data.Unknown _ -> {
                unknown = true;
                yield null;
            }
            case Data.Invalid found -> {
                invalid = invalid.or(() -> Optional.of(found));
                yield null;
            }
        };
    }

    private List<@Nullable Object> list(List<Value> elements, ReadTree read) {
        if (!read.whole() && !read.children().containsKey(Reads.ELEMENT)) {
            return Collections.nCopies(elements.size(), "");
        }
        ReadTree below = child(read, Reads.ELEMENT);
        List<@Nullable Object> plain = new ArrayList<>(elements.size());
        for (Value element : elements) {
            plain.add(of(element, below));
        }
        return plain;
    }

    private Map<String, @Nullable Object> map(Map<String, Value> entries, ReadTree read) {
        boolean all = read.whole() || read.children().containsKey(Reads.ELEMENT);
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (all || read.children().containsKey(key)) {
                plain.put(key, of(value, all ? child(read, Reads.ELEMENT) : child(read, key)));
            } else if (read.counted()) {
                plain.put(key, "");
            }
        });
        return new Entries(plain);
    }

    private static ReadTree child(ReadTree read, String name) {
        return read.whole() ? EVERYTHING : read.children().getOrDefault(name, EVERYTHING);
    }
}
