package dev.ashlar.language.grammar;

import static dev.ashlar.language.grammar.Form.optional;

import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.ShortOr;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.model.secret.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// The forms of secrets.
public final class SecretForms {
    /// How one is made where nobody gives it.
    public static final String GENERATE = "generate";

    public static final String PASSWORD = "password";
    public static final String TOKEN = "token";
    public static final String KEY_PAIR = "key_pair";

    public static final List<String> KINDS = List.of(PASSWORD, TOKEN, KEY_PAIR);

    private static final Map<String, Form> FORMS =
            Map.of(
                    PASSWORD,
                    new Form(
                            "password",
                            "Characters picked at random.",
                            List.of(
                                    optional(
                                            "length",
                                            new Whole(1, Recipe.LONGEST),
                                            "How many; 24 if not said"),
                                    optional(
                                            "alphabet",
                                            new Text(),
                                            "What they are picked from; letters and digits if not"
                                                    + " said"))),
                    TOKEN,
                    new Form(
                            "token",
                            "Random bytes, written as hexadecimal digits.",
                            List.of(
                                    optional(
                                            "bytes",
                                            new Whole(1, Recipe.LONGEST),
                                            "How many; 32 if not said"))),
                    KEY_PAIR,
                    new Form(
                            "key pair",
                            "A private key and its public key, as PEM.",
                            List.of(
                                    optional(
                                            "algorithm",
                                            new Word(
                                                    Arrays.stream(Recipe.Algorithm.values())
                                                            .map(a ->
                                                                    a.name()
                                                                            .toLowerCase(
                                                                                    Locale.ROOT))
                                                            .toList()),
                                            "What it signs by; ed25519 if not said"))));

    public static final Form RECIPE =
            new Form(
                    "recipe",
                    "How a secret is made.",
                    KINDS.stream()
                            .map(kind -> optional(kind, new Nested(() -> of(kind)), of(kind).doc()))
                            .toList());

    /// What says how it is made.
    static final Content HOW = new ShortOr(new Word(KINDS), new Nested(() -> RECIPE));

    public static final Form SECRET =
            new Form(
                    "secret",
                    "A secret of the cluster, kept in its vault.",
                    List.of(
                            optional("doc", new Text(), "What it is for"),
                            optional(
                                    GENERATE,
                                    HOW,
                                    "How it is made when it is first needed; if not said, a person"
                                            + " gives it")));

    private SecretForms() {}

    /// What a kind takes.
    public static Form of(String kind) {
        return Objects.requireNonNull(FORMS.get(kind));
    }
}
