package dev.ashlar.language.binding;

import dev.ashlar.language.expression.Snippet;
import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.type.Type;
import dev.ashlar.model.type.Type.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads types as written: `string`, `int`, `double`, `bool`, `list(T)`, `map(T)`, `optional(T)`,
/// `secret(T)`, `KeyPair` and the names of structures, those of other packs after the pack's name
/// (`lb.Member`).
public final class TypeReader {
    /// What a key pair is.
    private static final String PAIR = "KeyPair";

    private static final Map<String, Type> SCALARS =
            Map.of(
                    "string", Scalar.TEXT,
                    "int", Scalar.INT,
                    "double", Scalar.REAL,
                    "bool", Scalar.BOOL);
    private static final List<String> WORDS =
            List.of("string", "int", "double", "bool", "list", "map", "optional", "secret", PAIR);

    /// What other languages call these types.
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("str", "string"),
                    Map.entry("text", "string"),
                    Map.entry("integer", "int"),
                    Map.entry("long", "int"),
                    Map.entry("number", "int"),
                    Map.entry("float", "double"),
                    Map.entry("boolean", "bool"),
                    Map.entry("array", "list"),
                    Map.entry("dict", "map"),
                    Map.entry("object", "map"));

    private static final Pattern TOKEN =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z][A-Za-z0-9_]*)?|\\S)");

    private final Diagnostics diagnostics;
    private final Function<String, Optional<Type>> structures;
    private final List<String> known;

    /// @param structures finds a structure by name
    /// @param known the structures' names, for hints
    public TypeReader(
            Diagnostics diagnostics,
            Function<String, Optional<Type>> structures,
            Iterable<String> known) {
        this.diagnostics = diagnostics;
        this.structures = structures;
        this.known = new ArrayList<>(WORDS);
        known.forEach(this.known::add);
    }

    /// The type; empty when it is none, which has been reported.
    public Optional<Type> read(YamlNode.Scalar written) {
        Reading reading = new Reading(written);
        Optional<Type> type = reading.type();
        if (type.isPresent() && !reading.atEnd()) {
            reading.malformed();
            return Optional.empty();
        }
        return type;
    }

    /// One type being read, word by word.
    private final class Reading {
        private final YamlNode.Scalar written;
        private final Matcher tokens;
        private int at;

        Reading(YamlNode.Scalar written) {
            this.written = written;
            this.tokens = TOKEN.matcher(written.text());
        }

        Optional<Type> type() {
            if (!tokens.find(at)) {
                return malformed();
            }
            String word = tokens.group(1);
            int start = tokens.start(1);
            at = tokens.end();
            if (!Character.isLetter(word.charAt(0))) {
                return malformed();
            }
            Type scalar = SCALARS.get(word);
            if (scalar != null) {
                return Optional.of(scalar);
            }
            return switch (word) {
                case "list" -> inner().map(Type::listOf);
                case "map" -> inner().map(Type::mapOf);
                case "optional" -> inner().map(Type::optionalOf);
                case "secret" ->
                        inner().map(type ->
                                type instanceof Type.Secret ? type : new Type.Secret(type));
                case PAIR -> Optional.of(Recipe.PAIR);
                default -> structure(word, start);
            };
        }

        private Optional<Type> structure(String word, int start) {
            Optional<Type> found = structures.apply(word);
            if (found.isEmpty() && !known.contains(word)) {
                Diagnostic unknown =
                        Diagnostic.of(
                                Code.ASH0107,
                                snippet().span(start, word.length()),
                                "unknown type \"" + word + "\"");
                Optional<String> hint =
                        Optional.ofNullable(ELSEWHERE.get(word))
                                .map(w -> "did you mean \"" + w + "\"?")
                                .or(() -> Spelling.typeHint(word, known));
                diagnostics.add(hint.map(unknown::withHelp).orElse(unknown));
            }
            return found;
        }

        private Optional<Type> inner() {
            if (!symbol("(")) {
                return malformed();
            }
            Optional<Type> inner = type();
            if (inner.isPresent() && !symbol(")")) {
                return malformed();
            }
            return inner;
        }

        private boolean symbol(String expected) {
            if (!tokens.find(at) || !tokens.group(1).equals(expected)) {
                return false;
            }
            at = tokens.end();
            return true;
        }

        boolean atEnd() {
            return written.text().substring(at).isBlank();
        }

        Optional<Type> malformed() {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0107,
                                    written.span(),
                                    "\"" + written.text() + "\" is not a type")
                            .withHelp("a type is written like string, list(int) or map(Peer)"));
            return Optional.empty();
        }

        private Snippet snippet() {
            return ValueReader.snippet(written);
        }
    }
}
