package dev.ashlar.language.binding;

import dev.ashlar.language.grammar.SecretForms;
import dev.ashlar.language.grammar.Section;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import dev.ashlar.model.secret.Recipe;
import dev.ashlar.model.secret.Recipe.Algorithm;
import dev.ashlar.model.secret.Recipe.KeyPair;
import dev.ashlar.model.secret.Recipe.Password;
import dev.ashlar.model.secret.Recipe.Token;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads how a secret is made: a word, or that word with what it takes.
public final class RecipeReader {
    private final Diagnostics diagnostics;

    public RecipeReader(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// @param owner that may say `generate`
    public Optional<Recipe> read(Section owner) {
        return owner.entry(SecretForms.GENERATE).flatMap(this::recipe);
    }

    private Optional<Recipe> recipe(YamlNode.Entry entry) {
        return switch (entry.value()) {
            case YamlNode.Scalar word -> Optional.of(plain(word.text()));
            case YamlNode.Mapping mapping -> full(entry, mapping);
            case YamlNode.Sequence _ -> Optional.empty();
        };
    }

    private static Recipe plain(String word) {
        return switch (word) {
            case SecretForms.TOKEN -> Token.USUAL;
            case SecretForms.KEY_PAIR -> new KeyPair(Algorithm.ED25519);
            default -> Password.USUAL;
        };
    }

    private Optional<Recipe> full(YamlNode.Entry entry, YamlNode.Mapping mapping) {
        Section section =
                Section.read(SecretForms.RECIPE, mapping, entry.key().span(), diagnostics);
        List<String> kinds =
                SecretForms.KINDS.stream().filter(kind -> mapping.get(kind).isPresent()).toList();
        if (kinds.size() != 1) {
            diagnostics.add(
                    Diagnostic.of(
                            Code.ASH0102,
                            entry.key().span(),
                            "\"generate\" needs one of \""
                                    + String.join("\", \"", SecretForms.KINDS)
                                    + "\""));
            return Optional.empty();
        }
        return section.entry(kinds.getFirst()).flatMap(this::detailed);
    }

    private Optional<Recipe> detailed(YamlNode.Entry kind) {
        if (!(kind.value() instanceof YamlNode.Mapping mapping)) {
            return Optional.empty();
        }
        Section section =
                Section.read(SecretForms.of(kind.name()), mapping, kind.key().span(), diagnostics);
        return switch (kind.name()) {
            case SecretForms.TOKEN ->
                    Optional.of(
                            new Token(
                                    section.whole("bytes")
                                            .map(Math::toIntExact)
                                            .orElse(Token.BYTES)));
            case SecretForms.KEY_PAIR ->
                    Optional.of(
                            new KeyPair(
                                    section.text("algorithm")
                                            .map(word -> word.toUpperCase(Locale.ROOT))
                                            .map(Algorithm::valueOf)
                                            .orElse(Algorithm.ED25519)));
            default -> password(section);
        };
    }

    private Optional<Recipe> password(Section section) {
        String alphabet = section.text("alphabet", Password.ALPHABET);
        if (!Password.isAlphabet(alphabet)) {
            diagnostics.add(
                    Diagnostic.of(
                                    Code.ASH0205,
                                    section.value("alphabet").orElseThrow().span(),
                                    "an alphabet has at least two characters, each once")
                            .withHelp("leave it out for letters and digits"));
            return Optional.empty();
        }
        int length = section.whole("length").map(Math::toIntExact).orElse(Password.LENGTH);
        return Optional.of(new Password(length, alphabet));
    }
}
