package dev.ashlar.language.template;

import dev.ashlar.language.template.Token.Kind;
import dev.ashlar.model.diagnostic.Code;
import dev.ashlar.model.diagnostic.Diagnostic;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is refused before Pebble reads it, whose parser goes one call deeper with each bracket,
/// operator and block.
final class Bounds {
    /// Words and signs on the way from a tag's beginning to the innermost part: of each bracket
    /// those since its last comma.
    static final int DEPTH_MAX = 250;

    static final int BLOCKS_MAX = 50;

    private static final Set<String> BLOCKS =
            Set.of(
                    "if",
                    "for",
                    "filter",
                    "autoescape",
                    "block",
                    "macro",
                    "cache",
                    "parallel",
                    "embed");

    private final Places places;
    private final Deque<Integer> open = new ArrayDeque<>();
    private int outside;
    private int here;
    private int blocks;
    private boolean first;

    private Bounds(Places places) {
        this.places = places;
    }

    /// The first thing that is out of bounds.
    static Optional<Diagnostic> problem(Tokens tokens, Places places) {
        Bounds bounds = new Bounds(places);
        Optional<Diagnostic> problem = Optional.empty();
        for (Token token : tokens.all()) {
            problem = bounds.look(token);
            if (problem.isPresent()) {
                break;
            }
        }
        if (problem.isEmpty() && tokens.tooMany()) {
            return Optional.of(
                    Diagnostic.of(
                                    Code.ASH0301,
                                    places.of(tokens.all().getLast()),
                                    String.format(
                                            Locale.ROOT,
                                            "the tags have more than %,d words and signs",
                                            Tokens.COUNT_MAX))
                            .withHelp("divide it into several files"));
        }
        return problem.or(() ->
                tokens.unclosed()
                        .map(token ->
                                Diagnostic.of(
                                        Code.ASH0301, places.of(token), "the tag is not closed")));
    }

    private Optional<Diagnostic> look(Token token) {
        boolean name = first && token.kind() == Kind.WORD;
        first = token.is("{%");
        if (name && BLOCKS.contains(token.text())) {
            blocks++;
        } else if (name && token.text().startsWith("end")) {
            blocks--;
        }
        switch (token.text()) {
            case "{{", "{%" -> {
                open.clear();
                outside = 0;
                here = 0;
            }
            case "(", "[", "{" -> {
                here++;
                open.push(here);
                outside += here;
                here = 0;
            }
            case ")", "]", "}" -> {
                if (!open.isEmpty()) {
                    here = open.pop();
                    outside -= here;
                }
            }
            case "," -> here = 0;
            default -> here++;
        }
        if (blocks > BLOCKS_MAX) {
            return Optional.of(
                    tooMuch(token, "blocks are nested more than " + BLOCKS_MAX + " deep"));
        }
        return outside + here > DEPTH_MAX
                ? Optional.of(tooMuch(token, "the tag is more than " + DEPTH_MAX + " levels deep"))
                : Optional.empty();
    }

    private Diagnostic tooMuch(Token token, String words) {
        return Diagnostic.of(Code.ASH0301, places.of(token), words)
                .withHelp("give a part a name: {% set name = … %}, or an input of the step");
    }
}
