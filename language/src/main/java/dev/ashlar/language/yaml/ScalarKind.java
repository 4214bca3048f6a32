package dev.ashlar.language.yaml;

import java.util.regex.Pattern;

/// What a plain scalar is by YAML 1.2's core schema.
public enum ScalarKind {
    NULL("nothing"),
    BOOL("a bool"),
    INT("an int"),
    REAL("a double"),
    TEXT("a string");

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOATING =
            Pattern.compile(
                    "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    private final String described;

    ScalarKind(String described) {
        this.described = described;
    }

    public String described() {
        return described;
    }

    /// What a plain scalar of this text is.
    public static ScalarKind of(String plain) {
        return switch (plain) {
            case "", "~", "null", "Null", "NULL" -> NULL;
            case "true", "True", "TRUE", "false", "False", "FALSE" -> BOOL;
            default ->
                    INTEGER.matcher(plain).matches()
                            ? INT
                            : FLOATING.matcher(plain).matches() ? REAL : TEXT;
        };
    }
}
