package dev.ashlar.language.grammar;

import dev.ashlar.language.name.NameKind;
import java.util.List;
import java.util.function.Supplier;

/// What may stand under a key.
public sealed interface Content {

    /// In words, for "must be …".
    String described();

    /// A text, quoted or plain.
    record Text() implements Content {
        @Override
        public String described() {
            return "a string";
        }
    }

    /// A name.
    record Named(NameKind kind) implements Content {
        @Override
        public String described() {
            return "a name";
        }
    }

    /// A whole number.
    ///
    /// @param min smallest, inclusive
    /// @param max largest, inclusive
    record Whole(long min, long max) implements Content {
        @Override
        public String described() {
            return max == Long.MAX_VALUE
                    ? min == Long.MIN_VALUE ? "a whole number" : "a whole number of at least " + min
                    : "a whole number from " + min + " to " + max;
        }
    }

    record Truth() implements Content {
        @Override
        public String described() {
            return "true or false";
        }
    }

    /// A time span such as `500ms`, `30s`, `10m`, `1h`.
    record Span() implements Content {
        @Override
        public String described() {
            return "a duration such as 500ms, 30s, 10m or 1h";
        }
    }

    /// One of a few words.
    record Word(List<String> words) implements Content {
        public Word {
            words = List.copyOf(words);
        }

        @Override
        public String described() {
            return words.size() == 1
                    ? words.getFirst()
                    : String.join(", ", words.subList(0, words.size() - 1))
                            + " or "
                            + words.getLast();
        }
    }

    /// One of a few words, or an expression.
    record WordOrExpression(Word word) implements Content {
        @Override
        public String described() {
            return String.join(", ", word.words()) + " or an expression ${…}";
        }
    }

    /// A literal or an expression, whose type is checked where it is used.
    record Value() implements Content {
        @Override
        public String described() {
            return "a value";
        }
    }

    record Sequence(Content element) implements Content {
        @Override
        public String described() {
            return "a list";
        }
    }

    /// Names of the author's choice to contents of one kind.
    record Names(NameKind names, Content content) implements Content {
        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// The values that something may have, each with a content of one kind.
    record Cases(Content content) implements Content {
        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// A mapping with keys of its own.
    record Nested(Supplier<Form> form) implements Content {
        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// A mapping in one of several forms; which one, a key of its own tells.
    record Variants(List<Form> forms) implements Content {
        public Variants {
            forms = List.copyOf(forms);
        }

        @Override
        public String described() {
            return "a mapping";
        }
    }

    /// A short form or a mapping.
    record ShortOr(Content brief, Content full) implements Content {
        @Override
        public String described() {
            return brief.described() + " or " + full.described();
        }
    }

    /// A list of single-key mappings, each a resource.
    record Resources() implements Content {
        @Override
        public String described() {
            return "a list of resources";
        }
    }
}
