package dev.ashlar.language.yaml;

import dev.ashlar.model.diagnostic.Span;
import java.util.List;
import java.util.Optional;

/// A part of a YAML file with its place. Immutable.
public sealed interface YamlNode {

    Span span();

    /// What it is, as said to people: "a mapping", "a list", "an integer" …
    String described();

    /// One value without parts.
    ///
    /// @param text as decoded: quotes, escapes and folds resolved
    /// @param plain true when written without quotes and not as a block; only then the core schema
    ///   gives it a kind other than text
    /// @param raw as written, from the quote or block mark to the end
    record Scalar(String text, boolean plain, String raw, Span span) implements YamlNode {

        public ScalarKind kind() {
            return plain ? ScalarKind.of(text) : ScalarKind.TEXT;
        }

        /// True where it has an expression in it.
        public boolean isExpression() {
            return text.contains("${");
        }

        @Override
        public String described() {
            return kind().described();
        }
    }

    /// Keys with their values, in the order written. Keys are unique.
    record Mapping(List<Entry> entries, Span span) implements YamlNode {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Entry> entry(String key) {
            return entries.stream().filter(e -> e.key().text().equals(key)).findFirst();
        }

        public Optional<YamlNode> get(String key) {
            return entry(key).map(Entry::value);
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// A key and its value.
    record Entry(Scalar key, YamlNode value) {
        public String name() {
            return key.text();
        }
    }

    /// Elements in order.
    record Sequence(List<YamlNode> elements, Span span) implements YamlNode {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String described() {
            return "a list";
        }
    }
}
