package dev.ashlar.language.grammar;

import dev.ashlar.language.expression.Spelling;
import dev.ashlar.language.expression.Unmarked;
import dev.ashlar.language.grammar.Content.Named;
import dev.ashlar.language.grammar.Content.Names;
import dev.ashlar.language.grammar.Content.Nested;
import dev.ashlar.language.grammar.Content.Resources;
import dev.ashlar.language.grammar.Content.Sequence;
import dev.ashlar.language.grammar.Content.ShortOr;
import dev.ashlar.language.grammar.Content.Span;
import dev.ashlar.language.grammar.Content.Text;
import dev.ashlar.language.grammar.Content.Truth;
import dev.ashlar.language.grammar.Content.Value;
import dev.ashlar.language.grammar.Content.Whole;
import dev.ashlar.language.grammar.Content.Word;
import dev.ashlar.language.grammar.Content.WordOrExpression;
import dev.ashlar.language.name.NameKind;
import dev.ashlar.language.yaml.ScalarKind;
import dev.ashlar.language.yaml.YamlNode;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.Optional;

/// Checks that what stands under a key is of the kind its form says. Nested forms are not entered:
/// whoever reads them does that.
final class ContentCheck {
    private final Diagnostics diagnostics;

    ContentCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// False when it is of the wrong kind, which has been reported.
    boolean accepts(String key, Content content, YamlNode node) {
        return switch (content) {
            case Value _ -> true;
            case Nested _, Content.Variants _ -> mapping(key, content, node);
            case Resources _ -> list(key, content, node);
            case Text _ -> text(key, content, node);
            case Named(NameKind kind) -> text(key, content, node) && name(kind, scalar(node));
            case Whole(long min, long max) -> whole(key, content, node, min, max);
            case Truth _ -> kind(key, content, node, ScalarKind.BOOL);
            case Span _ -> duration(key, content, node);
            case Word word -> text(key, content, node) && word(key, content, word, scalar(node));
            case WordOrExpression(Word word) ->
                    text(key, content, node)
                            && (scalar(node).isExpression()
                                    || word(key, content, word, scalar(node)));
            case ShortOr(Value _, _) -> true;
            case ShortOr(Content brief, Content full) ->
                    accepts(key, node instanceof YamlNode.Scalar ? brief : full, node);
            case Sequence(Content element) ->
                    list(key, content, node) && elements(key, element, node);
            case Names(NameKind names, Content inner) ->
                    mapping(key, content, node) && entries(names, inner, (YamlNode.Mapping) node);
            case Content.Cases(Content inner) ->
                    mapping(key, content, node) && entries(inner, (YamlNode.Mapping) node);
        };
    }

    /// What is wrong inside does not make the whole unusable: readers pass over it.
    private boolean elements(String key, Content element, YamlNode node) {
        for (YamlNode inner : ((YamlNode.Sequence) node).elements()) {
            accepts(key, element, inner);
        }
        return true;
    }

    private boolean entries(NameKind names, Content inner, YamlNode.Mapping node) {
        for (YamlNode.Entry entry : node.entries()) {
            name(names, entry.key());
        }
        return entries(inner, node);
    }

    private boolean entries(Content inner, YamlNode.Mapping node) {
        for (YamlNode.Entry entry : node.entries()) {
            accepts(entry.name(), inner, entry.value());
        }
        return true;
    }

    private static YamlNode.Scalar scalar(YamlNode node) {
        return (YamlNode.Scalar) node;
    }

    private boolean mapping(String key, Content content, YamlNode node) {
        return node instanceof YamlNode.Mapping || wrong(key, content, node);
    }

    private boolean list(String key, Content content, YamlNode node) {
        return node instanceof YamlNode.Sequence || wrong(key, content, node);
    }

    private boolean text(String key, Content content, YamlNode node) {
        return kind(key, content, node, ScalarKind.TEXT);
    }

    private boolean kind(String key, Content content, YamlNode node, ScalarKind kind) {
        return (node instanceof YamlNode.Scalar scalar && scalar.kind() == kind)
                || wrong(key, content, node);
    }

    private boolean whole(String key, Content content, YamlNode node, long min, long max) {
        if (!kind(key, content, node, ScalarKind.INT)) {
            return false;
        }
        Optional<Long> number = Literals.wholeIfAny(scalar(node).text());
        if (number.isPresent() && number.get() >= min && number.get() <= max) {
            return true;
        }
        diagnostics.add(
                Diagnostic.of(
                        Code.ASH0205,
                        node.span(),
                        "\"" + key + "\" must be " + content.described()));
        return false;
    }

    private boolean duration(String key, Content content, YamlNode node) {
        return (node instanceof YamlNode.Scalar(String text, _, _, _)
                        && Literals.duration(text).isPresent())
                || wrong(key, content, node);
    }

    private boolean word(String key, Content content, Word word, YamlNode.Scalar scalar) {
        if (word.words().contains(scalar.text())) {
            return true;
        }
        Diagnostic found =
                Diagnostic.of(
                        Code.ASH0205,
                        scalar.span(),
                        "\""
                                + key
                                + "\" must be "
                                + content.described()
                                + ", not "
                                + scalar.text());
        Optional<String> help =
                Spelling.nearest(scalar.text(), word.words())
                        .map(nearest -> "did you mean \"" + nearest + "\"?")
                        .or(() -> literally(key, content, scalar));
        diagnostics.add(help.map(found::withHelp).orElse(found));
        return false;
    }

    private static Optional<String> literally(String key, Content content, YamlNode.Scalar scalar) {
        if (!(content instanceof WordOrExpression)) {
            return Optional.empty();
        }
        String literal = "as a text of its own: " + key + ": " + Unmarked.literal(scalar.text());
        if (NameKind.LABEL.allows(scalar.text())) {
            return Optional.of(literal);
        }
        String marked =
                "an expression stands in ${…}: " + key + ": " + Unmarked.marked(scalar.text());
        return Optional.of(NameKind.NODE.allows(scalar.text()) ? marked + "; " + literal : marked);
    }

    private boolean name(NameKind kind, YamlNode.Scalar scalar) {
        if (kind.allows(scalar.text())) {
            return true;
        }
        diagnostics.add(
                Diagnostic.of(
                                Code.ASH0104,
                                scalar.span(),
                                "\"" + scalar.text() + "\" is not a valid name")
                        .withHelp(
                                "allowed: "
                                        + kind.rule()
                                        + ", at most "
                                        + kind.longest()
                                        + " characters"));
        return false;
    }

    private boolean wrong(String key, Content content, YamlNode node) {
        Diagnostic found =
                Diagnostic.of(
                        Code.ASH0103,
                        node.span(),
                        "\""
                                + key
                                + "\" must be "
                                + content.described()
                                + ", not "
                                + node.described());
        boolean unquoted =
                node instanceof YamlNode.Scalar scalar
                        && scalar.kind() != ScalarKind.NULL
                        && (content instanceof Text || content instanceof Named);
        diagnostics.add(
                unquoted
                        ? found.withHelp("put it in quotes: \"" + scalar(node).text() + "\"")
                        : found);
        return false;
    }
}
