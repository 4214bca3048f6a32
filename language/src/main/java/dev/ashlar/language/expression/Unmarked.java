package dev.ashlar.language.expression;

import dev.ashlar.model.diagnostic.Diagnostics;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Texts that read like expressions: what stands without `${…}` is a text. A name counts only where
/// an expression could read it, and a text only where all of it is an expression.
public final class Unmarked {
    /// What is longer is a text: nobody means a name by it, and matching takes a deeper stack with
    /// each part of a path.
    private static final int LENGTH_MAX = 500;

    private static final Pattern BEGINS = Pattern.compile("[!(\\s-]*([A-Za-z_]\\w*).*");
    private static final Pattern PATH =
            Pattern.compile("([A-Za-z_]\\w*)(\\.[A-Za-z_]\\w*|\\[[^\\[\\]]*])+");

    private Unmarked() {}

    /// What to write in the place of a text that cannot stay one; empty for what does not read like
    /// an expression.
    public static Optional<String> hint(String text, Environment environment) {
        String bare = text.strip();
        Matcher begins = BEGINS.matcher(bare);
        if (bare.length() > LENGTH_MAX || !begins.matches() || Checker.parse(bare).hasError()) {
            return Optional.empty();
        }
        if (environment.names().contains(begins.group(1))) {
            return Optional.of("an expression stands in ${…}: " + marked(bare));
        }
        return PATH.matcher(bare).matches() && !environment.names().isEmpty()
                ? Optional.of(
                        "an expression stands in ${…}, and here it may read "
                                + String.join(", ", environment.names()))
                : Optional.empty();
    }

    /// The path that a text is, of something that can be read where it stands; empty for any other
    /// text.
    public static Optional<String> path(String text, Environment environment) {
        String bare = text.strip();
        Matcher path = PATH.matcher(bare);
        return Optional.of(bare)
                .filter(_ -> bare.length() <= LENGTH_MAX && path.matches())
                .filter(_ -> environment.names().contains(path.group(1)))
                .filter(_ -> leads(bare, environment));
    }

    private static boolean leads(String path, Environment environment) {
        return new ExpressionCompiler(new Diagnostics())
                .scalar(Snippet.plain("${" + path + "}", "", 1, 1), environment, Optional.empty())
                .isPresent();
    }

    /// An expression as it is written in YAML.
    public static String marked(String expression) {
        String whole = "${" + expression + "}";
        return whole.contains("\"") || whole.contains("\\")
                ? "'" + whole.replace("'", "''") + "'"
                : '"' + whole + '"';
    }

    /// A text as an expression that gives it, written in YAML.
    public static String literal(String text) {
        return marked("'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'");
    }
}
